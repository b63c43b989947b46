"""Term dates as schools in England usually have them, for invented schools."""

from __future__ import annotations

from datetime import date, timedelta

from deskterm.desk.visits.termdates import TermEntry

_DAY = timedelta(days=1)


def school_years(first: date, last: date) -> tuple[TermEntry, ...]:
    """Terms and days off of every school year with a day from `first` to `last`."""
    begins = first.year if first >= date(first.year, 8, 1) else first.year - 1
    ends = last.year if last >= date(last.year, 8, 1) else last.year - 1
    return tuple(entry for year in range(begins, ends + 1) for entry in _school_year(year))


def _school_year(year: int) -> tuple[TermEntry, ...]:
    autumn, half = _workday(date(year, 9, 2)), _monday(date(year, 10, 24))
    christmas = _monday(date(year, 12, 19)) - 3 * _DAY
    spring, winter_half = _workday(date(year + 1, 1, 4)), _monday(date(year + 1, 2, 12))
    # Two weeks around the Easter of most years; schools keep them even where Easter does not.
    easter, summer = _monday(date(year + 1, 4, 1)), _monday(date(year + 1, 4, 14))
    may_half, end = _monday(date(year + 1, 5, 25)), date(year + 1, 7, 21)
    return (
        TermEntry("term", "Autumn term", autumn, christmas),
        TermEntry("day_off", "Autumn half-term", half, half + 4 * _DAY),
        TermEntry("term", "Spring term", spring, easter - 3 * _DAY),
        TermEntry("day_off", "Spring half-term", winter_half, winter_half + 4 * _DAY),
        TermEntry("term", "Summer term", summer, end),
        TermEntry("day_off", "Summer half-term", may_half, may_half + 4 * _DAY),
        TermEntry("day_off", "INSET day", autumn, autumn),
        TermEntry("day_off", "INSET day", spring, spring),
    )


def _monday(day: date) -> date:
    """That day or the first Monday after it."""
    return day + -day.weekday() % 7 * _DAY


def _workday(day: date) -> date:
    return day if day.weekday() < 5 else _monday(day)
