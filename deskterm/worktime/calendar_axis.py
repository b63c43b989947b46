"""The axis of a calendar, made of whole UTC years as they are asked for."""

from threading import Lock

from deskterm.worktime.axis import BisectedAxis, joined
from deskterm.worktime.days import Days
from deskterm.worktime.errors import NeverReached
from deskterm.worktime.instants import FIRST_YEAR, LAST_YEAR, year_of, year_start
from deskterm.worktime.ranges import merged

_SETTLING_YEARS = 3


class CalendarAxis(BisectedAxis):
    """Worked time of a calendar; its origin is the start of the year first asked for.

    Years are added at either end, also from several threads at once; a position stays what it is.
    """

    __slots__ = ("_days", "_end_year", "_first_year", "_lock")

    def __init__(self, days: Days) -> None:
        self.table = [], [], [], []
        self._days = days
        self._lock = Lock()
        self._first_year = self._end_year = 0

    def _reach(self, us: int) -> None:
        year = year_of(us)
        with self._lock:
            if self._end_year == 0:
                self._first_year = self._end_year = year
            self._extend(min(self._first_year, year), max(self._end_year, year + 1))

    def _grow(self, *, later: bool) -> None:
        if self._end_year == 0:
            self._reach(0)
            return
        with self._lock:
            first, end = self._first_year, self._end_year
            # In proportion to what is there, so that a long way does not copy it every year.
            step = max(1, (end - first) // 8)
            if later:
                limit = self._days.last_year + 1
                if end >= limit:
                    raise NeverReached("The calendar does not open often enough after that.")
                self._extend(first, min(end + step, limit))
            else:
                # A year's first hours can lie in the UTC year before it.
                limit = max(self._days.first_year - 1, FIRST_YEAR)
                if first <= limit:
                    raise NeverReached("The calendar did not open often enough before that.")
                self._extend(max(first - step, limit), end)

    def _extend(self, first: int, end: int) -> None:
        earlier = [
            span for year in range(first, self._first_year) for span in self._days.spans(year)
        ]
        later = [span for year in range(self._end_year, end) for span in self._days.spans(year)]
        starts, ends, _, totals = self.table
        origin = (totals[0] if totals else 0) - sum(e - s for s, e in earlier)
        known = zip(starts[1:-1], ends[1:-1], strict=True)
        # Spans that meet at the turn of a year become one again.
        spans = merged([*earlier, *known, *later])
        self.table = joined(year_start(first), spans, year_start(end), origin=origin)
        self._first_year, self._end_year = first, end

    def _changes_no_more(self, us: int) -> bool:
        # Past the last date it names, a calendar that has not changed for years repeats itself.
        settled = max(self._days.settled_year, year_of(us)) + _SETTLING_YEARS
        return self._end_year > min(settled, LAST_YEAR)
