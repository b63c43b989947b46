"""Which times are left to one agreement, and how many visits they hold.

How many can still be booked is counted exactly, as if nobody else had visits to come; agreements
that want the same engineers are counted together in `deskterm.visits.pool`. A site has one visit
at a time, and an engineer needs no travel between two visits at the same site; so visits that do
not overlap each other can be given to any engineer who is free for each, and none of them takes an
engineer away from another. What other customers have booked, in whatever grid, is in the roster
and rules engineers out slot by slot, travel included. Hence the most visits are the most bookable
times that do not overlap, and taking the one that ends first, again and again, finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from deskterm.visits.bookable import Situation, bookable_times, offers_visits, slot_times
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.slots import SlotTime, free_at
from deskterm.visits.wallclock import instant_us, local_date

#: A visit at a free time begins at a quarter of an hour when they are counted.
STEP_MINUTES = 15

#: How long a free visit is taken to be where the package names no length.
USUAL_FREE_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Outlook:
    """The times from now to the end of an agreement's window.

    `open` are all that can be booked, in order of their end; `most` are as many of them as can be
    booked together.
    """

    open: tuple[SlotTime, ...] = ()
    most: tuple[SlotTime, ...] = ()


def outlook(situation: Situation) -> Outlook:
    """What is left to an agreement; nothing for a package without visits or without a window."""
    if situation.window is None or not offers_visits(situation.package):
        return Outlook()
    left = _slots_left if situation.package.slots else _free_left
    times = tuple(bookable_times(situation, left(situation)))
    return Outlook(times, tuple(_most(times)))


def deliverable_times(situation: Situation) -> tuple[SlotTime, ...]:
    """As many times as can be booked together from now to the end of the window, in order."""
    return outlook(situation).most


def weeks_left(times: Iterable[SlotTime]) -> int:
    """In how many calendar weeks the times lie."""
    return len({time.date.isocalendar()[:2] for time in times})


def _slots_left(situation: Situation) -> Iterator[SlotTime]:
    assert situation.window is not None
    today = local_date(situation.now_us, situation.zone)
    first = max(today, situation.window.first)
    times = slot_times(situation.package, first, situation.window.last, situation.zone)
    return iter(sorted(times, key=lambda time: time.interval.end_us))


def _free_left(situation: Situation) -> Iterator[SlotTime]:
    window = situation.window
    assert window is not None
    minutes = min(situation.package.free_minutes, default=USUAL_FREE_MINUTES)
    opens_us = instant_us(window.first, 0, situation.zone)
    closes_us = instant_us(window.last + timedelta(days=1), 0, situation.zone)
    start_us = max(situation.now_us, opens_us)
    if start_us >= closes_us:
        return
    step_us = STEP_MINUTES * MINUTE_US
    for span in situation.onsite.axis.open_spans(start_us, closes_us):
        at_us = -(-span[0] // step_us) * step_us
        while at_us + minutes * MINUTE_US <= span[1]:
            yield free_at(at_us, minutes, situation.zone)
            at_us += step_us


def _most(times: Iterable[SlotTime]) -> Iterator[SlotTime]:
    """Of times in order of their end, the most that do not overlap."""
    last: Interval | None = None
    for time in times:
        if last is None or time.interval.start_us >= last.end_us:
            last = time.interval
            yield time
