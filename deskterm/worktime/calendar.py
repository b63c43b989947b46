"""The working calendar: what the floors above ask about working time."""

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from deskterm.worktime.axis import Axis
from deskterm.worktime.calendar_axis import CalendarAxis
from deskterm.worktime.days import Days
from deskterm.worktime.document import Document, Variation
from deskterm.worktime.errors import OutOfRange, WorktimeError
from deskterm.worktime.hours import Closure
from deskterm.worktime.instants import (
    DAY,
    EPOCH,
    MICROSECOND,
    SECOND,
    beyond_datetimes,
    duration_us,
    to_us,
)
from deskterm.worktime.kept import Kept
from deskterm.worktime.reader import read_document, read_variation


class WorkingCalendar:
    """Opening hours in one time zone, and arithmetic in the time within them.

    Immutable, safe to share between threads, and equal to any calendar of the same document.
    Instants are aware datetimes; results are in the calendar's zone, exact to the microsecond.
    Raised throughout: `NaiveDatetime` for a datetime without an offset, `OutOfRange` for instants
    outside the years 1 to 9999, `NeverReached` where the hours end before the answer. All of them
    are `WorktimeError`, a `ValueError`.
    """

    __slots__ = (
        "__weakref__",
        "_axis",
        "_beyond_root",
        "_days",
        "_document",
        "_epoch",
        "_fromutc",
        "_kept",
        "_root",
    )

    def __init__(
        self,
        document: Document,
        root: "WorkingCalendar | None" = None,
        beyond_root: Variation | None = None,
    ) -> None:
        """The calendar of a checked document; `from_dict` is the way to make one.

        A calendar that differs from `root` by a variation only shares with it what it can.
        """
        self._document = document
        self._root = root
        self._beyond_root = beyond_root or Variation()
        self._kept: Kept[Variation, WorkingCalendar] = root._kept if root else Kept()
        self._days: Days = Days(document, root._days if root else None, beyond_root)
        self._axis = CalendarAxis(self._days)
        zone = self._days.local.zone
        self._epoch = datetime(1970, 1, 1, tzinfo=zone)
        self._fromutc = zone.fromutc

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "WorkingCalendar":
        """The calendar that a document describes; only the key `tz` is needed beside some hours.

        - `tz`: a time zone's name; everything else is local to it.
        - `weekly`: `{"mon": [["08:00", "16:30"]]}`. An end at or before its start is on the next
          day, and the hours belong to the day they begin; "24:00" is a date's end.
        - `holidays`: dates, or dates with names; no weekly hours begin on them.
        - `shutdowns`: `[first, last]` or `[first, last, name]`, both dates closed likewise.
        - `overrides`: a date's own hours, whatever else it is; none close it.
        - `extra`: hours opened on top on a date, also on a holiday or in a shutdown; a table like
          `overrides` or a list of `[date, from, to]`.
        - `weekly_extra`: `{"day": "sat", "from": "09:00", "to": "13:00", "first": "2026-11-01",
          "last": "2027-03-31"}`, opened on top every week; `last` may be missing.
        - `breaks`: `[begin, end]`, local dates and times, cut out of everything.

        `CalendarError` names every mistake by its key path, and refuses a calendar that never
        opens.
        """
        return cls(read_document(data))

    def to_dict(self) -> dict[str, Any]:
        """The document this calendar is made from, of plain text; `from_dict` takes it back."""
        return self._document.to_dict()

    def varied(
        self,
        shutdowns: object = (),
        extra: object = (),
        weekly_extra: object = (),
        breaks: object = (),
    ) -> "WorkingCalendar":
        """This calendar with more shutdowns, hours and breaks, each as `from_dict` takes them.

        Cheap to ask for again, and what does not change is shared. `CalendarError` for mistakes.
        """
        more = read_variation(shutdowns, extra, weekly_extra, breaks)
        if not more:
            return self
        root = self._root or self
        beyond = self._beyond_root.plus(more)
        document = self._document.varied(more)
        return self._kept.get(beyond, lambda: WorkingCalendar(document, root, beyond))

    @property
    def tz(self) -> str:
        """The name of the calendar's time zone."""
        return self._document.tz

    @property
    def axis(self) -> Axis:
        """The axis of this calendar's worked time, on integers, for bulk work."""
        return self._axis

    # add and between do on the axis's table what its methods do, without their calls: they are
    # asked for every clock of every ticket. What the table does not hold yet takes the long way.

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant at which `amount` has been worked since `start`; 0 is `start`.

        A negative amount goes back, to the latest instant from which that much is worked until
        `start`: an opening, not a closing.
        """
        try:
            since = start - EPOCH
            us = since.days * DAY + since.seconds * SECOND + since.microseconds
            work = amount.days * DAY + amount.seconds * SECOND + amount.microseconds
            if work > 0:
                starts, ends, shifts, totals = self._axis.table
                index = bisect_right(starts, us) - 1
                if 0 <= index < len(starts) - 1:
                    end = ends[index]
                    position = (us if us < end else end) - shifts[index] + work
                    index = bisect_left(totals, position)
                    if index < len(totals):
                        us = position + shifts[index]
                        return self._fromutc(self._epoch + MICROSECOND * us)
        except (TypeError, AttributeError, OverflowError):
            us, work = to_us(start), duration_us(amount)
        if work > 0:
            us = self._axis.earliest(self._axis.position(us) + work)
        elif work < 0:
            us = self._axis.latest(self._axis.position(us) + work)
        return self._local(us)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The time worked from `start` to `end`; negative where `end` is before `start`."""
        try:
            since = start - EPOCH
            us = since.days * DAY + since.seconds * SECOND + since.microseconds
            since = end - EPOCH
            end_us = since.days * DAY + since.seconds * SECOND + since.microseconds
        except (TypeError, AttributeError):
            us, end_us = to_us(start), to_us(end)
        starts, ends, shifts, _ = self._axis.table
        known = len(starts) - 1
        index, last = bisect_right(starts, us) - 1, bisect_right(starts, end_us) - 1
        if 0 <= index < known and 0 <= last < known:
            close, last_close = ends[index], ends[last]
            return MICROSECOND * (
                (end_us if end_us < last_close else last_close)
                - shifts[last]
                - (us if us < close else close)
                + shifts[index]
            )
        # The later first: growing the axis once is cheaper than twice.
        position = self._axis.position
        return MICROSECOND * (position(end_us) - position(us))

    def add_days(self, start: datetime, n: int) -> datetime:
        """The same local time `n` working days on, as its earliest equal instant; 0 is `start`.

        A start outside the hours counts from the next opening. After midnight in a night's hours
        it is still the day they began. The time is brought inside the target day's hours, so a
        start at a day's first opening ends at the close of the nth day, that day counted.
        """
        us, n = to_us(start), operator.index(n)
        if n < 0:
            raise WorktimeError(f"Working days can only be added, not {n} of them.")
        if n == 0:
            return self._local(us)
        us = self._axis.next_opening(us)
        day = self._days.containing(us)
        assert day is not None, "an open instant is within some day's hours"
        local = self._days.local
        ordinal, since_midnight = local.wall(us)
        since_midnight += (ordinal - day.ordinal) * DAY
        day = self._days.after(day.ordinal, n)
        target = local.instant(day.ordinal, since_midnight)
        target = min(max(target, day.opens), day.closes)
        return self._local(self._axis.earliest(self._axis.position(target)))

    def next_business_day(self, start: datetime) -> datetime:
        """The close of the first working day after the local date of `start`."""
        ordinal, _ = self._days.local.wall(to_us(start))
        return self._local(self._days.after(ordinal, 1).closes)

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The open spans between two instants, half open and clipped to them."""
        return [
            (self._local(opens), self._local(closes))
            for opens, closes in self._axis.open_spans(to_us(start), to_us(end))
        ]

    def is_open(self, at: datetime) -> bool:
        """Whether the instant is within the hours; a closing is not."""
        return self._axis.is_open(to_us(at))

    def next_change(self, at: datetime) -> datetime | None:
        """The next opening or closing after the instant; None where nothing changes any more."""
        change = self._axis.next_change(to_us(at))
        try:
            return None if change is None else self._local(change)
        except OutOfRange:
            # The hours of the last date of all close when no datetime is left.
            return None

    def working_days(self, first: date, last: date) -> Iterator[tuple[date, datetime, datetime]]:
        """The working days from `first` to `last`, both included: date, first opening, last close.

        A working day is a local date on which hours begin.
        """
        for day in self._days.between(first.toordinal(), last.toordinal()):
            yield date.fromordinal(day.ordinal), self._local(day.opens), self._local(day.closes)

    def working_day_of(self, at: datetime) -> date | None:
        """The local date on which the hours that contain the instant began; None if closed.

        Where hours of two days overlap it is the later date.
        """
        day = self._days.containing(to_us(at))
        return date.fromordinal(day.ordinal) if day else None

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday on a date, empty where it has none; None on other dates."""
        return self._days.hours.holiday_name(day)

    def closure(self, day: date) -> Closure | None:
        """The holiday or shutdown on a date with no hours of its own; None on any other date."""
        return self._days.hours.closure(day)

    def _local(self, us: int) -> datetime:
        try:
            return self._fromutc(self._epoch + MICROSECOND * us)
        except OverflowError:
            raise beyond_datetimes() from None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, WorkingCalendar):
            return NotImplemented
        return self._document == other._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> tuple[object, tuple[dict[str, Any]]]:
        return WorkingCalendar.from_dict, (self.to_dict(),)

    def __repr__(self) -> str:
        return f"WorkingCalendar.from_dict({self.to_dict()!r})"
