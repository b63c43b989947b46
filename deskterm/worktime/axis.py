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
    """An axis that bisects tables. Subclasses say which table an answer is in."""

    __slots__ = ("table",)

    table: Table
    """The table that is looked into first."""

    def position(self, us: int) -> int:
        """Worked microseconds before the instant, against the origin of this axis."""
        starts, ends, shifts, _ = self._around(us)
        index = bisect_right(starts, us) - 1
        end = ends[index]
        return (us if us < end else end) - shifts[index]

    def earliest(self, position: int) -> int:
        """The earliest instant with that position; `NeverReached` where there is none."""
        _, _, shifts, totals = self.table
        index = bisect_left(totals, position)
        if not 0 < index < len(totals):
            _, _, shifts, totals = self._table_reaching(position)
            index = bisect_left(totals, position)
        return position + shifts[index]

    def latest(self, position: int) -> int:
        """The latest instant with that position; `NeverReached` where there is none."""
        # The worked microsecond that begins there is the one that ends at the next position.
        return self.earliest(position + 1) - 1

    def is_open(self, us: int) -> bool:
        """Whether time passes on this axis at the instant."""
        return us < self._span(us)[0]

    def next_opening(self, us: int) -> int:
        """The instant itself if open, else the next opening; `NeverReached` if there is none."""
        while True:
            end, following, known_to = self._span(us)
            if us < end:
                return us
            if following < known_to:
                return following
            if known_to >= self._opens_until():
                raise NeverReached("There is no opening after that.")
            us = known_to

    def next_change(self, us: int) -> int | None:
        """The next opening or closing after the instant; None if there is none."""
        was_open = self.is_open(us)
        settled = self._repeats_after(us)
        while True:
            end, following, known_to = self._span(us)
            if (us < end) != was_open:
                return us
            change = end if was_open else following
            if change < known_to:
                return change
            if known_to >= settled:
                return None
            us = known_to

    def open_spans(self, start_us: int, end_us: int) -> list[tuple[int, int]]:
        """The open spans, half open, clipped to [start, end)."""
        found: list[Span] = []
        while start_us < end_us:
            starts, ends, _, _ = self._around(start_us)
            known_to = min(starts[-1], end_us)
            first = bisect_right(ends, start_us)
            last = bisect_left(starts, known_to)
            found += [
                (max(start, start_us), min(end, known_to))
                for start, end in zip(starts[first:last], ends[first:last], strict=True)
            ]
            start_us = known_to
        return list(merged(found))

    def _span(self, us: int) -> tuple[int, int, int]:
        """The end of the last span begun by the instant, the next start, the known time's end."""
        starts, ends, _, _ = self._around(us)
        index = bisect_right(starts, us) - 1
        return ends[index], starts[index + 1], starts[-1]

    def _around(self, us: int) -> Table:
        table = self.table
        starts = table[0]
        return table if starts and starts[0] <= us < starts[-1] else self._table_around(us)

    def _table_around(self, us: int) -> Table:
        """A table whose known time contains the instant, where the first one's does not."""
        raise NotImplementedError

    def _table_reaching(self, position: int) -> Table:
        """A table within which the position is first reached, where the first one is not such."""
        raise NotImplementedError

    def _opens_until(self) -> int:
        """An instant after which nothing opens."""
        raise NotImplementedError

    def _repeats_after(self, us: int) -> int:
        """An instant after which nothing changes if nothing has changed from `us` to it."""
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

    def _table_around(self, us: int) -> Table:
        raise beyond_datetimes()

    def _table_reaching(self, position: int) -> Table:
        end = "after the last" if position > self.table[3][0] else "before the first"
        raise NeverReached(f"There is no open time {end} of these spans.")

    def _opens_until(self) -> int:
        return self.table[0][-1]

    def _repeats_after(self, us: int) -> int:
        return self._opens_until()


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
    # The same total again: bisection from the left never comes to this entry.
    for column, edge in ((starts, known_to), (ends, known_to), (shifts, known_to - total)):
        column.append(edge)
    totals.append(total)
    return starts, ends, shifts, totals
