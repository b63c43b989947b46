"""The customers: found while typing on the left, everything about one of them on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input

from deskterm.console.actions import key_name
from deskterm.console.catalog import customers as catalog
from deskterm.console.lookout import News
from deskterm.console.lull import Lull
from deskterm.console.screens.base import style_sheets
from deskterm.console.screens.customer_keys import CustomerKeys
from deskterm.console.screens.host import READING
from deskterm.console.widgets.customer_card import CustomerCardLines
from deskterm.console.widgets.customer_list import CustomerList
from deskterm.console.widgets.painted import Span
from deskterm.desk.customer_model import CustomerLine
from deskterm.desk.customer_sheet import CustomerSheet
from deskterm.desk.errors import DeskError, NotFound

#: Narrower terminals show the list or the card.
_WIDE: Final = 100
#: A card is read once the cursor rests this long on its customer.
_REST_SECONDS: Final = 0.05


class CustomersScreen(CustomerKeys):
    """List, card and what is typed; its keys are in `CustomerKeys`."""

    PLACE = "customers"
    ACTIONS = catalog.ACTIONS
    CSS_PATH: ClassVar[Any] = style_sheets("screens/customers")

    def __init__(self) -> None:
        super().__init__()
        self._everybody: Sequence[CustomerLine] = ()
        self._wanted: int | None = None
        self._resting = Lull(self, _REST_SECONDS, self.read_sheet)
        self.loaded = False

    def body(self) -> ComposeResult:
        """See `DeskScreen.body`."""
        app = self.desk_app
        keys = {
            action.id.rpartition(".")[2]: key_name(action.keys(app.settings.keys)[0], app.glyphs)
            for action in catalog.ACTIONS
            if action.keys(app.settings.keys)
        }
        with Horizontal(id="customers-below"):
            with Vertical(id="customers-side") as side:
                side.border_title = Content("Customers")
                hint = f"{keys.get('filter', '')} finds by name"
                entry = Input(id="customers-filter", placeholder=hint)
                entry.cursor_blink = False
                yield entry
                yield CustomerList(glyphs=app.glyphs)
            with (
                Vertical(id="customers-frame"),
                VerticalScroll(id="customers-scroll", can_focus=False),
            ):
                yield CustomerCardLines(keys, glyphs=app.glyphs, local=app.local)

    @property
    def list_lines(self) -> CustomerList:
        """The list on the left."""
        return self.query_one(CustomerList)

    @property
    def card(self) -> CustomerCardLines:
        """The card on the right."""
        return self.query_one(CustomerCardLines)

    @property
    def entry(self) -> Input:
        """Where a name is typed."""
        return self.query_one("#customers-filter", Input)

    def on_mount(self) -> None:
        """Keys go to the list."""
        self.list_lines.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fold to the width there is."""
        self.set_class(event.size.width < _WIDE, "-narrow")

    # Reading ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """See `DeskScreen.reload`."""
        customers = self.desk.customers
        self.ask(lambda: customers.list(), self._listed, group="customers",
                 says="" if self.loaded else READING)  # fmt: skip

    def _listed(self, rows: Sequence[CustomerLine]) -> None:
        self._everybody = rows
        self.loaded = True
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.entry.value = ""
        self._narrow_down(wanted)

    def _narrow_down(self, keep: int | None = None) -> None:
        words = self.entry.value.casefold().split()
        rows = [
            row for row in self._everybody
            if all(word in row.customer.name.casefold() for word in words)
        ]  # fmt: skip
        if words:
            rows.sort(key=lambda row: not row.customer.name.casefold().startswith(words[0]))
        lines = self.list_lines
        key = self.desk_app.key_of("customers.add")
        if words:
            lines.empty = [[Span(" Nobody is called so.", "quiet")],
                           [Span(" Esc ", "key"), Span("shows all.", "quiet")]]  # fmt: skip
        elif self.loaded:
            lines.empty = [
                [Span(" No customers yet.", "quiet")],
                [Span(f" {key} ", "key"), Span("adds the first one.", "quiet")],
            ]
        lines.show(rows, keep)
        side = self.query_one("#customers-side")
        counted = f"{len(rows)} of {len(self._everybody)}" if words else str(len(rows))
        side.border_subtitle = Content(counted)
        self.read_sheet()

    def read_sheet(self) -> None:
        """Read the card of the customer under the cursor."""
        selected = self.list_lines.selected
        if selected is None:
            self._show(None)
            return
        desk, number = self.desk, selected.customer.id
        known = self.sheet is not None and self.sheet.card.customer.id == number
        self.ask(lambda: desk.customers.sheet(number), self._show, group="sheet",
                 failed=self._gone, says="" if known else READING)  # fmt: skip

    def _gone(self, error: DeskError) -> None:
        if isinstance(error, NotFound):
            self._show(None)

    def _show(self, sheet: CustomerSheet | None) -> None:
        other = (
            sheet is None
            or self.sheet is None
            or sheet.card.customer.id != self.sheet.card.customer.id
        )
        self.sheet = sheet
        frame = self.query_one("#customers-frame")
        frame.border_title = Content("" if sheet is None else sheet.card.customer.name)
        if other:
            self.card.selected = None
            self.query_one("#customers-scroll", VerticalScroll).scroll_home(animate=False)
        self.card.show(sheet, self.desk.now_us())
        self.refresh_footer()

    def tick(self, now_us: int) -> int | None:
        """See `DeskScreen.tick`."""
        return self.card.tick(now_us)

    def holds_until_us(self) -> int | None:
        """See `DeskScreen.holds_until_us`: whether the customer's desk is open."""
        cover = self.sheet.cover if self.sheet is not None else None
        return cover.changes_us if cover is not None else None

    def hear(self, news: News) -> None:
        """See `DeskScreen.hear`: which desks are open, for the top line."""
        self.header.hours = news.hours
        self.header.repaint()

    def show_customer(self, number: int) -> None:
        """Go to the card of the customer with this id."""
        self._wanted = number
        self.reload()
        self.to_card()

    # Focus --------------------------------------------------------------------------------------

    def to_card(self) -> None:
        """Keys go to the card."""
        self.add_class("-card")
        self.card.focus()

    def to_list(self) -> None:
        """Keys go to the list."""
        self.remove_class("-card")
        self.list_lines.focus()

    @property
    def on_card(self) -> bool:
        """Whether keys go to the card."""
        return self.focused is self.card

    def on_descendant_focus(self) -> None:
        """The footer shows the keys of whatever they go to."""
        self.show_keys()

    def show_keys(self) -> None:
        """See `CustomerKeys.show_keys`."""
        typing = self.focused is self.entry
        keys = catalog.FILTERING if typing else self.actions()
        self.footer.set_actions((catalog.LET_GO, *keys) if self.clocks_move else keys)

    def on_customer_list_moved(self, _message: CustomerList.Moved) -> None:
        """Another customer: its card is read once the cursor rests."""
        self._resting.begin()

    def on_customer_list_chosen(self, _message: CustomerList.Chosen) -> None:
        """Clicked again."""
        self.to_card()

    def on_customer_card_lines_chosen(self, message: CustomerCardLines.Chosen) -> None:
        """Clicked again."""
        self.open_thing(message.target)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        event.stop()
        self._narrow_down()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The found ones stay; keys go to them."""
        event.stop()
        self.list_lines.focus()

    # Moving ---------------------------------------------------------------------------------------

    def _move(self, by: int) -> None:
        if self.on_card:
            self.card.move(by)
        else:
            self.list_lines.move(by)

    def do_down(self) -> None:
        """See `catalog.customers`, as for the ones below."""
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _page(self, by: int) -> None:
        if self.on_card:
            scroll = self.query_one("#customers-scroll", VerticalScroll)
            scroll.scroll_relative(y=by * max(1, scroll.size.height - 2), animate=False)
        else:
            self.list_lines.move(by * max(1, self.list_lines.size.height))

    def do_page_down(self) -> None:
        self._page(1)

    def do_page_up(self) -> None:
        self._page(-1)

    def do_first(self) -> None:
        if self.on_card:
            self.query_one("#customers-scroll", VerticalScroll).scroll_home(animate=False)
        else:
            self.list_lines.move(-len(self.list_lines.rows))

    def do_last(self) -> None:
        if self.on_card:
            self.query_one("#customers-scroll", VerticalScroll).scroll_end(animate=False)
        else:
            self.list_lines.move(len(self.list_lines.rows))

    def do_filter(self) -> None:
        self.remove_class("-card")
        self.entry.focus()

    def do_side(self) -> None:
        if self.on_card:
            self.to_list()
        else:
            self.to_card()

    def do_open(self) -> None:
        if not self.on_card:
            self.to_card()
        elif self.card.selected is not None:
            self.open_thing(self.card.selected)

    def do_week(self) -> None:
        selected = self.list_lines.selected
        if selected is None:
            self.desk_app.say("There is no customer here whose visits could be planned.", "warning")
        else:
            self.desk_app.hold_keys()
            self.app.call_later(self.desk_app.go_to_week, selected.customer.id)

    def do_back(self) -> None:
        if self.let_go():
            return
        if self.focused is self.entry or (self.entry.value and not self.on_card):
            self.entry.value = ""
            self.to_list()
        elif self.on_card:
            self.to_list()
