"""The agreement's priority matrix, as printed, with a cursor in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.console.wrapping import wrapped

Named = tuple[str, str]
"""(id, name) of a row, a column or a priority."""


class TriageGrid(Painted, can_focus=True):
    """Arrows move; two digits go to a cell, the row first, as the lines and columns are numbered.

    Rows and columns are the axes as the agreement prints them; `cells` maps (row id, column id) to
    the name of the priority there.
    """

    @dataclass
    class CellMoved(Message):
        """The cursor is on another cell."""

    def __init__(
        self,
        rows: tuple[str, Sequence[Named]],
        columns: tuple[str, Sequence[Named]],
        cells: Mapping[tuple[str, str], str],
        at: tuple[str | None, str | None],
        *,
        glyphs: Glyphs = UNICODE,
    ) -> None:
        super().__init__(id="triage-grid")
        self._rows_title, self._rows = rows[0], tuple(rows[1])
        self._columns_title, self._columns = columns[0], tuple(columns[1])
        self._cells = cells
        self.glyphs = glyphs
        self.row = _index(self._rows, at[0])
        self.column = _index(self._columns, at[1])
        self.was = at if None not in at else None
        self._digit: int | None = None
        self.styles.height = "auto"

    @property
    def cell(self) -> tuple[str, str]:
        """(row id, column id) under the cursor."""
        return self._rows[self.row][0], self._columns[self.column][0]

    def move(self, down: int, right: int) -> None:
        """Move the cursor, staying inside."""
        self._go(
            max(0, min(self.row + down, len(self._rows) - 1)),
            max(0, min(self.column + right, len(self._columns) - 1)),
        )

    def _go(self, row: int, column: int) -> None:
        self._digit = None
        if (row, column) != (self.row, self.column):
            self.row, self.column = row, column
            self.post_message(self.CellMoved())
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows below their heads."""
        return len(self._rows) + 1 + max(len(head) for head in self._heads(width))

    def _widths(self, width: int) -> tuple[int, int]:
        """Cells for the names of the rows, and for each column."""
        side = max(len(self._rows_title), *(len(name) + 2 for _, name in self._rows)) + 2
        side = min(side, width // 3)
        return side, max(4, min((width - side) // len(self._columns), 20))

    def _heads(self, width: int) -> list[list[str]]:
        """The names of the columns in as many lines as they need."""
        _, wide = self._widths(width)
        return [
            [f"{at} {first}", *(f"  {part}" for part in rest)]
            for at, (_, name) in enumerate(self._columns, 1)
            for first, *rest in [wrapped(name, wide - 3)]
        ]

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        glyphs = self.glyphs
        side, wide = self._widths(width)
        heads = self._heads(width)
        title = f"{self._columns_title} {glyphs.right}"
        lines: list[Line] = [[Span(" " * side), Span(title, "head")]]
        deepest = max(len(head) for head in heads)
        for y in range(deepest):
            beside = self._rows_title if y == deepest - 1 else ""
            line = [Span(fit(beside, side, glyphs.ellipsis).ljust(side), "head")]
            for at, head in enumerate(heads):
                text = fit(head[y] if y < len(head) else "", wide - 1, glyphs.ellipsis)
                line.append(Span(text.ljust(wide), "accent" if at == self.column else "quiet"))
            lines.append(line)
        for y, (row, name) in enumerate(self._rows):
            here = y == self.row
            text = fit(f"{y + 1} {name}", side - 2, glyphs.ellipsis).ljust(side)
            line = [Span(text, "accent" if here else "quiet")]
            for x, (column, _) in enumerate(self._columns):
                line += self._cell(row, column, wide, here=here and x == self.column)
            lines.append(line)
        return lines

    def _cell(self, row: str, column: str, wide: int, *, here: bool) -> list[Span]:
        name = fit(self._cells[row, column], wide - 3, self.glyphs.ellipsis)
        target = f"{row} {column}"
        was = self.was == (row, column)
        paper = ("cursor" if self.has_focus else "resting") if here else "plain"
        edge = self.glyphs.cursor if here else self.glyphs.marked if was else " "
        return [
            Span(edge, "me" if here else "quiet", paper, target),
            Span(name.ljust(wide - 2), "strong" if here else "ink", paper, target),
            Span(" "),
        ]

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self._digit = None
        self.repaint()

    def on_key(self, event: object) -> None:
        """The first digit is a row, the second a column."""
        key = getattr(event, "key", "")
        if len(key) != 1 or not key.isdigit() or key == "0":
            return
        at = int(key) - 1
        if self._digit is None and at < len(self._rows):
            self._go(at, self.column)
            self._digit = at
        elif self._digit is not None and at < len(self._columns):
            self._go(self.row, at)

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click goes there."""
        message.stop()
        row, _, column = message.target.partition(" ")
        self.focus()
        self._go(_index(self._rows, row), _index(self._columns, column))


def _index(named: Sequence[Named], wanted: str | None) -> int:
    return next((at for at, (key, _) in enumerate(named) if key == wanted), 0)
