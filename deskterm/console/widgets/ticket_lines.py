"""Rows of tickets as lines of text: where the columns are, what they say, and what differs.

Knows nothing of cursors, scrolling or the terminal; `TicketTable` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from deskterm.console.clocktext import Localise, next_change_us
from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.ticket_columns import (
    GAP,
    GUTTER,
    Cell,
    Moment,
    Placed,
    columns_for,
    fit,
    needed_widths,
)
from deskterm.desk.model import QueueRow

#: Later than any tick.
NEVER_US: Final = 2**62

#: (paper, ink) to the style they make together.
Styler = Callable[[str, str], Style]


@dataclass(slots=True, eq=False, repr=False)
class TicketLine:
    """A row as it was last drawn."""

    row: QueueRow
    cells: list[Cell]
    texts: list[str]
    since_us: int
    """What it says holds from here on: before it, on a clock that was set back, it may not."""
    changes_us: int
    """Until then it says the same, unless something happens to the ticket."""


class TicketLines:
    """The columns of one list, and the lines they make of its rows."""

    def __init__(self, glyphs: Glyphs, local: Localise) -> None:
        self.glyphs = glyphs
        self.local = local
        self.me: int | None = None
        self.placed: tuple[Placed, ...] = ()
        self._needs: dict[str, int] = {}

    def moment(self, now_us: int) -> Moment:
        """What cells depend on besides their ticket."""
        return Moment(now_us, self.local, self.glyphs, self.me)

    def forget(self) -> None:
        """Another list is coming, with widths of its own."""
        self._needs = {}

    def place(self, rows: Iterable[QueueRow], width: int, now_us: int) -> bool:
        """Place the columns for `width` and for what `rows` have to say; True if they moved.

        Within one list columns only grow, so that scrolling does not make them jump.
        """
        for column, need in needed_widths(rows, self.moment(now_us)).items():
            self._needs[column] = max(need, self._needs.get(column, 0))
        placed = columns_for(width, self._needs)
        moved = placed != self.placed
        self.placed = placed
        return moved

    def line(self, row: QueueRow, now_us: int) -> TicketLine:
        """What the columns say of `row`."""
        moment = self.moment(now_us)
        cells = [placed.column.cell(row, moment) for placed in self.placed]
        texts = [
            fit(cell.text, placed.width, self.glyphs.ellipsis)
            for cell, placed in zip(cells, self.placed, strict=True)
        ]
        return TicketLine(row, cells, texts, now_us, _changes_us(row, now_us))

    def advance(self, line: TicketLine, moment: Moment) -> Iterator[tuple[int, int]]:
        """Let it be `moment` in `line`; yields (column, width) of what reads differently now."""
        if line.since_us <= moment.now_us < line.changes_us:
            return
        line.since_us, line.changes_us = moment.now_us, _changes_us(line.row, moment.now_us)
        for at, placed in enumerate(self.placed):
            if not placed.column.clock:
                continue
            cell = placed.column.cell(line.row, moment)
            if cell != line.cells[at]:
                before, style = line.texts[at], line.cells[at].style
                after = fit(cell.text, placed.width, self.glyphs.ellipsis)
                line.cells[at], line.texts[at] = cell, after
                yield _difference(placed, before, after, same=style == cell.style)

    def differences(self, old: TicketLine, new: TicketLine) -> Iterator[tuple[int, int]]:
        """(column, width) of what reads differently in two lines of one ticket."""
        for at, placed in enumerate(self.placed):
            if old.cells[at] != new.cells[at]:
                same = old.cells[at].style == new.cells[at].style
                yield _difference(placed, old.texts[at], new.texts[at], same=same)

    def strip(self, line: TicketLine, gutter: str, paper: str, width: int, style: Styler) -> Strip:
        """The line in `width` cells on `paper`."""
        base = style(paper, "ink")
        segments = [Segment(gutter, style(paper, "me"))]
        x = GUTTER
        for placed, text, cell in zip(self.placed, line.texts, line.cells, strict=True):
            if placed.x > x:
                segments.append(Segment(" " * (placed.x - x), base))
            segments.append(Segment(text, style(paper, cell.style)))
            x = placed.x + placed.width
        if x < width:
            segments.append(Segment(" " * (width - x), base))
        strip = Strip(segments, max(x, width))
        return strip if x <= width else strip.crop(0, width)

    def patch(
        self, line: TicketLine, x: int, width: int, paper: str, style: Styler
    ) -> Strip | None:
        """A part of one column of the line; None where it is not the part of one column."""
        for at, placed in enumerate(self.placed):
            if placed.x <= x and x + width <= placed.x + placed.width:
                text, ink = line.texts[at], style(paper, line.cells[at].style)
                if len(text) != placed.width:
                    return Strip([Segment(text, ink)], placed.width).crop(
                        x - placed.x, x - placed.x + width
                    )
                return Strip([Segment(text[x - placed.x : x - placed.x + width], ink)], width)
        return None

    def header(self, width: int, order: str | None, *, reverse: bool) -> str:
        """The titles over the columns, with an arrow at the one the list is sorted by."""
        parts = [" " * GUTTER]
        for placed in self.placed:
            title = placed.column.title
            if order is not None and placed.column.id == order:
                title += self.glyphs.descending if reverse else self.glyphs.ascending
            parts.append(fit(title, placed.width, "") + " " * GAP)
        return fit("".join(parts), width, "")

    def column_at(self, x: int) -> Placed | None:
        """The column at `x` cells from the left."""
        for placed in self.placed:
            if placed.x <= x < placed.x + placed.width + GAP:
                return placed
        return None


def centred(said: Sequence[str], y: int, width: int, height: int) -> str:
    """Line `y` of a box that has the lines `said` in the middle of its upper half."""
    first = max(2, (height - len(said)) // 3)
    return said[y - first].center(width) if 0 <= y - first < len(said) else ""


def _changes_us(row: QueueRow, now_us: int) -> int:
    changes = [next_change_us(clock, now_us) for clock in row.clocks]
    if row.status == "held" and row.chase_us is not None and row.chase_us > now_us:
        changes.append(row.chase_us)
    return min((change for change in changes if change is not None), default=NEVER_US)


def _difference(placed: Placed, before: str, after: str, *, same: bool) -> tuple[int, int]:
    """From the first to the last character that differs."""
    left, right = 0, placed.width
    if same and before.isascii() == after.isascii() and len(before) == len(after) == placed.width:
        while left < right and before[left] == after[left]:
            left += 1
        while right > left and before[right - 1] == after[right - 1]:
            right -= 1
    return placed.x + left, right - left
