"""Durations in words: ``4 working hours``, ``2 working weeks``, ``72 hours``."""

from __future__ import annotations

import re
from collections.abc import Collection

from deskterm.policy.document import Amount, AmountKind

#: What a writer is told when a duration cannot be read.
EXAMPLES = (
    'a duration such as "4 working hours", "30 working minutes", "2 working days", '
    '"2 working weeks", "72 hours" (day and night), "next business day" or "none"'
)

_MINUTE_US = 60_000_000
_HOUR_US = 60 * _MINUTE_US
_DAYS_PER_WORKING_WEEK = 5

_PATTERN = re.compile(r"([0-9]{1,6}) (working )?(minute|hour|day|week)s?")
_MOST = {"minute": 600_000, "hour": 10_000, "day": 1_000, "week": 200}


class UnreadableDuration(ValueError):
    """Words that are no duration; carries what to write instead."""

    def __init__(self, expected: str, nearest: str | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.nearest = nearest


def read_duration(words: str) -> Amount:
    """The allowance that `words` promise.

    Working minutes and hours are time inside opening hours; a working week is five working days;
    minutes and hours without the word working are elapsed time, day and night. Bare days and weeks
    are refused, because agreements mean now the one and now the other.

    Raises `UnreadableDuration`.
    """
    plain = " ".join(words.lower().split())
    if plain == "none":
        return Amount("none", 0, plain)
    if plain == "next business day":
        return Amount("next_day", 0, plain)
    match = _PATTERN.fullmatch(plain)
    if match is None:
        raise UnreadableDuration(EXAMPLES)
    number, unit = int(match[1]), match[3]
    if number == 0:
        raise UnreadableDuration('more than nothing, or "none" where nothing is promised')
    if number > _MOST[unit]:
        raise UnreadableDuration(f"no more than {_MOST[unit]} {unit}s")
    if match[2] is None and unit in ("day", "week"):
        raise UnreadableDuration(
            'working days or weeks ("2 working days") or elapsed hours ("48 hours")',
            f"{number} working {unit}" + ("s" if number > 1 else ""),
        )
    return _amount(number, unit, "worked" if match[2] else "elapsed", plain)


def likely_durations(words: str) -> Collection[str]:
    """Readable durations with the number in `words`, to find the one its writer had in mind."""
    number = re.search(r"[0-9]{1,6}", words[:200])
    count = int(number[0]) if number else 1
    plural = "" if count == 1 else "s"
    return (
        "none",
        "next business day",
        *(f"{count} working {unit}{plural}" for unit in ("minute", "hour", "day", "week")),
        *(f"{count} {unit}{plural}" for unit in ("minute", "hour")),
    )


def _amount(number: int, unit: str, timed: AmountKind, words: str) -> Amount:
    if unit == "week":
        return Amount("days", number * _DAYS_PER_WORKING_WEEK, words)
    if unit == "day":
        return Amount("days", number, words)
    return Amount(timed, number * (_HOUR_US if unit == "hour" else _MINUTE_US), words)
