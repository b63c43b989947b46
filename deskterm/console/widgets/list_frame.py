"""The frame around a list: its name on the left of the top edge, its numbers on the right."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.content import Content

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Span, width_of


class ListFrame(Vertical):
    """Open below where something else closes the frame."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="list-frame")
        self.glyphs = glyphs
        self.title = ""
        self.summary: Sequence[Span] = ()

    @property
    def closed(self) -> bool:
        """Whether the frame has a bottom edge of its own."""
        return not self.has_class("-open")

    @closed.setter
    def closed(self, closed: bool) -> None:
        self.set_class(not closed, "-open")

    def repaint(self) -> None:
        """Write name and numbers onto the top edge, as wide as it is now."""
        room = self.outer_size.width - 6
        spare = room - len(self.title) - width_of(self.summary) - 2
        parts: list[tuple[str, str]] = [(self.title, "bold $ink")]
        if self.summary and spare >= 1:
            parts.append((f" {self.glyphs.rule * spare} ", "not bold $rule"))
            parts += [(span.text, _TOKENS[span.ink]) for span in self.summary]
        title = Content.assemble(*parts)
        if title != self.border_title:
            self.border_title = title

    def on_resize(self) -> None:
        """The edge has another length."""
        self.repaint()


_TOKENS = {
    "ink": "not bold $ink",
    "quiet": "not bold $ink-quiet",
    "late": "bold $clock-late",
    "risk": "bold $clock-risk",
    "held": "not bold $clock-held",
}
