"""Promises in engineer time: they run while somebody is booked at the customer."""

from __future__ import annotations

from deskterm.sla.facts import OnsiteSpan, TimeFact
from tests.sla.example import HOUR, at, clock, event, terms, ticket, told

VISITS = terms(package="visits")
OF = ticket("Mon 12:00", "low")


def visit(
    begins: str, ends: str, entered: str = "Mon 08:00", removed: str | None = None
) -> OnsiteSpan:
    gone = None if removed is None else at(removed)
    return OnsiteSpan(at(begins), at(ends), at(entered), gone)


TUESDAY = visit("Tue 09:00", "Tue 12:00")
THURSDAY = visit("Thu 14:00", "Thu 17:00")


def test_only_booked_time_counts() -> None:
    answer = clock("answer", OF, now="Tue 10:00", under=VISITS, onsite=[TUESDAY, THURSDAY])
    assert (answer.state, told(answer.due_us), answer.remaining_us) == (
        "running", "Thu 15:00", 3 * HOUR,
    )  # fmt: skip
    assert (answer.calendar, answer.zone) == ("visits", "Europe/London")


def test_without_enough_booked_time_there_is_no_due_time_and_it_says_what_is_missing() -> None:
    answer = clock("answer", OF, now="Fri 16:00", under=VISITS, onsite=[TUESDAY])
    assert (answer.state, answer.due_us, answer.missing_us) == ("running", None, HOUR)
    assert answer.remaining_us == HOUR
    nothing = clock("answer", OF, now="Fri 16:00", under=VISITS)
    assert (nothing.due_us, nothing.missing_us) == (None, 4 * HOUR)


def test_after_the_last_visit_no_time_passes_and_nothing_is_late() -> None:
    enough = visit("Tue 09:00", "Tue 13:00")
    answer = clock("answer", OF, now="Fri 16:00", under=VISITS, onsite=[enough])
    assert (answer.state, told(answer.due_us), answer.late_from_us) == (
        "running",
        "Tue 13:00",
        None,
    )
    again = clock("answer", OF, now="Thu 14:00:01", under=VISITS, onsite=[enough, THURSDAY])
    assert (again.state, told(again.late_from_us)) == ("overdue", "Thu 14:00")


def test_time_outside_onsite_hours_and_twice_booked_time_count_once_or_not() -> None:
    early = visit("Tue 06:00", "Tue 10:00")
    overlapping = visit("Tue 09:00", "Tue 11:00")
    answer = clock("answer", OF, now="Tue 06:00", under=VISITS, onsite=[early, overlapping])
    assert (answer.due_us, answer.missing_us) == (None, HOUR)


def test_a_visit_of_another_day_counts_from_the_opening_of_the_ticket_only() -> None:
    before = visit("Mon 09:00", "Mon 13:00")
    answer = clock("answer", OF, now="Mon 12:30", under=VISITS, onsite=[before, TUESDAY])
    assert told(answer.due_us) == "Tue 12:00"


def test_a_visit_cancelled_or_moved_moves_a_running_clock_and_no_verdict() -> None:
    cancelled = visit("Tue 09:00", "Tue 12:00", removed="Wed 12:00")
    history = (event("Thu 14:30", "responded"),)
    booked = [cancelled, THURSDAY]
    answer = clock("answer", OF, now="Wed 11:00", under=VISITS, onsite=booked)
    assert told(answer.due_us) == "Thu 15:00"
    answer = clock("answer", OF, now="Wed 12:00", under=VISITS, onsite=booked)
    assert (answer.due_us, answer.missing_us) == (None, HOUR)
    late = visit("Tue 09:00", "Tue 14:00", removed="Fri 09:00")
    assert clock(
        "answer", OF, *history, now="Thu 16:00", under=VISITS, onsite=[late, THURSDAY]
    ).state == ("missed")
    answer = clock("answer", OF, *history, now="+Mon 10:00", under=VISITS, onsite=[late, THURSDAY])
    assert answer.state == "missed"


def test_a_visit_entered_after_the_answer_changes_no_verdict() -> None:
    entered_later = visit("Tue 09:00", "Tue 16:00", entered="Fri 12:00")
    history = (event("Wed 12:00", "responded"),)
    answer = clock("answer", OF, *history, now="Fri 13:00", under=VISITS, onsite=[entered_later])
    assert (answer.state, answer.due_us, answer.missing_us) == ("met", None, 4 * HOUR)


def test_a_shutdown_closes_onsite_hours_too() -> None:
    shut = TimeFact("shutdown", {"first": "2026-11-17", "last": "2026-11-17"})
    closed = terms(package="visits", facts=[shut])
    answer = clock("answer", OF, now="Tue 10:00", under=closed, onsite=[TUESDAY, THURSDAY])
    assert (answer.due_us, answer.missing_us) == (None, HOUR)


def test_a_hold_stops_engineer_time_like_any_other() -> None:
    history = (event("Tue 10:00", "held"), event("Tue 11:00", "resumed"))
    booked = [TUESDAY, THURSDAY]
    answer = clock("answer", OF, *history, now="Wed 10:00", under=VISITS, onsite=booked)
    assert told(answer.due_us) == "Thu 16:00"


def test_another_package_is_answered_in_desk_hours() -> None:
    assert told(clock("answer", OF, now="Mon 12:00", onsite=[TUESDAY]).due_us) == "Mon 16:00"
