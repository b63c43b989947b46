"""Dates and times as other programs write them, read in the zone they were written in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

_PATTERN: Final = re.compile(
    r"""
    (?: (?P<y>\d{4}) [-/.] (?P<m>\d{1,2}) [-/.] (?P<d>\d{1,2})
      | (?P<d2>\d{1,2}) [-/.] (?P<m2>\d{1,2}) [-/.] (?P<y2>\d{4}) )
    (?: [T\ ]+ (?P<H>\d{1,2}) : (?P<M>\d{2}) (?: :(?P<S>\d{2}) (?: [.,](?P<f>\d{1,6})\d* )? )? )?
    \s* (?P<z> Z | [+-]\d{2}:?\d{2} )?
    """,
    re.ASCII | re.VERBOSE,
)

EXPECTED: Final = "dd-mm-yyyy HH:MM or yyyy-mm-dd HH:MM[:SS]"


def local_us(text: str, zone: ZoneInfo) -> int:
    """The instant `text` means, in microseconds UTC; the day comes before the month.

    Without an offset the clocks of `zone` are meant: a time they show twice is the first one, a
    time they skip moves forward by the length of the gap (01:30 becomes 02:30), as everywhere in
    working time. A date alone is its midnight. ValueError, saying what is expected.
    """
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"cannot read the time {text!r}; expected {EXPECTED}")
    part = match.groupdict()
    try:
        naive = datetime(  # noqa: DTZ001 -- the zone is joined on below
            int(part["y"] or part["y2"]),
            int(part["m"] or part["m2"]),
            int(part["d"] or part["d2"]),
            int(part["H"] or 0),
            int(part["M"] or 0),
            int(part["S"] or 0),
            int((part["f"] or "0").ljust(6, "0")),
        )
        aware = naive.replace(tzinfo=zone) if part["z"] is None else _with_offset(naive, part["z"])
        return (aware.astimezone(UTC) - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError):
        raise ValueError(f"there is no time {text!r}") from None


def local_date(text: str) -> date:
    """The date `text` names, the day before the month. ValueError, saying what is expected."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"cannot read the date {text!r}; expected dd-mm-yyyy or yyyy-mm-dd")
    part = match.groupdict()
    try:
        return date(
            int(part["y"] or part["y2"]), int(part["m"] or part["m2"]), int(part["d"] or part["d2"])
        )
    except ValueError:
        raise ValueError(f"there is no date {text!r}") from None


def _with_offset(naive: datetime, offset: str) -> datetime:
    if offset == "Z":
        return naive.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{naive.isoformat()}{offset[:3]}:{offset[-2:]}")
