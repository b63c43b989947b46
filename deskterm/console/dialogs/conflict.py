"""Somebody else was quicker: what they did, field by field, and what you wanted."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.clocktext import due_text
from deskterm.console.dialogs.base import Dialog
from deskterm.console.history import event_words
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.errors import Conflict

_WIDTH: Final = 76


class ConflictDialog(Dialog):
    """Dismissed with True to take the step all the same, on top of theirs; None leaves it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (catalog.TAKE, catalog.CONFIRM)

    def __init__(self, label: str, number: int | str, conflict: Conflict) -> None:
        super().__init__()
        self._label = label
        self._number = number
        self._conflict = conflict

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Somebody was quicker {self.desk_app.glyphs.dot} {self._number}"

    def subtitle_text(self) -> str:
        """See `Dialog.subtitle_text`."""
        return "Esc keeps your text as a draft"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines(self._lines())

    def _lines(self) -> list[Line]:
        app, now, conflict = self.desk_app, self.desk.now_us(), self._conflict
        lines: list[Line] = [[Span("Since you opened it:", "ink")]]
        for event in conflict.theirs:
            at = due_text(event.at_us, now, app.local, app.glyphs)
            who = event.agent or "the desk"
            lines.append([Span(f"  {at}  ", "quiet"), Span(f"{who} ", "strong"),
                          Span(event_words(event), "ink")])  # fmt: skip
        if conflict.fields:
            lines += [[], [Span("You both changed:", "ink")]]
        for change in conflict.fields:
            name = change.field.replace("_", " ")
            lines.append([Span(f"  {name}  ", "strong"), Span(f"was {_said(change.was)}", "quiet")])
            lines.append([Span(f"    theirs  {_said(change.theirs)}", "ink")])
            lines.append([Span(f"    yours   {_said(change.yours)}", "accent")])
        lines += [[], [Span(f"You wanted: {self._label}", "ink")]]
        for name, value in conflict.yours.items():
            for part in wrapped(f"{name.replace('_', ' ')}: {_said(value)}", _WIDTH):
                lines.append([Span(f"  {part}", "accent")])
        lines += [[], [Span("Do it all the same, on top of theirs?", "strong")]]
        return lines

    def do_confirm(self) -> None:
        """Enter does it as well."""
        self.do_take()

    def do_take(self) -> None:
        """Take the step on top of what the other did."""
        self.dismiss(True)


def _said(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value).replace("_", " ")
