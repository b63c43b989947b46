"""A step on several tickets: what will happen to each, before it happens."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import not_read
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import Prose
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.errors import DeskError, Stopped, StoreLost

if TYPE_CHECKING:
    from deskterm.desk.model import BulkDone, Preview


#: Cells of a subject, enough to know it by.
_SUBJECT: Final = 28
_DO: Final = replace(catalog.CONFIRM, footer=True)


@dataclass
class Taken(Message):
    """The step has been taken on so many tickets, of so many."""

    done: int
    of: int


class BulkDialog(ReadingDialog):
    """Dismissed with what became of it (`BulkDone`), or None.

    `versions` are those the tickets were seen at when the step was begun.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = (_DO, catalog.TAKE, *catalog.SCROLL)

    def __init__(
        self,
        step: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any],
        versions: Mapping[int, int],
    ) -> None:
        super().__init__()
        self._step = step
        self._numbers = tuple(numbers)
        self._fields = fields
        self._versions = dict(versions)
        self._allowed = 0
        self._stop = threading.Event()
        self._lost = False
        """Whether it could not be written because the desk could not be reached."""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        step = self._step.replace("-", " ").capitalize()
        return f"{step} {self.desk_app.glyphs.dot} {len(self._numbers)} tickets"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        # First, so that it is in sight however many there are.
        yield Prose([[Span("Looking at each ticket …", "quiet")]], id="bulk-sum")
        yield Prose(id="bulk")

    def on_mount(self) -> None:
        """Ask the desk what would happen."""
        tickets, step, numbers, fields = self.desk.tickets, self._step, self._numbers, self._fields
        seen = dict(self._versions)
        self.ask(
            lambda: tickets.preview(step, numbers, fields, seen), self._previewed,
            group="preview", says="", failed=self._not_previewed, waits=True,
        )  # fmt: skip

    def _not_previewed(self, error: DeskError) -> None:
        self.query_one("#bulk-sum", Prose).set_content(not_read(error))

    def _previewed(self, previews: Sequence[Preview]) -> None:
        glyphs = self.desk_app.glyphs
        lines: list[Line] = []
        subjects = min(_SUBJECT, max((cell_len(each.subject) for each in previews), default=0))
        for preview in sorted(previews, key=lambda each: each.allowed):
            mark = glyphs.met if preview.allowed else glyphs.missed
            lines.append(
                [
                    Span(f"{mark} ", "met" if preview.allowed else "missed"),
                    Span(f"{preview.number}  ", "strong"),
                    Span(f"{fit(preview.subject, subjects, glyphs.ellipsis)}  ", "ink"),
                    Span(preview.sentence, "ink" if preview.allowed else "quiet"),
                ]
            )
            if preview.allowed and preview.version is not None:
                # What is said of it here is what is agreed to.
                self._versions[preview.number] = preview.version
        self._allowed = sum(preview.allowed for preview in previews)
        self.query_one("#bulk", Prose).set_content(lines)
        left = len(previews) - self._allowed
        said = [Span(f"{self._allowed} will be changed", "strong")]
        if left:
            said.append(Span(f", {left} left as they are", "quiet"))
        self._sum(said)

    def _sum(self, said: Line) -> None:
        self.query_one("#bulk-sum", Prose).set_content([said, []])

    def do_confirm(self) -> None:
        """Enter does it as well."""
        self.do_take()

    def do_take(self) -> None:
        """Take the step on all that allow it."""
        if self.is_writing:
            return
        if not self._allowed:
            self.desk_app.say("None of them allows it; Esc goes back.", "warning")
            return
        tickets, step, numbers, fields = self.desk.tickets, self._step, self._numbers, self._fields
        seen = dict(self._versions)
        self._stop.clear()
        self._lost = False
        self.on_taken(Taken(0, len(numbers)))
        self.write(
            lambda: tickets.bulk(step, numbers, fields, seen, progress=self._progress),
            self._done,
            group="bulk",
            says="",
            failed=self._not_done,
        )

    def _done(self, result: BulkDone) -> None:
        self.dismiss(result)

    def _not_done(self, error: DeskError) -> None:
        """It stays, to be tried again."""
        self._lost = isinstance(error, StoreLost)
        key = self.desk_app.key_of(catalog.TAKE.id)
        self._sum([Span(f"Nothing was changed: {error.sentence} {key} tries again.", "late")])

    def desk_back(self) -> None:
        """See `ActionHost.desk_back`; what could not be written can be now."""
        super().desk_back()
        if self._lost:
            self._lost = False
            key = self.desk_app.key_of(catalog.TAKE.id)
            self._sum([Span(f"The database is back: {key} tries again.", "accent")])

    def _progress(self, done: int, of: int) -> None:
        """Called by the desk, in the thread that writes."""
        if self._stop.is_set() or get_current_worker().is_cancelled:
            raise Stopped
        self.post_message(Taken(done, of))

    def on_taken(self, message: Taken) -> None:
        """Say how far it is."""
        if not self._stop.is_set():
            self._sum([Span(f"{message.done} of {message.of} done", "strong"),
                       Span(", Esc stops after the ticket under way", "quiet")])  # fmt: skip

    def do_back(self) -> None:
        """Leave, or stop with what is done."""
        if not self.is_writing:
            super().do_back()
            return
        self._stop.set()
        self._sum([Span("Stopping after the ticket under way …", "strong")])
