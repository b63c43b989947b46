"""The balance of a customer's visits, with every line behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskterm.console.clocktext import day_and_time
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span

if TYPE_CHECKING:
    from deskterm.visits.balance import Balance
    from deskterm.visits.balance import Line as LedgerLine


class LedgerDialog(ReadingDialog):
    """There is nothing to decide."""

    def __init__(self, customer: int) -> None:
        super().__init__()
        self._customer = customer

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Balance of visits"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Adding it up …", "quiet")]], id="ledger")

    def on_mount(self) -> None:
        """Ask the desk."""
        visits, customer = self.desk.visits, self._customer
        self.ask(lambda: visits.ledger(customer), lambda got: self._show(*got), group="ledger")

    def _show(self, balance: Balance, entries: Sequence[LedgerLine]) -> None:
        sums = (
            ("granted", balance.granted), ("delivered", balance.delivered),
            ("used by callouts", balance.callouts), ("replaced by remote support", balance.in_lieu),
            ("forfeited", balance.forfeited), ("booked", balance.booked), ("owed", balance.owed),
        )  # fmt: skip
        lines: list[Line] = [
            [Span(f"{name:<28}", "ink" if at else "strong"), Span(f"{count:>4}", "strong")]
            for at, (name, count) in enumerate(sums)
        ]
        lines += [[], [Span("Every line", "head")]]
        for entry in entries:
            at = day_and_time(entry.at_us, self.desk_app.local)
            visit = "" if entry.visit is None else f" visit {entry.visit}"
            lines.append([Span(f"{at}  ", "quiet"), Span(f"{entry.label}{visit}  ", "ink"),
                          Span(f"{entry.visits} from {entry.out_of.value} to {entry.into.value}",
                               "quiet"),
                          Span(f"  {entry.note}" if entry.note else "", "quiet")])  # fmt: skip
        self.query_one("#ledger", TextLines).set_content(lines)
