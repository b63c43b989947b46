"""How instants and lengths of time are written for a person to read and add up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from deskterm.worktime import from_us

_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE

# Not the locale's: a sum copied into a mail has to read the same on every machine.
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def duration(us: int) -> str:
    """``78h15``, ``1h08``, ``30m``, ``25m04``, ``9s``; exact, with a fraction if it needs one."""
    seconds, fraction = divmod(abs(us), _SECOND)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    sign = "-" if us < 0 else ""
    tail = f"{seconds:02d}" if seconds or fraction else ""
    if fraction:
        tail += f".{fraction:06d}".rstrip("0")
    if hours:
        return f"{sign}{hours}h{minutes:02d}" + (f"m{tail}" if tail else "")
    if minutes:
        return f"{sign}{minutes}m{tail}"
    return f"{sign}{tail.removeprefix('0')}s" if tail else "0m"


def hours(us: int) -> str:
    """As `duration`, with the hours also where there are none: a column of these lines up."""
    return duration(us) if abs(us) >= _HOUR else f"0h{abs(us) // _MINUTE:02d}" + _rest(us)


def local(us: int, zone: str) -> datetime:
    """The instant on the clocks of a zone."""
    return from_us(us, ZoneInfo(zone))


def clock_time(at: datetime) -> str:
    """``14:32``, with seconds where there are any."""
    text = f"{at.hour:02d}:{at.minute:02d}"
    if at.second or at.microsecond:
        text += f":{at.second:02d}"
    if at.microsecond:
        text += f".{at.microsecond:06d}".rstrip("0")
    return text


def day(on: date, year: int | None = None) -> str:
    """``Tue 24 Nov``; with its year where that is not `year`."""
    text = f"{_WEEKDAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"
    return text if year is None or on.year == year else f"{text} {on.year}"


def days(first: date, last: date, year: int | None = None) -> str:
    """``Sat 21 – Sun 22 Nov``, ``Thu 24 Dec – Sun 3 Jan 2027``, or the one day."""
    if first == last:
        return day(first, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_WEEKDAYS[first.weekday()]} {first.day} – {day(last, year)}"
    return f"{day(first, year)} – {day(last, year)}"


def moment(us: int, zone: str, year: int | None = None) -> str:
    """``Tue 24 Nov 14:32``; with its year where that is not `year`."""
    at = local(us, zone)
    return f"{day(at.date(), year)} {clock_time(at)}"


def _rest(us: int) -> str:
    seconds, fraction = divmod(abs(us) % _MINUTE, _SECOND)
    if not seconds and not fraction:
        return ""
    return f"m{seconds:02d}" + (f".{fraction:06d}".rstrip("0") if fraction else "")
