"""Why a clock is due when it is: the sum of working time it is, to be read and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.clocktext import clock_text, next_change_us
from deskterm.console.dialogs.base import not_read
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import Prose, TextLines
from deskterm.console.widgets.painted import Line, Span, width_of

if TYPE_CHECKING:
    from deskterm.desk.errors import DeskError
    from deskterm.desk.model import QueueRow


class WhyDialog(ReadingDialog):
    """The clocks of one ticket, one explained at a time; the one that breaks next first."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (*catalog.NEXT, catalog.COPY, *catalog.SCROLL)

    def __init__(self, row: QueueRow) -> None:
        super().__init__()
        self._row = row
        names = [clock.name for clock in row.clocks]
        self._at = names.index(row.next_clock) if row.next_clock in names else 0
        self._text = ""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Why {self.desk_app.glyphs.dot} {self._row.number} {self._row.subject}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines(id="why-clocks")
        yield Prose(id="why-sum")

    def on_mount(self) -> None:
        """Explain the clock that breaks next."""
        self.stay_unseen()
        self._explain()

    def _explain(self) -> None:
        row, at = self._row, self._at
        if not row.clocks:
            self._show_text("This ticket has no clocks.")
            return
        self.query_one("#why-clocks", TextLines).set_content([*self._tabs(), []])
        clock, tickets = row.clocks[at], self.desk.tickets
        self.ask(
            lambda: tickets.explain(row.number, clock.name),
            self._explained,
            group="explain",
            failed=self._not_explained,
            waits=True,
        )

    def _tabs(self) -> list[Line]:
        """The clocks by name, in as many lines as they need."""
        now, glyphs = self.desk.now_us(), self.desk_app.glyphs
        room = max(20, self.query_one("#why-clocks").size.width or self.app.size.width * 2 // 3)
        lines: list[list[Span]] = [[]]
        for at, clock in enumerate(self._row.clocks):
            here = at == self._at
            paper = "cursor" if here else "plain"
            said = clock_text(clock, now, glyphs)
            tab = [
                Span(f" {clock.title} ", "strong" if here else "quiet", paper),
                Span(f"{said.text} ", said.mood, paper),
                Span(" "),
            ]
            if lines[-1] and width_of(lines[-1]) + width_of(tab) > room:
                lines.append([])
            lines[-1] += tab
        return list(lines)

    def tick(self, now_us: int) -> int | None:
        """The clocks by name count on; see `Ticking.tick`."""
        if not self._row.clocks or not self.is_mounted:
            return None
        self.query_one("#why-clocks", TextLines).set_content([*self._tabs(), []])
        changes = [next_change_us(clock, now_us) for clock in self._row.clocks]
        return min((at for at in changes if at is not None), default=None)

    def _explained(self, explanation: Any) -> None:
        self._show_text(explanation.text(self.desk_app.local).rstrip("\n"))

    def _not_explained(self, error: DeskError) -> None:
        self._text = ""
        self.query_one("#why-sum", Prose).set_content(not_read(error))
        self.call_after_refresh(self.appear)

    def _show_text(self, text: str) -> None:
        self._text = text
        lines: list[Line] = [
            [Span(line, "strong" if at == 0 else "ink")] for at, line in enumerate(text.split("\n"))
        ]
        self.query_one("#why-sum", TextLines).set_content(lines)
        self.call_after_refresh(self.appear)

    def _step(self, by: int) -> None:
        if self._row.clocks:
            self._at = (self._at + by) % len(self._row.clocks)
            self._explain()

    def do_next(self) -> None:
        """Next clock."""
        self._step(1)

    def do_previous(self) -> None:
        """Clock before."""
        self._step(-1)

    def do_copy(self) -> None:
        """The whole sum, as text."""
        self.app.copy_to_clipboard(self._text)
        self.desk_app.say("Copied.")
