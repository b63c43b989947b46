"""The slots a package prints, on a day, as intervals; and visits at any free time.

Slots are wall-clock promises in the customer's zone: ``08:30-10:30`` is that on every date,
whatever the clocks do in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskterm.policy.document import Package, Slot
from deskterm.visits.errors import VisitRefused
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.wallclock import (
    clock_words,
    day_words,
    instant_us,
    local_date,
    minute_of_day,
)

#: Id of a time that is no slot of the package: chosen at booking.
FREE = "free"

#: What a free visit may last where the package names no lengths, in minutes.
SHORTEST_MINUTES = 15
LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class SlotTime:
    """A slot, or a free time, on one local date of a zone."""

    id: str
    name: str
    date: date
    zone: str
    interval: Interval

    @property
    def is_free(self) -> bool:
        """True for a time chosen at booking, false for a slot of the package."""
        return self.id == FREE

    def words(self) -> str:
        """Day and local times, e.g. ``Wed 25 Nov 2026, AM 08:30-11:30``."""
        start = clock_words(self.interval.start_us, self.zone)
        end = clock_words(self.interval.end_us, self.zone)
        return f"{day_words(self.date)}, {self.name} {start}–{end}"


def slot_time(slot: Slot, day: date, zone: str) -> SlotTime:
    """`slot` on the local date `day`; an end at or before its start is on the next day."""
    start, end = minute_of_day(slot.start), minute_of_day(slot.end)
    if end <= start:
        end += 1440
    interval = Interval(instant_us(day, start, zone), instant_us(day, end, zone))
    return SlotTime(slot.id, slot.name, day, zone, interval)


def slots_on(package: Package, day: date, zone: str) -> tuple[SlotTime, ...]:
    """Every slot the package prints, on that date, in printed order."""
    return tuple(slot_time(slot, day, zone) for slot in package.slots)


def find_slot(package: Package, slot_id: str, day: date, zone: str) -> SlotTime:
    """The package's slot of that id or name on that date.

    Raises `VisitRefused` naming the package's slots where there is none such.
    """
    wanted = slot_id.strip().casefold()
    for slot in package.slots:
        if wanted in (slot.id.casefold(), slot.name.casefold()):
            return slot_time(slot, day, zone)
    if not package.slots:
        raise VisitRefused("not_offered", f"{package.name} has no slots.")
    names = ", ".join(f"{slot.id} ({slot.start}–{slot.end})" for slot in package.slots)
    raise VisitRefused("not_offered", f"{package.name} has no slot “{slot_id}”; it has {names}.")


def lengths(package: Package) -> tuple[int, ...]:
    """Minutes a free visit may last, as the package names them; empty where it leaves it open."""
    return package.free_minutes


def free_time(package: Package, day: date, clock: str, minutes: int, zone: str) -> SlotTime:
    """A visit at a chosen local time for `minutes` of elapsed time.

    Raises `VisitRefused` where the length is none the package allows.
    """
    allowed = package.free_minutes
    if allowed and minutes not in allowed:
        choices = ", ".join(str(choice) for choice in allowed)
        raise VisitRefused(
            "not_offered", f"A visit of {minutes} minutes is not offered; choose from {choices}."
        )
    if not allowed and not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise VisitRefused(
            "not_offered",
            f"A visit lasts {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes, not {minutes}.",
        )
    return free_at(instant_us(day, minute_of_day(clock), zone), minutes, zone)


def free_at(start_us: int, minutes: int, zone: str) -> SlotTime:
    """A free time from an instant on, for `minutes`; its date is the local one in `zone`."""
    interval = Interval(start_us, start_us + minutes * MINUTE_US)
    return SlotTime(FREE, "any time", local_date(start_us, zone), zone, interval)


def free_times(opening: Interval, minutes: int, step_minutes: int, zone: str) -> Iterator[SlotTime]:
    """Free times of a length inside an open stretch, at its start and every step after it."""
    start_us = opening.start_us
    while start_us + minutes * MINUTE_US <= opening.end_us:
        yield free_at(start_us, minutes, zone)
        start_us += step_minutes * MINUTE_US
