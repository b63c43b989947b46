"""Onsite hours: whether a visit lies inside them, and by which day's name it does not."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from deskterm.visits.interval import Interval
from deskterm.visits.wallclock import day_words
from deskterm.worktime import WorkingCalendar

ClosedKind = Literal["weekend", "holiday", "shutdown", "hours"]

_FULL_WEEKDAYS = (
    "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays",
)  # fmt: skip


class Closed(NamedTuple):
    """Why there are no onsite hours at a time: what kind of reason, and in words."""

    kind: ClosedKind
    words: str


def covers(hours: WorkingCalendar, interval: Interval) -> bool:
    """True where the hours are open for the whole of the interval."""
    axis = hours.axis
    worked = axis.position(interval.end_us) - axis.position(interval.start_us)
    return worked == interval.length_us


def why_closed(hours: WorkingCalendar, interval: Interval, day: date) -> Closed | None:
    """Why the hours do not cover a visit on the local date `day`; None where they do."""
    if covers(hours, interval):
        return None
    closure = hours.closure(day)
    if closure is not None and closure.kind == "holiday":
        return Closed("holiday", closure.name or "public holiday")
    if closure is not None:
        name = closure.name or "shutdown"
        return Closed(
            "shutdown", f"{name}, {day_words(closure.first)} to {day_words(closure.last)}"
        )
    open_day = next(hours.working_days(day, day), None)
    if open_day is not None:
        _, opens, closes = open_day
        return Closed("hours", f"outside onsite hours, {opens:%H:%M}–{closes:%H:%M}")
    if day.weekday() >= 5:
        return Closed("weekend", f"no onsite hours on {_FULL_WEEKDAYS[day.weekday()]}")
    return Closed("hours", f"no onsite hours on {day_words(day)}")
