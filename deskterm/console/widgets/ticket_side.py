"""Beside a ticket: what can be done now and by which key, and what the agreement covers."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.cover import CoverView


class TicketSide(Painted):
    """As high as what it has to say; `entries` are (action id, key, label, why not)."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="ticket-side")
        self.glyphs = glyphs
        self._entries: Sequence[tuple[str, str, str, str | None]] = ()
        self._covered_by: CoverView | None = None

    def show(
        self, entries: Sequence[tuple[str, str, str, str | None]], cover: CoverView | None
    ) -> None:
        """Show other steps and cover."""
        self._entries, self._covered_by = entries, cover
        self.styles.height = max(1, len(self._lines_of(max(self.size.width, 20))))
        self.repaint()

    def on_resize(self) -> None:
        """Lines may break elsewhere."""
        self.styles.height = max(1, len(self._lines_of(self.size.width)))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._lines_of(width)

    def _lines_of(self, width: int) -> list[Line]:
        lines: list[Line] = [[Span("What can be done", "head")]]
        last = None
        for action, key, label, why in self._entries:
            if why is None:
                first, *rest = wrapped(label, width - 4)
                lines.append([Span(f" {key:<3}", "key", target=action),
                              Span(first, "ink", target=action)])  # fmt: skip
                lines += [[Span(f"    {part}", "ink", target=action)] for part in rest]
            else:
                lines.append([Span(f" {key:<3}", "quiet", target=action),
                              Span(label, "quiet", target=action)])  # fmt: skip
                if why != last:
                    # A reason that holds for several in a row is said once.
                    lines += [[Span(f"     {part}", "quiet")] for part in wrapped(why, width - 5)]
            last = why
        if self._covered_by is not None and self._covered_by.cover:
            lines += [[], [Span("What is covered", "head")]]
            lines += self._covered(self._covered_by, width)
        return lines

    def _covered(self, cover: CoverView, width: int) -> list[Line]:
        glyphs = self.glyphs
        marks = {
            "yes": (glyphs.met, "met"), "limited": (glyphs.risk, "risk"),
            "quote": (glyphs.unknown, "risk"), "no": (glyphs.missed, "missed"),
        }  # fmt: skip
        lines: list[Line] = []
        for entry in cover.cover:
            mark, ink = marks[entry.cover]
            word = {"quote": "quote: ", "no": "not covered: "}.get(entry.cover, "")
            first, *rest = wrapped(f"{entry.area}: {word}{entry.text}", width - 4)
            lines.append([Span(f" {mark} ", ink), Span(first, "ink")])
            lines += [[Span(f"   {part}", "ink")] for part in rest]
        return lines
