"""Worked time in whole UTC years, so that a far question does not need all the days between."""

from bisect import bisect_left
from datetime import date

from deskterm.worktime.days import Days
from deskterm.worktime.errors import NeverReached
from deskterm.worktime.instants import FIRST_YEAR, LAST_YEAR

_BEFORE_CLOCKS_CHANGED = 1800
_AFTER_CLOCK_RULES_CHANGE = 2100


class YearSums:
    """The position at which each year begins, against the start of the origin year.

    Not safe to use from two threads at once.
    """

    __slots__ = ("_days", "_first", "_settled", "_starts", "_unsettled", "_worked")

    def __init__(self, days: Days, origin: int) -> None:
        self._days = days
        self._first = origin
        self._starts = [0]
        # Before and after these years a year's hours follow from its leap day and the weekday it
        # begins on: the document names no date there and no zone changes its rules.
        self._unsettled = min(days.named_years[0] - 1, _BEFORE_CLOCKS_CHANGED)
        self._settled = max(days.named_years[1] + 1, _AFTER_CLOCK_RULES_CHANGE)
        self._worked: dict[tuple[int, int, int], int] = {}

    def start(self, year: int) -> int:
        """The position at which the year begins; the year after the last one is allowed."""
        while year > self._first + len(self._starts) - 1:
            self._append()
        while year < self._first:
            self._prepend()
        return self._starts[year - self._first]

    def reaching(self, position: int) -> int:
        """The year in which the position is first reached; `NeverReached` if in none."""
        while position > self._starts[-1]:
            # Hours that begin on the last year's last date can run into the year after it.
            if self._first + len(self._starts) - 1 > self._days.last_year:
                raise NeverReached("The calendar's hours end before that much is worked.")
            self._append()
        while position <= self._starts[0]:
            # A year's first hours can lie in the UTC year before it.
            if self._first <= max(self._days.first_year - 1, FIRST_YEAR):
                raise NeverReached("The calendar's hours begin after that much was worked.")
            self._prepend()
        return self._first + bisect_left(self._starts, position) - 1

    def _append(self) -> None:
        year = self._first + len(self._starts) - 1
        self._starts.append(self._starts[-1] + self._worked_in(year))

    def _prepend(self) -> None:
        self._first -= 1
        self._starts.insert(0, self._starts[0] - self._worked_in(self._first))

    def _worked_in(self, year: int) -> int:
        # The first and the last year lack the local dates beyond them.
        if self._unsettled <= year <= self._settled or year in (FIRST_YEAR, LAST_YEAR):
            return self._sum(year)
        begins = date(year, 1, 1)
        length = date(year, 12, 31).toordinal() - begins.toordinal()
        kind = (int(year > self._settled), length, begins.weekday())
        worked = self._worked.get(kind)
        if worked is None:
            worked = self._worked[kind] = self._sum(year)
        return worked

    def _sum(self, year: int) -> int:
        return sum(end - start for start, end in self._days.spans(year))
