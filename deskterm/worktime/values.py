"""The single values of a calendar's document: a date, a time of day, a wall time, a zone."""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from deskterm.worktime.instants import DAY, HOUR, MINUTE, SECOND

DATE: Final = 'a date such as "2026-12-25"'
OPENING: Final = 'a time of day such as "08:00"'
CLOSING: Final = 'a time of day such as "16:30", up to "24:00"'
WALL: Final = 'a local date and time such as "2026-11-20T13:00"'
ZONE: Final = 'the name of a time zone such as "Europe/London"'

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?")


class NotThat(Exception):
    """A value is not what stands at its place; the reader of the document says where."""


def read_date(value: object) -> date:
    """A date, given as one or as ISO text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise NotThat from None
    raise NotThat


def read_time(value: object, *, closing: bool) -> int:
    """A time of day in microseconds since midnight; "24:00" is one only for a closing."""
    if isinstance(value, time) and value.tzinfo is None:
        value = value.isoformat()
    if not isinstance(value, str):
        raise NotThat
    if closing and value == "24:00":
        return DAY
    match = _TIME.fullmatch(value)
    if match is None:
        raise NotThat
    hours, minutes, seconds, fraction = match.groups()
    return (
        int(hours) * HOUR
        + int(minutes) * MINUTE
        + int(seconds or 0) * SECOND
        + int((fraction or "").ljust(6, "0"))
    )


def read_wall(value: object) -> tuple[date, int]:
    """A local date and the time of day on it, without any offset from UTC."""
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.isoformat()
    if not isinstance(value, str) or value[10:11] not in ("T", " "):
        raise NotThat
    return read_date(value[:10]), read_time(value[11:], closing=True)


def read_zone(value: object) -> str:
    """The key of a time zone that exists here."""
    if not isinstance(value, str):
        raise NotThat
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        # A folder of the zone database, or a path out of it, is no zone either.
        raise NotThat from None
