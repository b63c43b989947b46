"""What-if: a ticket's due times if it were held now or of another priority; nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskterm.console.dialogs.base import not_read
from deskterm.console.dialogs.promise_lines import changed_lines, next_due_us
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import Prose
from deskterm.console.widgets.painted import Line, Span

if TYPE_CHECKING:
    from deskterm.desk.errors import DeskError
    from deskterm.desk.triage_sheet import TriageSheet


class WhatIfDialog(ReadingDialog):
    """Every case below the other; there is nothing to decide."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._due_us: int | None = None

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"What if {self.desk_app.glyphs.dot} {self._number}"

    def subtitle_text(self) -> str:
        """See `Dialog.subtitle_text`."""
        return "nothing is saved"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield Prose([[Span("Working it out …", "quiet")]], id="what-if")

    def on_mount(self) -> None:
        """Ask the desk."""
        self._read()

    def _read(self) -> None:
        tickets, number = self.desk.tickets, self._number
        self.ask(lambda: tickets.triage_sheet(number), self._show, group="sheet",
                 failed=self._failed, waits=True)  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        self.query_one("#what-if", Prose).set_content(not_read(error))

    def tick(self, now_us: int) -> int | None:
        """What falls due meanwhile is asked for again; see `Ticking.tick`."""
        if self._due_us is not None and now_us >= self._due_us:
            self._due_us = None
            self._read()
        return self._due_us

    def _show(self, sheet: TriageSheet) -> None:
        now, app = self.desk.now_us(), self.desk_app
        self._due_us = next_due_us(sheet, now)
        cases: list[tuple[str, list[Line]]] = [
            ("as it is", changed_lines(sheet, sheet.promises[sheet.type, sheet.priority], now,
                                       app.local, app.glyphs)),
            ("if held now", changed_lines(sheet, sheet.held, now, app.local, app.glyphs)),
        ]  # fmt: skip
        for level in sheet.priorities:
            new = sheet.promises.get((sheet.type, level.id))
            if new is not None and level.id != sheet.priority:
                lines = changed_lines(sheet, new, now, app.local, app.glyphs)
                cases.append((f"if it becomes {level.name}", lines))
        shown: list[Line] = []
        for title, lines in cases:
            shown += [[Span(title, "strong")]]
            shown += lines or [[Span("  no clock is running", "quiet")]]
            shown.append([])
        self.query_one("#what-if", Prose).set_content(shown[:-1])
