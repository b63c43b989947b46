"""The balance of a customer's visits, and the lines behind it month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.catalog import ledger as keys
from deskterm.console.dialogs.base import Dialog
from deskterm.console.visitledger import ledger_lines, sums
from deskterm.console.widgets.headed_lines import HeadedLines
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span

if TYPE_CHECKING:
    from deskterm.visits.balance import Balance
    from deskterm.visits.balance import Line as LedgerLine


class LedgerDialog(Dialog):
    """There is nothing to decide."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (*keys.ACTIONS, *catalog.CHOOSE[:2])

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer
        self._entries: Sequence[LedgerLine] = ()
        self._open: set[str] = set()

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Balance of visits"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Adding it up …", "quiet")]], id="ledger")
        yield HeadedLines((), glyphs=self.desk_app.glyphs, id="ledger-months")

    def on_mount(self) -> None:
        """Ask the desk."""
        self.months.focus()
        visits, customer = self.desk.visits, self._customer
        self.ask(lambda: visits.ledger(customer), lambda got: self._show(*got), group="ledger",
                 waits=True)  # fmt: skip

    @property
    def months(self) -> HeadedLines:
        """The months, with the lines of those that are shown."""
        return self.query_one(HeadedLines)

    def _show(self, balance: Balance, entries: Sequence[LedgerLine]) -> None:
        lines: list[Line] = [
            [Span(f"{name:<28}", "ink" if at else "strong"), Span(f"{count:>4}", "strong")]
            for at, (name, count) in enumerate(sums(balance))
        ]
        self.query_one("#ledger", TextLines).set_content([*lines, []])
        self._entries = entries
        self._list()

    def _list(self) -> None:
        """The lines anew; the cursor stays on its month."""
        here = self.months.selected
        lines = ledger_lines(self._entries, self._open, self.desk_app.local, self.desk_app.glyphs)
        wanted = "" if here is None else here.value.partition("/")[0]
        self.months.index = next((at for at, one in enumerate(lines) if one.value == wanted), 0)
        heading = {0: [Span("Month by month", "head")]} if lines else {}
        self.months.show(lines, heading)

    # Keys -------------------------------------------------------------------------------------

    def do_lines(self) -> None:
        """See `catalog.ledger`, as for the one below."""
        here = self.months.selected
        if here is not None:
            self._open ^= {here.value.partition("/")[0]}
            self._list()

    def do_all(self) -> None:
        every = {line.value for line in ledger_lines(
            self._entries, (), self.desk_app.local, self.desk_app.glyphs
        )}  # fmt: skip
        self._open = set() if self._open >= every else every
        self._list()

    def do_down(self) -> None:
        self.months.move(1)

    def do_up(self) -> None:
        self.months.move(-1)

    def on_choice_lines_chosen(self) -> None:
        """A click on a month."""
        self.do_lines()
