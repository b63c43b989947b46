"""The views of the queue with their counts: a list beside it, or one line above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span, width_of
from deskterm.console.widgets.ticket_columns import fit


class View(NamedTuple):
    """A list of tickets somebody can go to."""

    id: str
    title: str
    saved: bool = False


class ViewList(Painted):
    """All views, one below the other."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="view-list")
        self.glyphs = glyphs
        self.views: Sequence[View] = ()
        self.current = ""
        self.counts: Mapping[str, int] = {}
        self.border_title = "Views"

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        lines: list[Line] = []
        saved = False
        for view in self.views:
            if view.saved and not saved:
                saved = True
                rule = self.glyphs.rule
                lines.append([Span(f" {rule * 2} saved {rule * 2}", "quiet")])
            here = view.id == self.current
            paper = "cursor" if here else "plain"
            count = self.counts.get(view.id)
            number = "" if count is None else str(count)
            mark = self.glyphs.cursor if here else " "
            title = fit(view.title, max(1, width - len(number) - 3), self.glyphs.ellipsis)
            lines.append(
                [
                    Span(mark, "me", paper, view.id),
                    Span(title + " ", "strong" if here else "ink", paper, view.id),
                    Span(number + " ", "ink" if here else "quiet", paper, view.id),
                ]
            )
        return lines


class ViewPicker(Painted):
    """The view one is in, its neighbours and the summary, in one line."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="view-picker")
        self.glyphs = glyphs
        self.views: Sequence[View] = ()
        self.current = ""
        self.counts: Mapping[str, int] = {}
        self.summary: Sequence[Span] = ()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        at = next((i for i, view in enumerate(self.views) if view.id == self.current), 0)
        if not self.views:
            return [[]]
        left = [
            Span(f" {self.glyphs.left} ", "key", target="previous"),
            *self._item(self.views[at], here=True),
            Span(f" {self.glyphs.right} ", "key", target="next"),
        ]
        right = [*self.summary, Span(" ")]
        if width_of(left) + width_of(right) > width:
            right = []
        for step in range(1, len(self.views)):
            view = self.views[(at + step) % len(self.views)]
            item = [*self._item(view, here=False), Span(" ")]
            if width_of(left) + width_of(item) + width_of(right) + 1 > width:
                break
            left += item
        spare = width - width_of(left) - width_of(right)
        return [[*left, Span(" " * max(0, spare)), *right]]

    def _item(self, view: View, *, here: bool) -> list[Span]:
        count = self.counts.get(view.id)
        number = "" if count is None else f" {count}"
        paper = "cursor" if here else "plain"
        edge = " " if here else ""
        return [
            Span(f"{edge}{view.title}", "strong" if here else "quiet", paper, view.id),
            Span(f"{number}{edge}", "ink" if here else "quiet", paper, view.id),
        ]
