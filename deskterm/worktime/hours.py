"""The hours that begin on a local date: the order of precedence of what was agreed.

A date's own hours (an override) come first, whatever else it is; else a holiday or shutdown takes
the weekly hours away. Extra hours open on top of either. Breaks are cut out later, as instants.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from deskterm.worktime.document import Document, Hours
from deskterm.worktime.ranges import Ranges, merged

FIRST_DATE: Final = date.min.toordinal()
LAST_DATE: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Closure:
    """Why no hours begin on a date: a holiday, or a shutdown from `first` to `last`.

    `name` is empty where none was given.
    """

    kind: Literal["holiday", "shutdown"]
    name: str
    first: date
    last: date


class LocalHours:
    """The hours of each local date. Dates are ordinals, hours are times of day in microseconds."""

    __slots__ = ("_document", "_extra", "_holidays", "_overrides", "_shut", "_weekly")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._weekly = tuple(merged(hours) for hours in document.weekly)
        self._holidays = {day.toordinal(): name for day, name in document.holidays}
        self._overrides = {day.toordinal(): merged(hours) for day, hours in document.overrides}
        self._extra: dict[int, Hours] = {}
        for day, hours in document.variation.extra:
            ordinal = day.toordinal()
            self._extra[ordinal] = self._extra.get(ordinal, ()) + hours
        self._shut = Ranges(
            (shutdown.first.toordinal(), shutdown.last.toordinal() + 1)
            for shutdown in document.variation.shutdowns
        )

    def on(self, ordinal: int) -> Hours:
        """The hours that begin on that date, sorted and disjoint."""
        hours = self._overrides.get(ordinal)
        if hours is None:
            closed = ordinal in self._holidays or self._shut.around(ordinal)
            hours = () if closed else self._weekly[(ordinal + 6) % 7]
        bought = self._bought(ordinal)
        return merged(hours + bought) if bought else hours

    def _bought(self, ordinal: int) -> Hours:
        hours = self._extra.get(ordinal, ())
        if self._document.variation.weekly_extra:
            day = date.fromordinal(ordinal)
            for extra in self._document.variation.weekly_extra:
                if extra.applies_on(day):
                    hours += ((extra.opens, extra.closes),)
        return hours

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday on that date, empty where it has none; None on other dates."""
        return self._holidays.get(day.toordinal())

    def closure(self, day: date) -> Closure | None:
        """The holiday or shutdown because of which no hours begin on that date."""
        ordinal = day.toordinal()
        if self.on(ordinal):
            return None
        name = self._holidays.get(ordinal)
        if name is not None:
            return Closure("holiday", name, day, day)
        for shutdown in self._document.variation.shutdowns:
            if shutdown.first <= day <= shutdown.last:
                return Closure("shutdown", shutdown.name, shutdown.first, shutdown.last)
        return None

    def bounds(self) -> tuple[int, int] | None:
        """The first and last date that can have hours; None if no date can.

        Where hours recur without end these are the first and last date of all.
        """
        vary = self._document.variation
        firsts = [*self._extra, *(day for day, hours in self._overrides.items() if hours)]
        lasts = list(firsts)
        for extra in vary.weekly_extra:
            firsts.append(extra.first.toordinal())
            lasts.append(LAST_DATE if extra.last is None else extra.last.toordinal())
        if any(self._weekly):
            # A shutdown to the end of time ends the weekly hours where it begins.
            before = self._shut.around(FIRST_DATE)
            after = self._shut.around(LAST_DATE)
            firsts.append(FIRST_DATE if before is None else before[1])
            lasts.append(LAST_DATE if after is None else after[0] - 1)
        if not firsts or min(firsts) > max(lasts):
            return None
        return min(firsts), max(lasts)

    def named(self) -> tuple[int, int]:
        """The first and last date the document names: beyond them every week is like the next.

        Where it names none, the first is after the last.
        """
        vary = self._document.variation
        named = [*self._holidays, *self._overrides, *self._extra]
        for shutdown in vary.shutdowns:
            named += [shutdown.first.toordinal(), shutdown.last.toordinal()]
        for extra in vary.weekly_extra:
            named += [extra.first.toordinal(), (extra.last or extra.first).toordinal()]
        for pause in vary.breaks:
            named += [pause.first.toordinal(), pause.last.toordinal()]
        return min(named, default=LAST_DATE), max(named, default=FIRST_DATE)
