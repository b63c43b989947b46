"""Held time does not count, and hides nothing."""

from __future__ import annotations

from tests.sla.example import HOUR, clock, clocks, event, ticket, told

URGENT = ticket("Tue 10:00", "high")


def test_a_hold_stops_every_clock_that_is_running() -> None:
    found = clocks(URGENT, event("Tue 10:30", "held"), now="Tue 15:00")
    states = {name: known.state for name, known in found.items()}
    assert states == {
        "look": "paused",
        "answer": "paused",
        "takeover": "pending",
        "fix": "paused",
        "mail": "exempt",
        "plan": "paused",
    }


def test_a_paused_clock_has_no_due_time_and_keeps_what_is_left() -> None:
    for now in ("Tue 11:00", "Tue 16:00", "+Mon 12:00"):
        answer = clock("answer", URGENT, event("Tue 11:00", "held"), now=now)
        assert (answer.state, answer.due_us, answer.late_from_us) == ("paused", None, None)
        assert (answer.remaining_us, answer.used_us) == (HOUR, HOUR)


def test_held_time_moves_the_due_time_by_the_working_time_held() -> None:
    held = (event("Tue 11:00", "held"), event("Wed 10:00", "resumed"))
    assert told(clock("answer", URGENT, *held, now="Wed 10:30").due_us) == "Wed 11:00"
    assert told(clock("fix", URGENT, *held, now="Wed 10:30").due_us) == "Wed 17:00"


def test_held_time_moves_promises_of_days_too() -> None:
    of = ticket("Tue 10:00", "low")
    held = (event("Tue 12:00", "held"), event("Tue 16:00", "resumed"))
    assert told(clock("fix", of, *held, now="Tue 16:00").due_us) == "Thu 14:00"
    assert told(clock("plan", of, *held, now="Tue 16:00").due_us) == "Thu 13:00"


def test_a_hold_over_closed_hours_only_moves_nothing() -> None:
    held = (event("Tue 17:30", "held"), event("Wed 08:00", "resumed"))
    assert told(clock("fix", URGENT, *held, now="Wed 08:30").due_us) == "Wed 10:00"


def test_a_hold_after_the_clock_is_late_does_not_hide_that() -> None:
    held = event("Tue 12:00:01", "held")
    assert clock("answer", URGENT, held, now="Tue 15:00").state == "overdue"
    resumed = (held, event("Tue 16:00", "resumed"))
    overdue = clock("answer", URGENT, *resumed, now="Tue 16:00")
    assert (overdue.state, told(overdue.due_us)) == ("overdue", "Tue 12:00")


def test_with_nothing_left_but_not_late_a_hold_still_counts() -> None:
    of = ticket("Fri 15:00", "high")
    held = (event("Fri 18:00", "held"), event("+Mon 11:00", "resumed"))
    assert clock("answer", of, held[0], now="+Mon 10:00").state == "paused"
    answer = clock("answer", of, *held, now="+Mon 11:00")
    assert (answer.state, told(answer.due_us)) == ("running", "+Mon 11:00")
    assert clock("answer", of, *held, now="+Mon 11:00:01").state == "overdue"


def test_a_second_hold_while_held_only_changes_the_reason() -> None:
    held = (
        event("Tue 11:00", "held", reason="awaiting_customer"),
        event("Tue 12:00", "held", reason="awaiting_parts"),
        event("Tue 13:00", "resumed"),
    )
    assert told(clock("answer", URGENT, *held, now="Tue 13:30").due_us) == "Tue 14:00"


def test_resuming_what_is_not_held_changes_nothing() -> None:
    assert told(clock("answer", URGENT, event("Tue 11:00", "resumed"), now="Tue 11:30").due_us) == (
        "Tue 12:00"
    )


def test_a_clock_that_stops_on_hold_counts_the_hold_up_to_there() -> None:
    history = (event("Tue 11:00", "held"), event("Tue 16:00", "responded"))
    answer = clock("answer", URGENT, *history, now="Wed 12:00")
    assert (answer.state, told(answer.due_us)) == ("met", "Tue 17:00")
    assert answer.used_us == HOUR


def test_resolving_ends_a_hold() -> None:
    history = (
        event("Tue 11:00", "held"),
        event("Tue 12:00", "resolved"),
        event("Tue 13:00", "reopened"),
    )
    fix = clock("fix", URGENT, *history, now="Tue 14:00")
    assert (fix.state, told(fix.due_us)) == ("running", "Wed 12:00")


def test_a_hold_in_force_when_a_clock_starts_pauses_it_from_its_start() -> None:
    history = (event("Tue 10:15", "held"), event("Tue 10:30", "responded"))
    takeover = clock("takeover", URGENT, *history, now="Tue 12:00")
    assert (takeover.state, takeover.remaining_us) == ("paused", HOUR)
    resumed = (*history, event("Tue 13:00", "resumed"))
    assert told(clock("takeover", URGENT, *resumed, now="Tue 13:30").due_us) == "Tue 14:00"


def test_a_ticket_that_is_resolved_cannot_be_held() -> None:
    history = (
        event("Tue 11:00", "resolved"),
        event("Tue 11:30", "held"),
        event("Tue 12:00", "reopened"),
    )
    fix = clock("fix", URGENT, *history, now="Tue 13:00")
    assert (fix.state, told(fix.due_us)) == ("running", "Wed 11:00")
