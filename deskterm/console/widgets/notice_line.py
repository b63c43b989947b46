"""What has just happened, above the keys: as high as it has something to say, else not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.notices import Notice
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.wrapping import wrapped

#: Of the height of the terminal at most one part in so many.
_SHARE: Final = 5


class NoticeLine(Painted):
    """Takes its lines from whatever is above it, so that nothing lies under it unseen."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="notice-line")
        self.glyphs = glyphs
        self.notices: tuple[Notice, ...] = ()
        self.display = False

    def show(self, notices: tuple[Notice, ...]) -> None:
        """Say other things, or nothing."""
        if notices != self.notices:
            self.notices = notices
            self._fit()
            self.repaint()

    def on_resize(self) -> None:
        """Sentences may break elsewhere."""
        self._fit()

    def _fit(self) -> None:
        lines = len(self.draw(self.app.size.width, 0))
        self.display = bool(lines)
        # One line finds room on an edge where there is one; more would cover what is above.
        self.set_class(lines == 1, "-one")
        self.styles.height = max(1, lines)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`; what was said first goes first where there is no room for all."""
        lines: list[Line] = []
        for notice in self.notices:
            mark, ink = {
                "information": (self.glyphs.dot, "accent"),
                "warning": (self.glyphs.risk, "risk"),
                "error": (self.glyphs.late, "late"),
                "waiting": (self.glyphs.dot, "quiet"),
            }[notice.tone]
            before = len(mark) + 2
            for at, part in enumerate(wrapped(notice.text, max(10, width - before - 1))):
                lead = Span(f" {mark} " if at == 0 else " " * before, ink)
                lines.append([lead, Span(part, "strong")])
        return lines[-max(2, self.app.size.height // _SHARE) :]
