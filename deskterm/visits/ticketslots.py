"""Visits for a ticket: the next times that fit, and how much booked time its response needs.

Source: the policy's visit package: visit requests keep the ticket's response and fix times, and a
package may measure its response in onsite engineer time. The clause is noted in the policy file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from deskterm.visits.bookable import (
    Offer,
    Situation,
    bookable_times,
    offer,
    offers_visits,
    slot_times,
)
from deskterm.visits.feasibility import STEP_MINUTES, USUAL_FREE_MINUTES
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.slots import SlotTime, free_at
from deskterm.visits.wallclock import instant_us, local_date, moment_words
from deskterm.worktime import SpanAxis, WorkingCalendar

#: How far ahead fitting times are looked for where there is no window, in weeks.
_AHEAD_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Fitting:
    """A time that can be booked for a ticket; `warning` is empty where it is soon enough."""

    offer: Offer
    warning: str


def next_fitting(
    situation: Situation,
    fix_due_us: int | None = None,
    *,
    count: int = 3,
    minutes: int | None = None,
    scheduled: bool | None = None,
    after: date | None = None,
) -> tuple[Fitting, ...]:
    """The next times that can be booked, each with a warning where it lies after the fix is due.

    `scheduled` chooses between the package's slots and free times where it has both (slots unless
    told); a free time lasts `minutes`, by default the package's shortest. `after` is the first
    date looked at, by default today.
    """
    if not offers_visits(situation.package):
        return ()
    use_slots = bool(situation.package.slots) if scheduled is None else scheduled
    times = _slots(situation, after) if use_slots else _free(situation, minutes, after)
    return tuple(
        Fitting(offer(situation, time), late_warning(time, fix_due_us))
        for time in islice(bookable_times(situation, times), count)
    )


def late_warning(time: SlotTime, fix_due_us: int | None) -> str:
    """What to say where a visit ends after its ticket's fix is due; empty where it does not."""
    if fix_due_us is None or time.interval.end_us <= fix_due_us:
        return ""
    return f"ends after the fix is due, {moment_words(fix_due_us, time.zone)}"


def missing_booked_us(
    promised_us: int, opened_us: int, visits: Iterable[Interval], onsite: WorkingCalendar
) -> int:
    """How much onsite time, in microseconds, is not yet booked for a promise to be reached.

    `promised_us` is what the agreement allows, counted from `opened_us` on the time an engineer is
    booked or was there, inside onsite hours. 0 where enough is booked.
    """
    booked: list[tuple[int, int]] = []
    for visit in visits:
        if visit.end_us > opened_us:
            start_us = max(visit.start_us, opened_us)
            booked.extend(onsite.axis.open_spans(start_us, visit.end_us))
    if not booked:
        return promised_us
    axis = SpanAxis(booked)
    last_us = max(end for _, end in booked)
    return max(0, promised_us - axis.position(last_us))


def _slots(situation: Situation, after: date | None) -> Iterator[SlotTime]:
    first, last = _days(situation, after)
    return slot_times(situation.package, first, last, situation.zone)


def _free(situation: Situation, minutes: int | None, after: date | None) -> Iterator[SlotTime]:
    """One free time after another: a visit that cannot begin at an hour is tried a step later."""
    length = minutes or min(situation.package.free_minutes, default=USUAL_FREE_MINUTES)
    first, last = _days(situation, after)
    start_us = max(situation.now_us, instant_us(first, 0, situation.zone))
    end_us = instant_us(last + timedelta(days=1), 0, situation.zone)
    step_us = STEP_MINUTES * MINUTE_US
    if start_us >= end_us:
        return
    for opens_us, closes_us in situation.onsite.axis.open_spans(start_us, end_us):
        at_us = -(-opens_us // step_us) * step_us
        while at_us + length * MINUTE_US <= closes_us:
            yield free_at(at_us, length, situation.zone)
            at_us += step_us


def _days(situation: Situation, after: date | None) -> tuple[date, date]:
    first = local_date(situation.now_us, situation.zone)
    first = first if after is None else max(first, after)
    if situation.window is None:
        return first, first + timedelta(weeks=_AHEAD_WEEKS)
    return max(first, situation.window.first), situation.window.last
