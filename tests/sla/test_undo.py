"""Undoing: the clocks are as if neither the event nor its undoing had happened."""

from __future__ import annotations

from deskterm.sla.facts import Event
from tests.sla.example import at, clocks, event, ticket

URGENT = ticket("Tue 10:00", "high")
ANSWERED = event("Tue 11:00", "responded")


def test_what_was_undone_never_happened() -> None:
    undone = event("Tue 11:30", "undone", undoes=1)
    assert clocks(URGENT, ANSWERED, undone, now="Tue 14:00") == clocks(URGENT, now="Tue 14:00")


def test_until_it_is_undone_it_counts() -> None:
    undone = event("Tue 11:30", "undone", undoes=1)
    before = clocks(URGENT, ANSWERED, undone, now="Tue 11:29")
    assert before == clocks(URGENT, ANSWERED, now="Tue 11:29")
    assert before["answer"].state == "met"


def test_undoing_the_undoing_restores_it() -> None:
    history = (
        ANSWERED,
        event("Tue 11:30", "undone", undoes=1),
        event("Tue 11:40", "undone", undoes=2),
    )
    assert clocks(URGENT, *history, now="Tue 14:00") == clocks(URGENT, ANSWERED, now="Tue 14:00")
    again = (*history, event("Tue 11:50", "undone", undoes=3))
    assert clocks(URGENT, *again, now="Tue 14:00") == clocks(URGENT, now="Tue 14:00")


def test_an_undoing_that_is_still_to_come_takes_nothing_back() -> None:
    history = (
        ANSWERED,
        event("Tue 11:10", "workaround"),
        event("Tue 11:20", "undone", undoes=2),
        event("Tue 13:00", "undone", undoes=1),
    )
    found = clocks(URGENT, *history, now="Tue 12:00")
    assert (found["answer"].state, found["fix"].state) == ("met", "running")
    assert clocks(URGENT, *history, now="Tue 13:00") == clocks(URGENT, now="Tue 13:00")


def test_an_undone_hold_or_merge_leaves_no_trace() -> None:
    for kind in ("held", "merged", "resolved", "reprioritised"):
        taken_back = (
            event("Tue 11:00", kind, priority="low"),
            event("Tue 12:00", "undone", undoes=1),
        )
        assert clocks(URGENT, *taken_back, now="Tue 14:00") == clocks(URGENT, now="Tue 14:00")


def test_where_events_have_ids_they_are_named_by_them() -> None:
    history = (
        Event(at("Tue 10:30"), "noted", {}, 41),
        Event(at("Tue 11:00"), "responded", {}, 1),
        Event(at("Tue 11:30"), "undone", {"undoes": 1}, 42),
    )
    assert clocks(URGENT, *history, now="Tue 14:00") == clocks(URGENT, now="Tue 14:00")


def test_events_count_by_time_and_at_one_instant_by_their_place() -> None:
    resolved, reopened = event("Tue 11:00", "resolved"), event("Tue 11:00", "reopened")
    assert clocks(URGENT, resolved, reopened, now="Tue 12:00")["fix"].state == "running"
    assert clocks(URGENT, reopened, resolved, now="Tue 12:00")["fix"].state == "met"
    later = event("Tue 10:30", "held")
    assert clocks(URGENT, ANSWERED, later, now="Tue 12:00") == clocks(
        URGENT, later, ANSWERED, now="Tue 12:00"
    )
