"""Every key that works where it was asked: of what one is at first, of everywhere last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskterm.console.actions import Action, by_group, keys_shown
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped

Topic = tuple[str, Sequence[tuple[str, str]]]
"""A heading, and what can be typed with what it means."""


class HelpDialog(ReadingDialog):
    """Key, name and what it does, under their headings."""

    def __init__(
        self, actions: Sequence[Action], own: Mapping[str, str], topics: Sequence[Topic] = ()
    ) -> None:
        """`topics` is what else there is to know where one is; it comes before the rest."""
        super().__init__()
        self._actions_here = actions
        self._own = own
        self._topics = topics

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Keys that work here"

    def footer_actions(self) -> tuple[Action, ...]:
        """There is always more than one page."""
        shown = {"dialog.page-down", "dialog.last"}
        return tuple(
            replace(action, footer=True) if action.id in shown else action
            for action in self.actions()
        )

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines(id="help-lines")

    def on_resize(self) -> None:
        """What an action does is wrapped to the width there is."""
        # One cell is left for the scrollbar, which is there only once the lines are.
        width = self.query_one(VerticalScroll).size.width - 1
        self.query_one("#help-lines", TextLines).set_content(self._lines(max(40, width)))

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        names = {
            action.id: keys_shown(action, self._own, self.desk_app.glyphs)
            for action in self._actions_here
        }
        keys = max(len(name) for name in names.values()) + 2
        labels = max(len(action.label) for action in self._actions_here) + 2
        groups = by_group(self._actions_here)
        for at, (group, actions) in enumerate(groups.items()):
            if at == 1:
                lines += self._topic_lines(width)
            if lines:
                lines.append([])
            lines.append([Span(group, "accent")])
            for action in actions:
                first, *more = wrapped(action.tooltip, width - keys - labels)
                key = Span(f" {names[action.id]:<{keys - 1}}", "key")
                lines.append([key, Span(f"{action.label:<{labels}}"), Span(first, "quiet")])
                lines += [[Span(" " * (keys + labels)), Span(line, "quiet")] for line in more]
        return lines

    def _topic_lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for heading, entries in self._topics:
            lines += [[], [Span(heading, "accent")]]
            before = max(len(name) for name, _ in entries) + 2
            for name, said in entries:
                first, *more = wrapped(said, width - before - 1)
                lines.append([Span(f" {name:<{before}}", "key"), Span(first, "quiet")])
                lines += [[Span(" " * (before + 1)), Span(line, "quiet")] for line in more]
        return lines
