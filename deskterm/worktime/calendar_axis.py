"""The axis of a calendar, made of whole UTC years as they are asked for."""

from threading import Lock

from deskterm.worktime.axis import BisectedAxis, Table, joined
from deskterm.worktime.days import Days
from deskterm.worktime.instants import EPOCH, LAST_YEAR, year_of, year_start
from deskterm.worktime.ranges import merged
from deskterm.worktime.years import YearSums

_NEAR_YEARS = 16
_SETTLING_YEARS = 3


class CalendarAxis(BisectedAxis):
    """Worked time of a calendar; its origin is the start of the year first asked for.

    The table holds the years around the last question. It grows to a year not far from it, and
    begins anew at one that is, such as the year 1 of a date that was never filled in. Positions
    stay what they are. Any number of threads may ask at once.
    """

    __slots__ = ("_days", "_end_year", "_first_year", "_lock", "_sums")

    def __init__(self, days: Days) -> None:
        self.table = [], [], [], []
        self._days = days
        self._lock = Lock()
        self._sums: YearSums | None = None
        self._first_year = self._end_year = 0

    def _table_around(self, us: int) -> Table:
        year = year_of(us)
        with self._lock:
            return self._table_of(year, self._sums_from(year))

    def _table_reaching(self, position: int) -> Table:
        with self._lock:
            sums = self._sums_from(EPOCH.year)
            return self._table_of(sums.reaching(position), sums)

    def _sums_from(self, year: int) -> YearSums:
        if self._sums is None:
            self._sums = YearSums(self._days, year)
        return self._sums

    def _table_of(self, year: int, sums: YearSums) -> Table:
        first, end = self._first_year, self._end_year
        starts, ends, _, _ = self.table
        known = list(zip(starts[1:-1], ends[1:-1], strict=True))
        if not starts or not first - _NEAR_YEARS <= year < end + _NEAR_YEARS:
            first = end = year
            known = []
        earlier = [span for before in range(year, first) for span in self._days.spans(before)]
        later = [span for after in range(end, year + 1) for span in self._days.spans(after)]
        first, end = min(first, year), max(end, year + 1)
        # Spans that meet at the turn of a year become one again.
        spans = merged([*earlier, *known, *later])
        table = joined(year_start(first), spans, year_start(end), origin=sums.start(first))
        self.table, self._first_year, self._end_year = table, first, end
        return table

    def _opens_until(self) -> int:
        return year_start(self._days.last_year + 1)

    def _repeats_after(self, us: int) -> int:
        # Past the last date it names, a calendar that has not changed for years repeats itself.
        year = max(self._days.named_years[1], year_of(us)) + _SETTLING_YEARS
        return min(year_start(min(year, LAST_YEAR + 1)), self._opens_until())
