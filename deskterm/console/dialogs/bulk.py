"""A step on several tickets: what will happen to each, before it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog, not_read
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.errors import DeskError, StoreLost

if TYPE_CHECKING:
    from deskterm.desk.model import BulkDone, Preview


class BulkDialog(Dialog):
    """Dismissed with what became of it (`BulkDone`), or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (catalog.TAKE, catalog.CONFIRM)

    def __init__(self, step: str, numbers: Sequence[int], fields: Mapping[str, Any]) -> None:
        super().__init__()
        self._step = step
        self._numbers = tuple(numbers)
        self._fields = fields
        self._allowed = self._left = 0
        self._lost = False
        """Whether it could not be written because the desk could not be reached."""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        step = self._step.replace("-", " ").capitalize()
        return f"{step} {self.desk_app.glyphs.dot} {len(self._numbers)} tickets"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Looking at each ticket …", "quiet")]], id="bulk")
        yield TextLines(id="bulk-sum")

    def on_mount(self) -> None:
        """Ask the desk what would happen."""
        tickets, step, numbers, fields = self.desk.tickets, self._step, self._numbers, self._fields
        self.ask(lambda: tickets.preview(step, numbers, fields), self._previewed, group="preview",
                 failed=self._not_previewed, waits=True)  # fmt: skip

    def _not_previewed(self, error: DeskError) -> None:
        self.query_one("#bulk", TextLines).set_content(not_read(error))

    def _previewed(self, previews: Sequence[Preview]) -> None:
        glyphs = self.desk_app.glyphs
        lines: list[Line] = []
        for preview in previews:
            mark = glyphs.met if preview.allowed else glyphs.missed
            lines.append(
                [
                    Span(f"{mark} ", "met" if preview.allowed else "missed"),
                    Span(f"{preview.number}  ", "strong"),
                    Span(preview.sentence, "ink" if preview.allowed else "quiet"),
                ]
            )
        self._allowed = sum(preview.allowed for preview in previews)
        self.query_one("#bulk", TextLines).set_content(lines)
        self._left = len(previews) - self._allowed
        self._say_sum()

    def _say_sum(self, *more: Line) -> None:
        """How many there are, and what there is to say beside."""
        said = [Span(f"{self._allowed} will be changed", "strong")]
        if self._left:
            said.append(Span(f", {self._left} left as they are", "quiet"))
        self.query_one("#bulk-sum", TextLines).set_content([[], said, *more])

    def do_confirm(self) -> None:
        """Enter does it as well."""
        self.do_take()

    def do_take(self) -> None:
        """Take the step on all that allow it."""
        if not self._allowed:
            self.desk_app.say("None of them allows it; Esc goes back.", "warning")
            return
        tickets, step, numbers, fields = self.desk.tickets, self._step, self._numbers, self._fields

        def done(result: BulkDone) -> None:
            self.dismiss(result)

        self.ask(lambda: tickets.bulk(step, numbers, fields), done, group="bulk",
                 failed=self._not_done)  # fmt: skip

    def _not_done(self, error: DeskError) -> None:
        """It stays, to be tried again."""
        self._lost = isinstance(error, StoreLost)
        key = self.desk_app.key_of(catalog.TAKE.id)
        self._say_sum([Span(f"{error.sentence} {key} tries again.", "late")])

    def desk_back(self) -> None:
        """See `ActionHost.desk_back`; what could not be written can be now."""
        super().desk_back()
        if self._lost:
            self._lost = False
            key = self.desk_app.key_of(catalog.TAKE.id)
            self._say_sum([Span(f"The database is back: {key} tries again.", "accent")])
