"""Reads the few ways people type a time to come: ``15:30``, ``Mon 9:00``, ``24 Nov``, ``3d``.

Pure: text, now and the viewer's zone in, an instant out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from deskterm.worktime import to_us

_MINUTE_US: Final = 60_000_000
_HOUR_US: Final = 60 * _MINUTE_US

_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

Localise = Callable[[int], datetime]
"""Microseconds since the epoch to an aware datetime in the viewer's zone."""

#: The ways to write a time, in few words.
WAYS: Final = "15:30, Mon 9:00, tomorrow, 24 Nov, 3d"
EXPECTED: Final = "a time (15:30), a day (Mon 9:00, tomorrow, 24 Nov) or how long (3d, 2h)"
#: A day without a time means the morning of it.
MORNING: Final = time(9, 0)

_LENGTH: Final = re.compile(r"(\d{1,4})\s*(m|min|h|d|w)")
_CLOCK: Final = re.compile(r"(\d{1,2})(?::|\.|h)(\d{2})")
_DATE: Final = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})(?:\s+(\d{4}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class WhenError(ValueError):
    """A time that cannot be read; `sentence` says what can."""

    def __init__(self, text: str) -> None:
        self.sentence = f"“{text}” is no time I can read; type {EXPECTED}."
        super().__init__(self.sentence)


def read_when(text: str, now_us: int, local: Localise) -> int:
    """The instant `text` means, in microseconds. Raises `WhenError`."""
    said = " ".join(text.casefold().replace(",", " ").split())
    now = local(now_us)
    if length := _LENGTH.fullmatch(said):
        number, unit = int(length[1]), length[2]
        if unit in ("m", "min"):
            return now_us + number * _MINUTE_US
        if unit == "h":
            return now_us + number * _HOUR_US
        return _at(_later(now, number * (7 if unit == "w" else 1)), now.time(), now)
    at = MORNING
    timed = _CLOCK.search(said)
    if timed:
        hour, minute = int(timed[1]), int(timed[2])
        if hour > 23 or minute > 59:
            raise WhenError(text)
        at = time(hour, minute)
        said = (said[: timed.start()] + said[timed.end() :]).strip().removesuffix(" at").strip()
    day = _day(said, now, at, named=timed is not None)
    if day is None:
        raise WhenError(text)
    return _at(day, at, now)


def read_day(text: str, now_us: int, local: Localise) -> str:
    """The day `text` means, as ``2026-12-24``. Raises `WhenError`."""
    return local(read_when(text, now_us, local)).date().isoformat()


def _later(now: datetime, days: int) -> date:
    return now.date() + timedelta(days=days)


def _day(said: str, now: datetime, at: time, *, named: bool) -> date | None:
    if not said:
        if not named:
            return None
        return now.date() if at > now.time() else _later(now, 1)
    if said == "today":
        return now.date()
    if said in ("tomorrow", "tmr"):
        return _later(now, 1)
    for number, name in enumerate(_WEEKDAYS):
        if len(said) >= 2 and name.startswith(said):
            ahead = (number - now.weekday()) % 7
            if ahead == 0 and at <= now.time():
                ahead = 7
            return _later(now, ahead)
    try:
        if iso := _ISO.fullmatch(said):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if dated := _DATE.fullmatch(said):
            named_months = [month.startswith(dated[2]) for month in _MONTHS]
            if not any(named_months):
                return None
            month = named_months.index(True) + 1
            year = int(dated[3]) if dated[3] else now.year
            day = date(year, month, int(dated[1]))
            if not dated[3] and day < now.date():
                day = day.replace(year=year + 1)
            return day
    except ValueError:
        return None
    return None


def _at(day: date, at: time, now: datetime) -> int:
    """Wall time in the viewer's zone, by that zone's own rules on the day."""
    zone = now.tzinfo
    wall = datetime.combine(day, at.replace(tzinfo=None, microsecond=0), tzinfo=zone)
    if zone is not None and not hasattr(zone, "key"):
        # The system's zone carries one offset only; asking it again finds that day's.
        wall = datetime.combine(day, at.replace(tzinfo=None, microsecond=0)).astimezone()
    return to_us(wall)
