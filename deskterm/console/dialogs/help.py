"""Every key that works on the screen it was asked on, made from the screen's actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskterm.console.actions import Action, by_group, keys_shown
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped


class HelpDialog(Dialog):
    """Key, name and what it does, under their headings."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.SCROLL

    def __init__(self, actions: Sequence[Action], own: Mapping[str, str]) -> None:
        super().__init__()
        self._actions_here = actions
        self._own = own

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Keys that work here"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines()

    def on_resize(self) -> None:
        """What an action does is wrapped to the width there is."""
        # One cell is left for the scrollbar, which is there only once the lines are.
        width = self.query_one(VerticalScroll).size.width - 1
        self.query_one(TextLines).set_content(self._lines(max(40, width)))

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        names = {
            action.id: keys_shown(action, self._own, self.desk_app.glyphs)
            for action in self._actions_here
        }
        keys = max(len(name) for name in names.values()) + 2
        labels = max(len(action.label) for action in self._actions_here) + 2
        for group, actions in by_group(self._actions_here).items():
            if lines:
                lines.append([])
            lines.append([Span(group, "accent")])
            for action in actions:
                first, *more = wrapped(action.tooltip, width - keys - labels)
                key = Span(f" {names[action.id]:<{keys - 1}}", "key")
                lines.append([key, Span(f"{action.label:<{labels}}"), Span(first, "quiet")])
                lines += [[Span(" " * (keys + labels)), Span(line, "quiet")] for line in more]
        return lines

    def do_down(self) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_relative(y=3, animate=False)

    def do_up(self) -> None:
        """Read back."""
        self.query_one(VerticalScroll).scroll_relative(y=-3, animate=False)
