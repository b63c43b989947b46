"""Every key that works on the screen it was asked on, made from the screen's actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskterm.console.actions import Action, by_group, key_name
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span


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
        yield TextLines(self._lines())

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        for group, actions in by_group(self._actions_here).items():
            if lines:
                lines.append([])
            lines.append([Span(group, "accent")])
            for action in actions:
                names = [key_name(key, self.desk_app.glyphs) for key in action.keys(self._own)]
                keys = " ".join(names[:2])
                lines.append(
                    [
                        Span(f"  {keys:<11}", "key"),
                        Span(f"{action.label:<15} ", "ink"),
                        Span(action.tooltip, "quiet"),
                    ]
                )
        return lines

    def do_down(self) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_relative(y=3, animate=False)

    def do_up(self) -> None:
        """Read back."""
        self.query_one(VerticalScroll).scroll_relative(y=-3, animate=False)
