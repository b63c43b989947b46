"""Working days: which local dates have hours, and the instants of each one's own hours.

Kept apart from the axis, where the hours of neighbouring days may be one span: a desk that never
closes still has a working day on every date.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from deskterm.worktime.document import Document, Variation
from deskterm.worktime.errors import CalendarError, NeverReached, Problem
from deskterm.worktime.hours import FIRST_DATE, LAST_DATE, LocalHours
from deskterm.worktime.instants import DAY, EPOCH_ORDINAL, LAST_YEAR, year_start
from deskterm.worktime.localtime import LocalTime
from deskterm.worktime.ranges import Ranges, Span, merged

REACH_DAYS: Final = 4
"""More dates than hours can stretch over: two by their length, one where a zone skips a date."""

_KEPT_YEARS = 64


class WorkingDay(NamedTuple):
    """A local date and its hours as instants, sorted, disjoint, breaks cut out, never empty."""

    ordinal: int
    spans: tuple[Span, ...]

    @property
    def opens(self) -> int:
        """The first opening."""
        return self.spans[0][0]

    @property
    def closes(self) -> int:
        """The last closing."""
        return self.spans[-1][1]


class Days:
    """The working days of a calendar, worked out year by year and kept.

    With a `base`, a calendar that differs from it by a `variation` only, what the variation does
    not touch is taken from there.
    """

    def __init__(
        self,
        document: Document,
        base: "Days | None" = None,
        variation: Variation | None = None,
    ) -> None:
        self.hours = LocalHours(document)
        self.local: LocalTime = base.local if base else LocalTime(ZoneInfo(document.tz))
        self._breaks = Ranges(
            (
                self.local.instant(pause.first.toordinal(), pause.begins),
                self.local.instant(pause.last.toordinal(), pause.ends),
            )
            for pause in document.variation.breaks
        )
        self._base = base
        self._touched = Ranges(_touched(variation) if variation else ())
        self._years = lru_cache(_KEPT_YEARS)(self._make_year)
        self._spans = lru_cache(_KEPT_YEARS)(self._make_spans)
        bounds = self.hours.bounds()
        if bounds is None or not any(map(self.day, self._unbroken(*bounds))):
            raise CalendarError(
                [Problem("calendar", "no hours on any date", "a calendar that opens at some time")]
            )
        self._bounds = bounds
        self.first_year = date.fromordinal(bounds[0]).year
        # Hours that begin on a year's last date can run into the next.
        self.last_year = min(date.fromordinal(bounds[1]).year + 1, LAST_YEAR)
        first, last = self.hours.named()
        self.named_years = date.fromordinal(first).year, date.fromordinal(last).year

    def _unbroken(self, first: int, last: int) -> Iterator[int]:
        """The dates from first to last but for those deep within a break, which can be long."""
        ordinal = first
        while ordinal <= last:
            yield ordinal
            around = self._breaks.around((ordinal - REACH_DAYS - EPOCH_ORDINAL) * DAY)
            skip = (around[1] // DAY + EPOCH_ORDINAL - REACH_DAYS) if around else 0
            ordinal = max(ordinal + 1, skip)

    def day(self, ordinal: int) -> WorkingDay | None:
        """The working day of a date; None where no hours begin on it."""
        hours = self.hours.on(ordinal)
        if not hours:
            return None
        instant = self.local.instant
        spans = merged(
            [(instant(ordinal, opens), instant(ordinal, closes)) for opens, closes in hours]
        )
        # Hours on a date that the zone skips would begin after that date's end.
        if spans and spans[0][0] >= instant(ordinal + 1, 0) and not self.local.exists(ordinal):
            return None
        if self._breaks:
            spans = self._breaks.cut_out_of(spans)
        return WorkingDay(ordinal, spans) if spans else None

    def year(self, year: int) -> tuple[WorkingDay, ...]:
        """The working days among a year's local dates, in order."""
        return self._years(year)

    def _make_year(self, year: int) -> tuple[WorkingDay, ...]:
        first, last = _year_dates(year)
        if self._base is None:
            first, last = max(first, self._bounds[0]), min(last, self._bounds[1])
            return tuple(day for day in map(self.day, range(first, last + 1)) if day)
        usual = self._base.year(year)
        touched = self._touched.within(first, last + 1)
        if not touched:
            return usual
        days = {day.ordinal: day for day in usual}
        for start, end in touched:
            for ordinal in range(start, end):
                day = self.day(ordinal)
                if day:
                    days[ordinal] = day
                else:
                    days.pop(ordinal, None)
        return tuple(days[ordinal] for ordinal in sorted(days))

    def spans(self, year: int) -> tuple[Span, ...]:
        """The open spans of a UTC year, merged and clipped to it."""
        return self._spans(year)

    def _make_spans(self, year: int) -> tuple[Span, ...]:
        if not self.first_year <= year + 1 <= self.last_year + 1:
            return ()
        first, last = _year_dates(year)
        before = range(max(first - REACH_DAYS, FIRST_DATE), first)
        after = range(last + 1, min(last + 2, LAST_DATE + 1))
        if self._base and not self._touched.within(before.start, last + 2):
            return self._base.spans(year)
        days = [
            *(self.day(ordinal) for ordinal in before),
            *self.year(year),
            *(self.day(ordinal) for ordinal in after),
        ]
        return tuple(
            Ranges(span for day in days if day for span in day.spans).within(
                year_start(year), year_start(year + 1)
            )
        )

    def containing(self, us: int) -> WorkingDay | None:
        """The day whose hours contain the instant; of two, the one whose date is later."""
        today = self.local.wall(us)[0]
        # Clocks that go back over midnight show yesterday's date within hours begun today.
        for ordinal in range(min(today + 1, LAST_DATE), max(today - REACH_DAYS, 0), -1):
            day = self._known(ordinal)
            if day and any(start <= us < end for start, end in day.spans):
                return day
        return None

    def _known(self, ordinal: int) -> WorkingDay | None:
        days = self.year(date.fromordinal(ordinal).year)
        index = bisect_left(days, WorkingDay(ordinal, ()))
        return days[index] if index < len(days) and days[index].ordinal == ordinal else None

    def after(self, ordinal: int, count: int) -> WorkingDay:
        """The working day `count` (1 or more) working days after a date; else `NeverReached`."""
        year = date.fromordinal(ordinal).year
        # No year is worked out in vain for more days than there are dates.
        last_year = self.last_year if count <= LAST_DATE - ordinal else year
        index = bisect_left(self.year(year), WorkingDay(ordinal + 1, ())) + count - 1
        while index >= len(days := self.year(year)):
            index -= len(days)
            year += 1
            if year > last_year:
                raise NeverReached(
                    f"There are fewer than {count} working days after "
                    f"{date.fromordinal(ordinal).isoformat()}."
                )
        return days[index]

    def between(self, first: int, last: int) -> Iterator[WorkingDay]:
        """The working days from the first date to the last, both included, in order."""
        if first > last:
            return
        for year in range(
            max(date.fromordinal(first).year, self.first_year),
            min(date.fromordinal(last).year, self.last_year) + 1,
        ):
            for day in self.year(year):
                if first <= day.ordinal <= last:
                    yield day


def _year_dates(year: int) -> Span:
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def _touched(variation: Variation) -> Iterator[Span]:
    """The dates, as half open spans, whose hours the variation can change."""
    for shutdown in variation.shutdowns:
        yield shutdown.first.toordinal(), shutdown.last.toordinal() + 1
    for day, _ in variation.extra:
        yield day.toordinal(), day.toordinal() + 1
    for extra in variation.weekly_extra:
        last = LAST_DATE if extra.last is None else extra.last.toordinal()
        yield extra.first.toordinal(), last + 1
    for pause in variation.breaks:
        # A break on a date that the zone skips moves on to the next.
        yield pause.first.toordinal() - REACH_DAYS, pause.last.toordinal() + 2
