"""A list of tickets of any length that draws only what changes and reads only what it shows.

It holds the rows around the viewport and asks for others by `RowsWanted`; its owner reads them and
calls `show`. The cursor belongs to a ticket, not to a line: wherever that ticket goes in a new
page the cursor goes too, and stays on the same line of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from deskterm.console.clocktext import Localise, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import style_on
from deskterm.console.widgets.row_window import RowWindow, follow
from deskterm.console.widgets.ticket_columns import fit
from deskterm.console.widgets.ticket_lines import NEVER_US, TicketLine, TicketLines, centred
from deskterm.desk.model import QueuePage, QueueRow


class TicketTable(ScrollView, can_focus=True, inherit_bindings=False):
    """The list; see the module for how it is fed."""

    @dataclass
    class RowsWanted(Message):
        """Rows from `offset` on are about to be looked at and are not here."""

        offset: int
        limit: int

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, TicketTable.RowsWanted)

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another ticket, or on none."""

        row: QueueRow | None

        def can_replace(self, message: Message) -> bool:
            """Only the newest ticket matters."""
            return isinstance(message, TicketTable.CursorMoved)

    @dataclass
    class RowChosen(Message):
        """A row was clicked twice."""

        number: int

    @dataclass
    class HeaderClicked(Message):
        """Somebody wants the list sorted by a column."""

        column: str

    def __init__(
        self,
        *,
        glyphs: Glyphs = UNICODE,
        local: Localise = system_local,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self.lines = TicketLines(glyphs, local)
        self.total = 0
        self.loaded = False
        self.marks: set[int] = set()
        self.sorted_by: str | None = None
        self.reverse = False
        self.empty: tuple[str, ...] = ()
        self.anew = False
        """The next page is of another list: it is shown from its top or the cursor's ticket."""
        self.cursor = 0
        self.redrawn = 0
        """Cells declared dirty so far, whole lines counting as one."""
        self._now_us = 0
        self._number: int | None = None
        self._here = RowWindow()
        self._lines: dict[int, TicketLine] = {}
        self._styles: dict[tuple[str, str], Style] = {}

    # What others read -----------------------------------------------------------------------

    @property
    def selected(self) -> QueueRow | None:
        """The ticket under the cursor; None while it is being read or there is none."""
        return self._here.at(self.cursor)

    @property
    def number(self) -> int | None:
        """The number of the ticket the cursor belongs to, even while its row is being read."""
        return self._number

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        """The rows that are here, in order."""
        return tuple(row for _, row in self._here.items())

    @property
    def page_rows(self) -> int:
        """How many rows fit the viewport."""
        return max(1, self.size.height - 1)

    @property
    def inner(self) -> int:
        """Cells across, without the scrollbar."""
        return self.scrollable_content_region.width

    @property
    def top(self) -> int:
        """Index of the first row in the viewport."""
        return self.scroll_offset.y

    @property
    def cursor_in_view(self) -> bool:
        """False after scrolling away from it with the wheel."""
        return self.top <= self.cursor < self.top + self.page_rows

    def window(self) -> tuple[int, int]:
        """(offset, limit) of the rows that should be here."""
        return self._here.around(self.top, self.page_rows)

    # What the owner calls -------------------------------------------------------------------

    def show(self, page: QueuePage, total: int, now_us: int, place: int | None = None) -> None:
        """Take in `page`. `place` is where the cursor's ticket is now, if it is not in the page.

        The cursor follows its ticket and stays on its line of the screen; where the ticket has
        left the list, the one that moved up into its place is next.
        """
        self._here.take_in(page)
        self._now_us = now_us
        fresh = not self.loaded or not total or not self.total
        if total != self.total:
            self.virtual_size = Size(self.inner, total + 1)
        self.total, self.loaded = total, True
        here = self._here.place_of(self._number)
        found = place if here is None else here
        before = self._number
        if self.anew:
            self.anew = False
            self.cursor, top = follow(0, 0, self.page_rows, found or 0, total)
        else:
            self.cursor, top = follow(self.cursor, self.top, self.page_rows, found, total)
        row = self._here.at(self.cursor)
        if row is not None:
            self._number = row.number
        elif total == 0:
            self._number = None
        if top != self.top:
            self._scroll_top(top)
        if self._place() or fresh:
            self._redraw()
        else:
            self.sync()
        if self._number != before or (row is not None and found is None):
            self.post_message(self.CursorMoved(row))
        self._want()

    def set_total(self, total: int) -> None:
        """The list has been counted."""
        if total >= len(self._here) and total != self.total:
            self.total = total
            self.virtual_size = Size(self.inner, total + 1)

    def forget(self) -> None:
        """Another list is coming: the cursor goes to its first ticket."""
        self._here.forget()
        self.lines.forget()
        self._number = None
        self.cursor = 0
        self.marks.clear()
        self._scroll_top(0)

    def go_to_number(self, number: int) -> None:
        """The cursor belongs to that ticket from the next page on."""
        self._number = number

    def tick(self, now_us: int) -> int | None:
        """Redraw what says something else at `now_us`; when that will next be, if ever."""
        self._now_us = now_us
        moment = self.lines.moment(now_us)
        soonest = NEVER_US
        for index in self._visible():
            line = self._line(index)
            if line is not None:
                for x, width in self.lines.advance(line, moment):
                    self._refresh_cells(index, x, width)
                soonest = min(soonest, line.changes_us)
        return None if soonest == NEVER_US else soonest

    def move_to(self, index: int) -> None:
        """Put the cursor on the row at `index`, as far as there is one."""
        if not self.total:
            return
        index = max(0, min(index, self.total - 1))
        if index == self.cursor and self._here.at(index) is not None:
            self._keep_cursor_in_view()
            return
        before, self.cursor = self.cursor, index
        row = self._here.at(index)
        self._number = row.number if row is not None else None
        self._keep_cursor_in_view()
        self._refresh_row(before)
        self._refresh_row(index)
        self._want()
        self.post_message(self.CursorMoved(row))

    def move(self, by: int) -> None:
        """Move the cursor `by` rows."""
        self.move_to(self.cursor + by)

    def toggle_mark(self) -> None:
        """Mark the ticket under the cursor or take its mark away."""
        row = self.selected
        if row is None:
            return
        self.marks ^= {row.number}
        self._refresh_row(self.cursor)

    def clear_marks(self) -> None:
        """Take all marks away."""
        numbers, self.marks = self.marks, set()
        for index, row in self._here.items():
            if row.number in numbers:
                self._refresh_row(index)

    def set_order(self, column: str | None, *, reverse: bool) -> None:
        """Show by which column the list is sorted."""
        self.sorted_by, self.reverse = column, reverse
        self.refresh(Region(0, 0, self.inner, 1))

    # Drawing --------------------------------------------------------------------------------

    def _visible(self) -> range:
        return range(self.top, max(self.top, min(self.top + self.page_rows, self.total)))

    def _redraw(self) -> None:
        self._lines.clear()
        self.redrawn += len(self._visible())
        self.refresh()

    def sync(self) -> None:
        """Compare what is drawn with what should be, and redraw the cells that differ."""
        for index in range(self.top, self.top + self.page_rows):
            row, line = self._here.at(index), self._lines.get(index)
            if row is None or line is None or line.row.number != row.number:
                if row is not None or line is not None:
                    self._refresh_row(index)
                continue
            fresh = self._lines[index] = self.lines.line(row, self._now_us)
            for x, width in self.lines.differences(line, fresh):
                self._refresh_cells(index, x, width)

    def _line(self, index: int) -> TicketLine | None:
        """The row at `index` as a line; None while it is being read."""
        row, line = self._here.at(index), self._lines.get(index)
        if row is None:
            return None
        if line is None or line.row is not row:
            line = self._lines[index] = self.lines.line(row, self._now_us)
        return line

    def _refresh_cells(self, index: int, x: int, width: int) -> None:
        self.redrawn += 1
        self.refresh(Region(x, index - self.top + 1, width, 1))

    def _refresh_row(self, index: int) -> None:
        self._lines.pop(index, None)
        if self.top <= index < self.top + self.page_rows:
            self.redrawn += 1
            self.refresh(Region(0, index - self.top + 1, self.inner, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the viewport: the header, a row, or the note of an empty list."""
        width = self.inner
        if y == 0:
            return self._header(width)
        index = self.top + y - 1
        if index >= self.total:
            return self._beyond(y, width)
        line, paper = self._line(index), self._paper(index)
        if line is None:
            dots = fit("  " + self.glyphs.ellipsis, width, "")
            return Strip([Segment(dots, self._style(paper, "quiet"))], width)
        cursor = self.glyphs.cursor if index == self.cursor else " "
        marked = self.glyphs.marked if line.row.number in self.marks else " "
        return self.lines.strip(line, cursor + marked, paper, width, self._style)

    def patch(self, x: int, y: int, width: int) -> Strip | None:
        """A part of one cell, for the compositor; None where it has to take the whole line."""
        index = self.top + y - 1
        line = self._line(index) if y > 0 and index < self.total else None
        if line is None:
            return None
        strip = self.lines.patch(line, x, width, self._paper(index), self._style)
        if strip is not None:
            for each in self.get_line_filters():
                strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    def _header(self, width: int) -> Strip:
        text = self.lines.header(width, self.sorted_by, reverse=self.reverse)
        return Strip([Segment(text, self._style("raised", "head"))], width)

    def _beyond(self, y: int, width: int) -> Strip:
        said = self.empty if self.loaded and not self.total else ()
        text = centred(said, y, width, self.size.height)
        return Strip(
            [Segment(fit(text, width, self.glyphs.ellipsis), self._style("plain", "quiet"))]
        )

    def _paper(self, index: int) -> str:
        if index == self.cursor:
            return "cursor" if self.has_focus else "resting"
        row = self._here.at(index)
        return "marked" if row is not None and row.number in self.marks else "plain"

    def _style(self, paper: str, ink: str) -> Style:
        style = self._styles.get((paper, ink))
        if style is None:
            style = style_on(self, paper, ink)
            self._styles[paper, ink] = style
        return style

    def _place(self) -> bool:
        if moved := self.lines.place(self.rows, self.inner, self._now_us):
            self._lines.clear()
        return moved

    # Following the terminal and the user ---------------------------------------------------------

    def _scroll_top(self, top: int) -> None:
        self.scroll_to(y=max(0, top), animate=False, immediate=True)

    def _keep_cursor_in_view(self) -> None:
        if self.cursor < self.top or self.total <= self.page_rows:
            self._scroll_top(min(self.cursor, self.top, max(0, self.total - self.page_rows)))
        elif self.cursor >= self.top + self.page_rows:
            self._scroll_top(self.cursor - self.page_rows + 1)

    def _want(self) -> None:
        window = self._here.missing(self.top, self.page_rows, self.total) if self.loaded else None
        if window is not None:
            self.post_message(self.RowsWanted(*window))

    def notify_style_update(self) -> None:
        """Colours have changed."""
        self._styles.clear()
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the rows that came into view, and ask for those that are not here."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            for index in [at for at in self._lines if at not in self._visible()]:
                del self._lines[index]
            self._want()

    def on_resize(self, event: events.Resize) -> None:
        """Place the columns anew; the cursor stays in view."""
        self._place()
        self.virtual_size = Size(self.inner, self.total + 1)
        self._keep_cursor_in_view()
        self._want()
        self.refresh()

    def watch_has_focus(self, value: bool) -> None:
        """The cursor line shows where keys go; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Sort by the header, select a row, open it by a double click."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            placed = self.lines.column_at(offset.x)
            if placed is not None:
                self.post_message(self.HeaderClicked(placed.column.order))
            return
        index = self.top + offset.y - 1
        if index < self.total:
            self.move_to(index)
            if event.chain == 2 and (row := self.selected) is not None:
                self.post_message(self.RowChosen(row.number))
