"""Priorities decide which row counts and how much time there is."""

from __future__ import annotations

from dataclasses import replace

from deskterm.sla.terms import Terms
from tests.sla.example import HOUR, clock, clocks, event, holidays, policy, ticket, told


def test_a_new_priority_is_measured_from_the_original_start() -> None:
    raised = event("Tue 13:00", "reprioritised", priority="high")
    answer = clock("answer", ticket("Tue 10:00", "low"), raised, now="Tue 13:00")
    assert (answer.state, told(answer.due_us)) == ("overdue", "Tue 12:00")
    lowered = event("Tue 13:00", "reprioritised", priority="low")
    answer = clock("answer", ticket("Tue 10:00", "high"), lowered, now="Tue 13:00")
    assert (answer.state, told(answer.due_us)) == ("running", "Tue 14:00")


def test_a_stopped_clock_keeps_its_due_time_and_verdict() -> None:
    history = (
        event("Tue 13:00", "responded"),
        event("Tue 13:30", "reprioritised", priority="high"),
    )
    answer = clock("answer", ticket("Tue 10:00", "low"), *history, now="Tue 14:00")
    assert (answer.state, told(answer.due_us)) == ("met", "Tue 14:00")


def test_under_a_new_priority_a_hold_counts_if_that_was_not_late_when_it_began() -> None:
    history = (
        event("Tue 13:00", "held"),
        event("Tue 14:00", "resumed"),
        event("Tue 14:30", "reprioritised", priority="low"),
    )
    of = ticket("Tue 10:00", "high")
    assert clock("answer", of, *history[:2], now="Tue 14:15").state == "overdue"
    answer = clock("answer", of, *history, now="Tue 14:30")
    assert (answer.state, told(answer.due_us)) == ("running", "Tue 15:00")


def test_the_row_in_force_decides_what_stops_the_clock() -> None:
    workaround = event("Tue 12:00", "workaround")
    assert clock("fix", ticket("Tue 10:00", "high"), workaround, now="Tue 13:00").state == "met"
    assert clock("fix", ticket("Tue 10:00", "low"), workaround, now="Tue 13:00").state == "running"
    raised = (event("Tue 11:00", "reprioritised", priority="high"), workaround)
    assert clock("fix", ticket("Tue 10:00", "low"), *raised, now="Tue 13:00").state == "met"
    too_late = (workaround, event("Tue 14:00", "reprioritised", priority="high"))
    assert clock("fix", ticket("Tue 10:00", "low"), *too_late, now="Tue 15:00").state == "running"


def test_without_a_priority_only_what_is_the_same_for_all_runs() -> None:
    found = clocks(ticket("Tue 10:00", None), now="Tue 10:30")
    states = {name: known.state for name, known in found.items()}
    assert states == {
        "look": "running",
        "answer": "pending",
        "takeover": "pending",
        "fix": "pending",
        "mail": "exempt",
        "plan": "running",
    }


def test_triage_sets_the_clocks_going_from_the_opening() -> None:
    triaged = event("Tue 10:45", "triaged", priority="high")
    answer = clock("answer", ticket("Tue 10:00", None), triaged, now="Tue 11:00")
    assert (answer.state, told(answer.due_us), answer.remaining_us) == (
        "running",
        "Tue 12:00",
        HOUR,
    )


def test_impact_and_urgency_find_their_priority_in_the_grid() -> None:
    of = ticket("Tue 10:00", None)
    triaged = event("Tue 10:45", "triaged", impact="all", urgency="now")
    assert told(clock("answer", of, triaged, now="Tue 11:00").due_us) == "Tue 12:00"
    calmer = event("Tue 11:00", "reprioritised", urgency="later")
    assert told(clock("answer", of, triaged, calmer, now="Tue 11:00").due_us) == "Tue 14:00"
    opened = ticket("Tue 10:00", None, impact="all", urgency="now")
    assert told(clock("answer", opened, now="Tue 11:00").due_us) == "Tue 12:00"


def test_an_answer_before_triage_is_judged_by_what_triage_then_finds() -> None:
    of, answered = ticket("Tue 10:00", None), event("Tue 13:00", "responded")
    assert clock("answer", of, answered, now="Tue 13:30").state == "pending"
    low = event("Tue 15:00", "triaged", priority="low")
    answer = clock("answer", of, answered, low, now="Wed 12:00")
    assert (answer.state, told(answer.due_us), told(answer.ended_us)) == (
        "met", "Tue 14:00", "Tue 13:00",
    )  # fmt: skip
    high = event("Tue 15:00", "triaged", priority="high")
    assert clock("answer", of, answered, high, now="Wed 12:00").state == "missed"
    raised = (low, event("Tue 16:00", "reprioritised", priority="high"))
    assert clock("answer", of, answered, *raised, now="Wed 12:00").state == "met"


def test_a_workaround_before_triage_stops_what_triage_says_it_stops() -> None:
    of, workaround = ticket("Tue 10:00", None), event("Tue 13:00", "workaround")
    high = event("Tue 15:00", "triaged", priority="high")
    low = event("Tue 15:00", "triaged", priority="low")
    assert clock("fix", of, workaround, high, now="Wed 12:00").state == "met"
    assert clock("fix", of, workaround, low, now="Wed 12:00").state == "running"


def test_resolved_without_ever_a_priority_is_exempt() -> None:
    of = ticket("Tue 10:00", None)
    resolved = event("Tue 15:00", "resolved")
    assert clock("answer", of, resolved, now="Tue 16:00").state == "exempt"
    answered = (event("Tue 12:00", "responded"), resolved)
    assert clock("answer", of, *answered, now="Tue 16:00").state == "exempt"
    triaged = (*answered, event("Tue 17:00", "triaged", priority="high"))
    assert clock("answer", of, *triaged, now="Tue 18:00").state == "met"


def test_a_type_can_fix_the_priority_whatever_was_chosen() -> None:
    of = ticket("Tue 10:00", "high", type="information_request")
    assert clock("answer", of, now="Tue 13:00").state == "exempt"
    triaged = event("Tue 11:00", "triaged", priority="high")
    assert clock("answer", of, triaged, now="Tue 13:00").state == "exempt"
    incident = event("Tue 11:00", "triaged", type="incident", priority="high")
    answer = clock("answer", of, incident, now="Tue 11:30")
    assert (answer.state, told(answer.due_us)) == ("running", "Tue 12:00")


def test_what_is_promised_for_another_type_or_channel_is_exempt() -> None:
    answered = event("Tue 11:00", "responded")
    question = ticket("Tue 10:00", type="information_request")
    assert clock("takeover", question, answered, now="Tue 11:30").state == "exempt"
    assert clock("mail", ticket(channel="phone"), now="Tue 11:30").state == "exempt"
    assert clock("mail", ticket(channel="email"), now="Tue 11:30").state == "running"


def test_a_priority_without_a_promise_exempts_as_long_as_it_is_in_force() -> None:
    wish = event("Tue 11:00", "reprioritised", priority="wish")
    of = ticket("Tue 10:00", "low")
    assert clock("fix", of, wish, now="Wed 12:00").state == "exempt"
    back = event("Wed 11:00", "reprioritised", priority="low")
    fix = clock("fix", of, wish, back, now="Wed 12:00")
    assert (fix.state, told(fix.due_us)) == ("running", "Thu 10:00")


def test_a_priority_without_a_promise_does_not_hide_that_it_was_late() -> None:
    of = ticket("Tue 10:00", "high")
    wish = event("Tue 12:00:01", "reprioritised", priority="wish")
    back = event("Tue 13:00", "reprioritised", priority="low")
    for history in ((wish,), (wish, back)):
        answer = clock("answer", of, *history, now="Tue 13:30")
        assert (answer.state, told(answer.due_us)) == ("missed", "Tue 12:00")
    in_time = event("Tue 12:00", "reprioritised", priority="wish")
    assert clock("answer", of, in_time, now="Tue 13:30").state == "exempt"


def test_what_was_done_while_nothing_was_promised_stays_exempt() -> None:
    history = (
        event("Tue 10:30", "reprioritised", priority="wish"),
        event("Tue 11:00", "responded"),
        event("Tue 11:30", "reprioritised", priority="high"),
    )
    assert clock("answer", ticket("Tue 10:00", "low"), *history, now="Tue 16:00").state == "exempt"


def test_what_was_done_before_the_type_promised_anything_stays_exempt() -> None:
    history = (
        event("Tue 11:00", "responded"),
        event("Tue 11:10", "escalated"),
        event("Tue 11:30", "triaged", type="incident", priority="high"),
    )
    of = ticket("Tue 10:00", None, type="information_request")
    assert clock("takeover", of, *history, now="Tue 16:00").state == "exempt"
    takeover = clock("takeover", of, history[0], history[2], now="Tue 11:45")
    assert (takeover.state, told(takeover.due_us)) == ("running", "Tue 12:00")


def test_an_emergency_callout_is_exempt_from_the_opening_with_or_without_a_priority() -> None:
    for priority in ("high", None):
        of = ticket("Tue 10:00", priority, emergency_callout=True)
        answer = clock("answer", of, event("Tue 10:30", "arrived"), now="Wed 16:00")
        assert (answer.state, answer.due_us) == ("exempt", None)


def test_a_promise_begins_where_its_row_says_also_when_that_has_long_happened() -> None:
    [high, low] = [row for row in policy().targets if row.clock == "fix"]
    rows = (replace(high, start="opened"), replace(low, start="responded"))
    under = Terms(replace(policy(), targets=rows), holidays())
    of, answered = ticket("Tue 10:00", "low"), event("Tue 11:00", "responded")
    raised = event("Tue 12:00", "reprioritised", priority="high")
    assert clock("fix", of, now="Tue 11:00", under=under).state == "pending"
    assert told(clock("fix", of, raised, now="Tue 12:00", under=under).due_us) == "Wed 10:00"
    rows = (replace(high, start="triaged"), replace(low, start="responded"))
    under = Terms(replace(policy(), targets=rows), holidays())
    of = ticket("Tue 10:00", "high")
    lowered = event("Tue 12:00", "reprioritised", priority="low")
    assert clock("fix", of, answered, now="Tue 12:00", under=under).state == "pending"
    assert told(clock("fix", of, answered, lowered, now="Tue 12:00", under=under).due_us) == (
        "Thu 11:00"
    )
