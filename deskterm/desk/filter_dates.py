"""When a ticket was opened, as people type it: a day, a stretch of days, or "the last week".

The words are read without a clock; `OpenedRange.bounds` turns them into instants once now and
the zone of the viewer are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_HOUR_US: Final = 3_600_000_000
_UNITS: Final = {"h": _HOUR_US, "d": 24 * _HOUR_US, "w": 7 * 24 * _HOUR_US}
_UNIT_NAMES: Final = {"h": "hour", "d": "day", "w": "week"}
_NAMED: Final = ("today", "yesterday", "week", "month")
_RELATIVE: Final = re.compile(r"(\d{1,4})([hdw])")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_YEAR: Final = re.compile(r"\d{4}")

EXPECTED: Final = (
    "today, yesterday, week, month, 7d, 24h, 2026-11-01, 2026-11 or 2026-11-01..2026-11-20"
)


@dataclass(frozen=True, slots=True)
class OpenedRange:
    """A stretch of opening times, half open.

    `kind` is ``days`` (local dates `first` up to and with `last`; None is open-ended), ``last``
    (the `back_us` microseconds before now) or one of the named stretches, which follow the
    calendar of the viewer: ``today``, ``yesterday``, ``week`` (since Monday), ``month``.
    """

    kind: Literal["days", "last", "today", "yesterday", "week", "month"]
    words: str
    first: date | None = None
    last: date | None = None
    back_us: int = 0

    def bounds(self, now_us: int, zone: str) -> tuple[int | None, int | None]:
        """(from, until) in microseconds UTC, until excluded; days are local to `zone`."""
        if self.kind == "last":
            return now_us - self.back_us, None
        tz = ZoneInfo(zone)
        if self.kind == "days":
            first, last = self.first, self.last
        else:
            today = (_EPOCH + timedelta(microseconds=now_us)).astimezone(tz).date()
            first, last = _named_days(self.kind, today)
        return (
            None if first is None else _midnight_us(first, tz),
            None if last is None or last == date.max else _midnight_us(last + timedelta(1), tz),
        )


def _named_days(kind: str, today: date) -> tuple[date, date]:
    if kind == "yesterday":
        return today - timedelta(1), today - timedelta(1)
    if kind == "week":
        return today - timedelta(today.weekday()), today
    if kind == "month":
        return today.replace(day=1), today
    return today, today


def _midnight_us(day: date, tz: ZoneInfo) -> int:
    return (datetime.combine(day, time(), tz).astimezone(UTC) - _EPOCH) // _MICROSECOND


def parse_opened(text: str) -> OpenedRange | None:
    """What `text` means as a stretch of opening times, or None where it means nothing.

    A range whose end lies before its start means nothing either.
    """
    word = text.casefold()
    if word in _NAMED:
        shown = {"week": "this week", "month": "this month"}.get(word, word)
        return OpenedRange(kind=word, words=f"opened {shown}")  # type: ignore[arg-type]  # one of _NAMED
    if match := _RELATIVE.fullmatch(word):
        count, unit = int(match[1]), match[2]
        if count == 0:
            return None
        plural = "" if count == 1 else "s"
        shown = f"opened in the last {count} {_UNIT_NAMES[unit]}{plural}"
        return OpenedRange(kind="last", words=shown, back_us=count * _UNITS[unit])
    if ".." in word:
        return _parse_range(word)
    days = _parse_days(word)
    if days is None:
        return None
    return OpenedRange(kind="days", words=f"opened {word}", first=days[0], last=days[1])


def _parse_range(word: str) -> OpenedRange | None:
    left, _, right = word.partition("..")
    start = _parse_days(left) if left else None
    end = _parse_days(right) if right else None
    if (left and start is None) or (right and end is None) or not (left or right):
        return None
    first = start[0] if start else None
    last = end[1] if end else None
    if first is not None and last is not None and last < first:
        return None
    if first is None:
        shown = f"opened up to {right}"
    elif last is None:
        shown = f"opened since {left}"
    else:
        shown = f"opened {left} to {right}"
    return OpenedRange(kind="days", words=shown, first=first, last=last)


def _parse_days(word: str) -> tuple[date, date] | None:
    """First and last date that a day, a month or a year covers."""
    try:
        if match := _DAY.fullmatch(word):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return day, day
        if match := _MONTH.fullmatch(word):
            first = date(int(match[1]), int(match[2]), 1)
            return first, _last_of_month(first)
        if _YEAR.fullmatch(word):
            return date(int(word), 1, 1), date(int(word), 12, 31)
    except ValueError:  # 30 February and its kin: not a date, and the caller says what one is
        return None
    return None


def _last_of_month(first: date) -> date:
    if first.month == 12:
        return first.replace(day=31)
    return first.replace(month=first.month + 1) - timedelta(1)
