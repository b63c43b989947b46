"""The queue as a list: its views, the rows that are looked at, and the selected ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from deskterm.console.actions import Action, Situation
from deskterm.console.catalog import queue as queue_catalog
from deskterm.console.catalog import tickets as tickets_catalog
from deskterm.console.clocktext import whole_second
from deskterm.console.lull import Lull
from deskterm.console.screens.base import style_sheets, unique
from deskterm.console.screens.queue_reading import (
    Asked,
    PageRead,
    SelectedRead,
    read_page,
    read_selected,
)
from deskterm.console.screens.queue_views import VIEWS, Lack, empty, summary
from deskterm.console.screens.ticket_keys import TicketKeys
from deskterm.console.widgets.list_frame import ListFrame
from deskterm.console.widgets.painted import Painted
from deskterm.console.widgets.preview_pane import PreviewPane
from deskterm.console.widgets.ticket_table import TicketTable
from deskterm.console.widgets.view_list import View, ViewList, ViewPicker

if TYPE_CHECKING:
    from deskterm.console.lookout import News
    from deskterm.console.widgets.filter_bar import FilterBar
    from deskterm.desk.filters import Filter
    from deskterm.desk.model import (
        Agent,
        BulkDone,
        QueueCounts,
        QueuePage,
        QueueRow,
        StepState,
    )

#: From this width of the screen on, the views stand beside the list.
WIDE: Final = 110
#: From this height on there is room for the preview without asking for it.
TALL: Final = 30
#: Said while rows somebody waits for are read.
LIST: Final = "reading the list …"
#: A cursor that runs over the list asks for a preview only where it stops.
_SETTLED_SECONDS: Final = 0.06


class QueueList(TicketKeys):
    """Views, list and preview; what the keys do is in `screens.queue`."""

    PLACE = "queue"
    CSS_PATH = style_sheets("screens/queue")
    ACTIONS: ClassVar[tuple[Action, ...]] = unique(
        (*tickets_catalog.ACTIONS[:7], *queue_catalog.ACTIONS, *tickets_catalog.ACTIONS[7:])
    )

    def __init__(self) -> None:
        super().__init__()
        self.views: Sequence[View] = VIEWS
        self.view = VIEWS[0]
        self.filter: Filter | None = None
        self.order: str | None = None
        self.counts: QueueCounts | None = None
        self.preview_wanted: bool | None = None
        """The user's choice; None leaves it to the size of the terminal."""
        self._steps: dict[str, StepState] = {}
        self._read_version: int | None = None
        self._has_customers: bool | None = None
        self._settling = Lull(self, _SETTLED_SECONDS, self.read_selected)

    def body(self) -> ComposeResult:
        app = self.desk_app
        picker = ViewPicker(glyphs=app.glyphs)
        views = ViewList(glyphs=app.glyphs)
        for widget in (picker, views):
            widget.views, widget.current = self.views, self.view.id
        yield picker
        with Horizontal(id="queue"):
            yield views
            with Vertical(id="list"):
                with ListFrame(glyphs=app.glyphs):
                    yield TicketTable(glyphs=app.glyphs, local=app.local, id="tickets")
                preview = PreviewPane(glyphs=app.glyphs, local=app.local)
                preview.keys = app.key_of
                yield preview

    @property
    def table(self) -> TicketTable:
        """The list."""
        return self.query_one(TicketTable)

    @property
    def preview(self) -> PreviewPane:
        """The selected ticket below the list."""
        return self.query_one(PreviewPane)

    @property
    def filter_bar(self) -> FilterBar | None:
        """The line above the list, while there is a filter."""
        from deskterm.console.widgets.filter_bar import FilterBar

        found = self.query(FilterBar)
        return found.first() if found else None

    def known(self, me: Agent | None) -> None:
        """See `DeskScreen.known`."""
        super().known(me)
        if me is not None:
            self.table.lines.me = self.preview.me = me.id
            self.table.sync()
        self._say_empty()

    # Reading --------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Give the list the keys."""
        self.table.focus()
        self.fold()

    def reload(self) -> None:
        """Read the rows that are looked at, then the counts."""
        self.read_rows()
        if self.counts is not None:
            self.desk_app.read_news()

    def read_rows(self, *, anew: bool = False, says: str = "") -> None:
        """Read the rows around the viewport, and where the cursor's ticket is now.

        `anew` where filter or order are others than those of the rows that are here. What matches
        a filter is looked at from its top.
        """
        table = self.table
        offset, limit = table.window()
        if not table.loaded:
            offset, limit = 0, max(limit, 3 * self.app.size.height)
        number, followed = table.number, table.cursor_in_view
        if anew:
            table.anew = True
            if self.filter is not None:
                offset, number = 0, None
        asked = Asked(
            self.view.id, self.filter, self.order, offset, limit, number, followed, anew
        )
        desk = self.desk
        # Nobody waits for what is only read again.
        says = LIST if anew or not table.loaded else says
        self.read(lambda: read_page(desk, asked), self._rows_read, group="rows", says=says)

    def _rows_read(self, read: PageRead) -> None:
        page = read.page
        if page.view != self.view.id:
            return
        now = self.desk.now_us()
        self._say_empty()
        if not page.rows and self.filter is None and not self._has_customers:
            customers = self.desk.customers
            self.read(lambda: bool(customers.find("", 1)), self._customers_read, group="any")
        self.table.show(page, self._total(page), now, read.place)
        self._title()
        selected = self.table.selected
        if selected is not None and selected.version != self._read_version:
            self.preview.show_row(selected)
        # What else there is to find out would hold up the painting of the rows.
        self.call_after_refresh(self._rows_painted, page)

    def _customers_read(self, there: bool) -> None:
        self._has_customers = there
        self._say_empty()

    def _say_empty(self) -> None:
        lacks: Lack = "me" if self.desk_app.stranger else ""
        if not lacks and self._has_customers is False:
            lacks = "customers"
        said = empty(
            self.view, self.desk_app.key_of, filtered=self.filter is not None, lacks=lacks
        )
        if said != self.table.empty:
            self.table.empty = said
            if self.table.loaded and not self.table.total:
                self.table.refresh()

    def _rows_painted(self, page: QueuePage) -> None:
        self._say_matched(page.total)
        selected = self.table.selected
        if selected is not None and selected.version != self._read_version:
            self.read_selected()
        self.desk_app.look_out()
        self.tick_now()
        self.desk_app.begin_news()

    def _say_matched(self, total: int | None) -> None:
        """How much the filter lets through; counted after the rows, which nobody waits for."""
        bar, wanted = self.filter_bar, self.filter
        if bar is None or not bar.is_mounted or wanted is None:
            return
        if total is not None:
            matched = "1 ticket" if total == 1 else f"{total} tickets"
            bar.say(f"{matched}, Esc clears ")
            return
        queue, view, order = self.desk.queue, self.view.id, self.order

        def count() -> int | None:
            return queue.page(view, wanted, order, 0, 1, counted=True).total

        def counted(total: int | None) -> None:
            if total is not None and wanted == self.filter:
                self.table.set_total(total)
                self._say_matched(total)

        self.read(count, counted, group="matched")

    def _total(self, page: QueuePage) -> int:
        if page.total is not None:
            return page.total
        if self.filter is None and self.counts is not None:
            counted = self.counts.views.get(self.view.id)
            if counted is not None:
                return max(counted, page.offset + len(page.rows))
        _, limit = self.table.window()
        return page.offset + len(page.rows) + (1 if len(page.rows) >= limit else 0)

    def hear(self, news: News) -> None:
        """See `DeskScreen.hear`: how many tickets each view holds, whether the desks are open."""
        self.counts = counts = news.counts
        self.header.hours = news.hours
        known = {view.id for view in VIEWS}
        saved = tuple(View(name, name, saved=True) for name in counts.views if name not in known)
        self.views = (*VIEWS, *saved)
        for widget in (self.query_one(ViewList), self.query_one(ViewPicker)):
            widget.views, widget.counts = self.views, counts.views
        self.query_one(ViewPicker).summary = summary(
            self.counts, self.desk_app.glyphs, narrow=self.has_class("-narrow")
        )
        self._show_views()
        self._title()

    def watched_rows(self) -> Sequence[QueueRow]:
        """See `DeskScreen.watched_rows`."""
        return self.table.rows

    def on_ticket_table_rows_wanted(self, _message: TicketTable.RowsWanted) -> None:
        """The list is about to show rows that are not here."""
        self.read_rows(says=LIST)

    def on_ticket_table_cursor_moved(self, message: TicketTable.CursorMoved) -> None:
        """Show the ticket below, and which steps can be taken on it."""
        self._steps = {}
        self.preview.show_row(message.row)
        self._settling.begin()

    def read_selected(self) -> None:
        """Read what the list does not know of the selected ticket."""
        number = self.table.number
        if number is None:
            self.refresh_footer()
            return
        desk, shown, names = self.desk, self.preview.display, self.preview.names
        self.read(
            lambda: read_selected(desk, number, names, shown=shown),
            self._selected_read,
            group="selected",
        )

    def _selected_read(self, read: SelectedRead) -> None:
        if read.number != self.table.number:
            return
        if read.ticket is not None:
            self.preview.names = read.names
            self.preview.show_ticket(read.ticket)
        self._steps = {state.id: state for state in read.steps}
        self._read_version = self.version_of(read.number)
        self.refresh_footer()

    # The clock ------------------------------------------------------------------------------

    def tick(self, now_us: int) -> int | None:
        """See `DeskScreen.tick`."""
        soonest = self.table.tick(now_us)
        if self.preview.display:
            self.preview.tick(now_us)
        return soonest

    # What is where --------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Fold or unfold for the size there is."""
        self.fold()

    def fold(self) -> None:
        """Wide terminals have the views beside the list, tall ones the preview below it."""
        wide = self.app.size.width >= WIDE
        tall = self.app.size.height >= TALL
        self.set_class(not wide, "-narrow")
        shown = self.preview_wanted if self.preview_wanted is not None else wide and tall
        self.preview.display = shown
        self.preview.framed = wide
        self.query_one(ListFrame).closed = not shown
        self._title()
        if shown:
            self.preview.tick(whole_second(self.desk.now_us()))
            self.preview.show_row(self.table.selected)
            self.read_selected()

    def _title(self) -> None:
        frame = self.query_one(ListFrame)
        frame.title = self.view.title
        frame.summary = summary(self.counts, self.desk_app.glyphs, narrow=self.has_class("-narrow"))
        frame.repaint()

    def _show_views(self) -> None:
        for widget in (self.query_one(ViewList), self.query_one(ViewPicker)):
            widget.current = self.view.id
            widget.repaint()

    def situation(self) -> Situation:
        """See `ActionHost.situation`."""
        return Situation(
            number=self.table.number,
            marked=len(self.table.marks),
            steps=self._steps,
            read_only=self.desk_app.read_only,
            screen=self.PLACE,
        )

    def in_hand(self) -> QueueRow | None:
        """See `TicketKeys.in_hand`."""
        return self.table.selected

    def selected_numbers(self) -> tuple[int, ...]:
        """See `DeskScreen.selected_numbers`."""
        if self.table.marks:
            return tuple(sorted(self.table.marks))
        return () if self.table.number is None else (self.table.number,)

    def version_of(self, number: int) -> int | None:
        """See `DeskScreen.version_of`."""
        return next((row.version for row in self.table.rows if row.number == number), None)

    def subject_of(self, number: int) -> str:
        """See `DeskScreen.subject_of`."""
        row = self.row_of(number)
        return "" if row is None else row.subject

    def bulk_done(self, step: str, done: BulkDone | None) -> None:
        """See `Taking.bulk_done`; what is done needs no marks any more, what was left does."""
        if done is not None:
            self.table.clear_marks()
            self.table.marks.update(done.left)
        super().bulk_done(step, done)

    def row_of(self, number: int) -> QueueRow | None:
        """The row of a ticket that is here."""
        return next((row for row in self.table.rows if row.number == number), None)

    def go_to_view(self, view: View) -> None:
        """Show another list, from its top."""
        if view.id == self.view.id:
            return
        self.view = view
        self.order = None
        self.table.set_order(None, reverse=False)
        self.table.forget()
        self._show_views()
        self._title()
        self.read_rows(says=LIST)

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A view, or a key of the footer, was clicked."""
        view = next((view for view in self.views if view.id == message.target), None)
        if view is not None:
            message.stop()
            self.go_to_view(view)
        elif message.target in ("next", "previous"):
            message.stop()
            self.action_act(f"queue.{message.target}-view")
