"""The one idea underneath: the position of an instant on the axis of worked time, and back.

Everything is integers: instants are microseconds since 1970-01-01T00:00 UTC, positions are worked
microseconds against an origin that an axis keeps for as long as it lives. A position is worth
something only to the axis it came from, and is never stored.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC
from typing import Protocol

from deskterm.worktime.errors import NeverReached
from deskterm.worktime.instants import (
    FIRST_YEAR,
    LAST_YEAR,
    beyond_datetimes,
    from_us,
    year_start,
)
from deskterm.worktime.ranges import Span, merged

Table = tuple[list[int], list[int], list[int], list[int]]
"""Starts and ends of the open spans, what takes a position within each to its instant, and the
position at each one's end. The first and last entry are empty spans where the known time begins
and ends. Never changed once made: growing puts another in its place, so that a reader in another
thread has the old one or the new."""


class Axis(Protocol):
    """Worked time as a line. `OutOfRange` for instants outside the years of a datetime."""

    def position(self, us: int) -> int:
        """Worked microseconds before the instant, against the origin of this axis."""

    def earliest(self, position: int) -> int:
        """The earliest instant with that position; `NeverReached` where there is none."""

    def latest(self, position: int) -> int:
        """The latest instant with that position; `NeverReached` where there is none."""

    def is_open(self, us: int) -> bool:
        """Whether time passes on this axis at the instant."""

    def next_opening(self, us: int) -> int:
        """The instant itself if open, else the next opening; `NeverReached` if there is none."""

    def next_change(self, us: int) -> int | None:
        """The next opening or closing after the instant; None if there is none."""

    def open_spans(self, start_us: int, end_us: int) -> list[tuple[int, int]]:
        """The open spans, half open, clipped to [start, end)."""


class BisectedAxis:
    """An axis over a table of known spans. Subclasses say how the table grows."""

    __slots__ = ("table",)

    table: Table

    def position(self, us: int) -> int:
        """Worked microseconds before the instant, against the origin of this axis."""
        while True:
            starts, ends, shifts, _ = self.table
            index = bisect_right(starts, us) - 1
            if 0 <= index < len(starts) - 1:
                end = ends[index]
                return (us if us < end else end) - shifts[index]
            self._reach(us)

    def earliest(self, position: int) -> int:
        """The earliest instant with that position; `NeverReached` where there is none."""
        while True:
            _, _, shifts, totals = self.table
            index = bisect_left(totals, position)
            if 0 < index < len(totals):
                return position + shifts[index]
            self._grow(later=index > 0)

    def latest(self, position: int) -> int:
        """The latest instant with that position; `NeverReached` where there is none."""
        while True:
            _, _, shifts, totals = self.table
            index = bisect_right(totals, position)
            if 0 < index < len(totals):
                return position + shifts[index]
            self._grow(later=index > 0)

    def is_open(self, us: int) -> bool:
        """Whether time passes on this axis at the instant."""
        return us < self._span(us)[1]

    def next_opening(self, us: int) -> int:
        """The instant itself if open, else the next opening; `NeverReached` if there is none."""
        while True:
            _, end, following, known_to = self._span(us)
            if us < end:
                return us
            if following < known_to:
                return following
            self._grow(later=True)

    def next_change(self, us: int) -> int | None:
        """The next opening or closing after the instant; None if there is none."""
        while True:
            _, end, following, known_to = self._span(us)
            change = end if us < end else following
            if change < known_to:
                return change
            if self._changes_no_more(us):
                return None
            try:
                self._grow(later=True)
            except NeverReached:
                return None

    def open_spans(self, start_us: int, end_us: int) -> list[tuple[int, int]]:
        """The open spans, half open, clipped to [start, end)."""
        if start_us >= end_us:
            return []
        self._reach(start_us)
        self._reach(end_us - 1)
        starts, ends, _, _ = self.table
        first = bisect_right(ends, start_us)
        last = bisect_left(starts, end_us)
        return [
            (max(start, start_us), min(end, end_us))
            for start, end in zip(starts[first:last], ends[first:last], strict=True)
            if start < end
        ]

    def _span(self, us: int) -> tuple[int, int, int, int]:
        """The last span begun by the instant, the next one's start, and the known time's end."""
        while True:
            starts, ends, _, _ = self.table
            index = bisect_right(starts, us) - 1
            if 0 <= index < len(starts) - 1:
                return starts[index], ends[index], starts[index + 1], starts[-1]
            self._reach(us)

    def _changes_no_more(self, us: int) -> bool:
        """Whether the known time shows that nothing changes after the instant."""
        return False

    def _reach(self, us: int) -> None:
        """Make the known time contain the instant."""
        raise NotImplementedError

    def _grow(self, *, later: bool) -> None:
        """Make the known time longer at one end; `NeverReached` where nothing more opens there."""
        raise NotImplementedError


class SpanAxis(BisectedAxis):
    """The axis of explicit spans, such as the booked time of an engineer.

    Spans are (start, end) in microseconds UTC, in any order; overlapping ones are one, empty ones
    none. Outside them nothing is ever worked, so position 0 is the time before the first.
    """

    __slots__ = ()

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.table = joined(
            year_start(FIRST_YEAR), merged(spans), year_start(LAST_YEAR + 1), origin=0
        )

    def __repr__(self) -> str:
        starts, ends, _, _ = self.table
        shown = ", ".join(
            f"{from_us(start, UTC).isoformat()}/{from_us(end, UTC).isoformat()}"
            for start, end in zip(starts[1:-1], ends[1:-1], strict=True)
        )
        return f"SpanAxis({shown})"

    def _reach(self, us: int) -> None:
        starts = self.table[0]
        if not starts[0] <= us < starts[-1]:
            raise beyond_datetimes()

    def _grow(self, *, later: bool) -> None:
        end = "after the last" if later else "before the first"
        raise NeverReached(f"There is no open time {end} of these spans.")


def joined(known_from: int, spans: Iterable[Span], known_to: int, *, origin: int) -> Table:
    """The table of merged spans within the known time; `origin` is the position where it begins."""
    starts, ends, shifts, totals = [known_from], [known_from], [known_from - origin], [origin]
    total = origin
    for start, end in spans:
        starts.append(start)
        ends.append(end)
        shifts.append(start - total)
        total += end - start
        totals.append(total)
    starts.append(known_to)
    ends.append(known_to)
    shifts.append(known_to - total)
    totals.append(total)
    return starts, ends, shifts, totals
