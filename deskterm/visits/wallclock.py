"""Times on the clock on the wall, and the instants they mean.

A visit is promised in the customer's local time. The promise stays as printed when the clocks
change; what moves is the instant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from deskterm.visits.errors import VisitRefused
from deskterm.visits.interval import MINUTE_US
from deskterm.worktime.instants import from_us
from deskterm.worktime.localtime import LocalTime

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_SATURDAY = 5
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: Keys of a weekly pattern as policies write them, Monday first.
WEEKDAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@lru_cache(maxsize=1024)
def minute_of_day(clock: str) -> int:
    """Minutes after midnight of ``HH:MM``; ``24:00`` is 1440. Raises `VisitRefused` otherwise."""
    found = _CLOCK.fullmatch(clock.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minute <= 1440:
        raise VisitRefused("unreadable", f"“{clock}” is no time of day; write it as 08:30.")
    return minute


@lru_cache(maxsize=65536)
def instant_us(day: date, minute: int, zone: str) -> int:
    """The instant, in microseconds UTC, at which `minute` after midnight is shown on `day`.

    A time the clocks skip moves forward by as much as they do; one that comes twice means the
    first. `minute` may reach into the next day (1440 is its midnight).
    """
    return _local(zone).instant(day.toordinal(), minute * MINUTE_US)


@lru_cache(maxsize=64)
def _local(zone: str) -> LocalTime:
    return LocalTime(ZoneInfo(zone))


def local_time(at_us: int, zone: str) -> datetime:
    """The instant as an aware datetime in `zone`."""
    return from_us(at_us, ZoneInfo(zone))


def local_date(at_us: int, zone: str) -> date:
    """The date shown in `zone` at the instant."""
    return local_time(at_us, zone).date()


def day_words(day: date, *, year: bool = True) -> str:
    """A date as people write it, e.g. ``Wed 25 Nov 2026``; the same in every locale."""
    short = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{short} {day.year}" if year else short


def clock_words(at_us: int, zone: str) -> str:
    """The time of day in `zone`, e.g. ``08:30``."""
    return f"{local_time(at_us, zone):%H:%M}"


def moment_words(at_us: int, zone: str) -> str:
    """Date and time in `zone`, e.g. ``Wed 25 Nov 2026 08:30``."""
    return f"{day_words(local_date(at_us, zone))} {clock_words(at_us, zone)}"


def week_to_plan(today: date) -> date:
    """The Monday of this week; at a weekend of the next: nothing of the old one can be booked."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=today.weekday() >= _SATURDAY)
