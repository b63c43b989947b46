"""Somebody else was quicker: what they did, field by field, and what you wanted."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.change_words import field_words
from deskterm.console.clocktext import due_text
from deskterm.console.dialogs.base import Dialog
from deskterm.console.history import event_words
from deskterm.console.widgets.lines import Prose
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
        yield Prose(self._lines())

    def _lines(self) -> list[Line]:
        app, now, conflict = self.desk_app, self.desk.now_us(), self._conflict
        lines: list[Line] = [[Span("Since you opened it:", "ink")]]
        for event in conflict.theirs:
            at = due_text(event.at_us, now, app.local, app.glyphs)
            who = event.agent or "the desk"
            lines.append([Span(f"  {at}  ", "quiet"), Span(f"{who} ", "strong"),
                          Span(event_words(event), "ink")])  # fmt: skip
        both = [change for change in conflict.fields if change.yours not in (None, "")]
        for title, changes in (
            ("You both changed:", both),
            ("Changed since as well:" if both else "Changed since:",
             [change for change in conflict.fields if change not in both]),
        ):  # fmt: skip
            if changes:
                lines += [[], [Span(title, "ink")]]
            for change in changes:
                was, theirs, yours = (
                    change.words or (_said(change.was), _said(change.theirs), _said(change.yours))
                )
                if change.field.endswith("_us"):
                    was, theirs, yours = map(self._time, (change.was, change.theirs, change.yours))
                name = field_words(change.field)
                lines.append([Span(f"  {name}  ", "strong"), Span(f"was {_said(was)}", "quiet")])
                lines += self._whose("theirs", theirs, "ink")
                if change in both:
                    lines += self._whose("yours", yours, "accent")
        lines += [[], [Span(f"You wanted: {self._label}", "ink")]]
        for name, value in conflict.yours.items():
            said = self._time(value) if name.endswith("_us") else _said(value)
            name = field_words(name)
            for part in wrapped(f"{name}: {said}", _WIDTH):
                lines.append([Span(f"  {part}", "accent")])
        lines += [[], [Span("Do it all the same, on top of theirs?", "strong")]]
        return lines

    def _whose(self, whose: str, value: Any, ink: str) -> list[Line]:
        parts = wrapped(_said(value), _WIDTH - 12)
        return [
            [Span(f"    {whose if at == 0 else '':<7} {part}", ink)]
            for at, part in enumerate(parts)
        ]

    def _time(self, value: Any) -> str:
        """An instant in microseconds, where it is one."""
        if not isinstance(value, int):
            return _said(value)
        return due_text(value, self.desk.now_us(), self.desk_app.local, self.desk_app.glyphs)

    def do_confirm(self) -> None:
        """Enter does it as well."""
        self.do_take()

    def do_take(self) -> None:
        """Take the step on top of what the other did."""
        self.dismiss(True)


def _said(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value).replace("_", " ")
