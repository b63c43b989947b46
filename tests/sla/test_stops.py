"""What starts and stops a clock, ends it for good, and lets it go on."""

from __future__ import annotations

from tests.sla.example import HOUR, clock, clocks, event, ticket, told

URGENT = ticket("Tue 10:00", "high")


def test_only_the_events_a_row_lists_stop_its_clock() -> None:
    found = clocks(URGENT, event("Tue 11:00", "updated"), now="Tue 11:30")
    assert {found[name].state for name in ("answer", "fix", "plan")} == {"running"}
    found = clocks(URGENT, event("Tue 11:00", "responded"), now="Tue 11:30")
    assert (found["answer"].state, found["fix"].state) == ("met", "running")


def test_a_clock_that_starts_with_an_answer_is_measured_from_it() -> None:
    takeover = clock("takeover", URGENT, event("Tue 11:00", "responded"), now="Tue 11:15")
    assert (takeover.state, told(takeover.due_us)) == ("running", "Tue 12:00")
    twice = (event("Tue 11:00", "responded"), event("Tue 11:30", "responded"))
    assert told(clock("takeover", URGENT, *twice, now="Tue 11:45").due_us) == "Tue 12:00"


def test_resolving_stops_every_running_clock() -> None:
    found = clocks(URGENT, event("Tue 13:00", "resolved"), now="Tue 14:00")
    states = {name: known.state for name, known in found.items()}
    assert states["answer"] == "missed"
    assert (states["fix"], states["plan"]) == ("met", "met")


def test_a_clock_whose_start_never_came_is_exempt_once_resolved_and_stays_so() -> None:
    resolved = event("Tue 11:00", "resolved")
    assert clock("takeover", URGENT, resolved, now="Tue 12:00").state == "exempt"
    history = (resolved, event("Tue 12:00", "reopened"), event("Tue 13:00", "responded"))
    assert clock("takeover", URGENT, *history, now="Tue 13:30").state == "exempt"


def test_reopening_goes_on_where_resolving_stopped_and_does_not_count_the_time_between() -> None:
    history = (event("Tue 12:00", "resolved"), event("Thu 09:00", "reopened"))
    fix = clock("fix", URGENT, *history, now="Thu 10:00")
    assert (fix.state, told(fix.due_us), fix.remaining_us) == ("running", "Thu 15:00", 5 * HOUR)


def test_reopening_leaves_other_stopped_clocks_stopped() -> None:
    history = (event("Tue 12:00", "resolved"), event("Thu 09:00", "reopened"))
    found = clocks(URGENT, *history, now="Fri 16:00")
    assert (found["answer"].state, found["plan"].state) == ("met", "met")


def test_reopening_does_not_go_on_with_what_another_event_had_stopped() -> None:
    history = (
        event("Tue 11:00", "workaround"),
        event("Tue 12:00", "resolved"),
        event("Wed 10:00", "reopened"),
    )
    fix = clock("fix", URGENT, *history, now="Fri 16:00")
    assert (fix.state, fix.used_us) == ("met", HOUR)


def test_what_was_missed_when_resolved_is_overdue_again_when_reopened() -> None:
    history = (event("Wed 11:00", "resolved"), event("Wed 15:00", "reopened"))
    assert clock("fix", URGENT, history[0], now="Wed 12:00").state == "missed"
    fix = clock("fix", URGENT, *history, now="Wed 15:00")
    assert (fix.state, told(fix.due_us)) == ("overdue", "Wed 10:00")
    assert clock(
        "fix", URGENT, *history, event("Wed 16:00", "resolved"), now="Wed 17:00"
    ).state == ("missed")


def test_a_ticket_can_be_reopened_more_than_once() -> None:
    history = (
        event("Tue 11:00", "resolved"),
        event("Tue 12:00", "reopened"),
        event("Tue 13:00", "resolved"),
        event("Tue 14:00", "reopened"),
    )
    assert told(clock("fix", URGENT, *history, now="Tue 15:00").due_us) == "Wed 12:00"


def test_an_exemption_ends_the_promise_for_good() -> None:
    history = (event("Tue 12:00", "code_fix"), event("Wed 12:00", "reprioritised", priority="low"))
    for now in ("Tue 12:00", "Fri 17:00"):
        fix = clock("fix", URGENT, *history, now=now)
        assert (fix.state, fix.due_us) == ("exempt", None)
    resolved = (*history, event("Thu 12:00", "resolved"), event("Thu 13:00", "reopened"))
    assert clock("fix", URGENT, *resolved, now="Fri 17:00").state == "exempt"


def test_an_exemption_after_the_clock_was_late_does_not_hide_it() -> None:
    history = (event("Wed 10:00:01", "code_fix"), event("Thu 12:00", "resolved"))
    fix = clock("fix", URGENT, *history, now="Fri 12:00")
    assert (fix.state, told(fix.due_us), told(fix.ended_us)) == (
        "missed",
        "Wed 10:00",
        "Wed 10:00:01",
    )
    assert clock("fix", URGENT, event("Wed 10:00", "code_fix"), now="Fri 12:00").state == "exempt"


def test_a_stopped_clock_keeps_its_verdict_whatever_is_exempted_later() -> None:
    history = (event("Tue 12:00", "workaround"), event("Tue 13:00", "code_fix"))
    assert clock("fix", URGENT, *history, now="Fri 12:00").state == "met"


def test_merging_makes_void_what_has_not_ended() -> None:
    history = (event("Tue 11:00", "responded"), event("Tue 14:00", "merged", into=7))
    found = clocks(URGENT, *history, now="Wed 12:00")
    states = {name: known.state for name, known in found.items()}
    assert states == {
        "look": "met",
        "answer": "met",
        "takeover": "void",
        "fix": "void",
        "mail": "exempt",
        "plan": "void",
    }
    assert told(found["fix"].ended_us) == "Tue 14:00"


def test_a_ticket_opened_by_mistake_promises_nothing_even_if_late() -> None:
    found = clocks(URGENT, event("Thu 14:00", "voided"), now="Fri 12:00")
    assert (found["answer"].state, found["takeover"].state) == ("void", "void")


def test_what_happens_after_a_merge_does_not_bring_clocks_back() -> None:
    history = (
        event("Tue 11:00", "merged"),
        event("Tue 12:00", "resolved"),
        event("Tue 13:00", "reopened"),
    )
    assert clock("fix", URGENT, *history, now="Tue 14:00").state == "void"


def test_merging_what_is_resolved_keeps_the_verdict_and_nothing_brings_it_back() -> None:
    history = (
        event("Tue 11:00", "resolved"),
        event("Tue 12:00", "merged"),
        event("Tue 13:00", "reopened"),
    )
    fix = clock("fix", URGENT, *history, now="Fri 14:00")
    assert (fix.state, fix.used_us) == ("met", HOUR)


def test_merging_makes_void_what_was_stopped_before_anybody_knew_its_promise() -> None:
    history = (event("Tue 11:00", "responded"), event("Tue 12:00", "merged"))
    of = ticket("Tue 10:00", None)
    assert clock("answer", of, history[0], now="Fri 14:00").state == "pending"
    assert clock("answer", of, *history, now="Fri 14:00").state == "void"


def test_events_the_desk_writes_for_itself_touch_no_clock() -> None:
    kinds = ("opened", "assigned", "noted", "edited", "linked", "told", "redacted", "visit_booked")
    history = [event("Tue 10:30", kind) for kind in kinds]
    assert clocks(URGENT, *history, now="Tue 12:00") == clocks(URGENT, now="Tue 12:00")


def test_what_is_dated_before_the_opening_counts_as_at_the_opening() -> None:
    early = event("Mon 15:00", "responded")
    answer = clock("answer", URGENT, early, now="Tue 12:00")
    assert (answer.state, told(answer.ended_us), answer.used_us) == ("met", "Tue 10:00", 0)
    before = clocks(URGENT, early, now="Mon 16:00")
    assert (before["answer"].state, before["takeover"].state) == ("pending", "pending")
