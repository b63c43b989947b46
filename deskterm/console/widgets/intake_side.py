"""Beside a new ticket: what the customer was promised, what to mind, what may be the same."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.clocktext import Localise, due_text, span_words, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.wrapping import wrapped, wrapped_line
from deskterm.desk.cover import CoverView
from deskterm.desk.customer_model import CustomerCard
from deskterm.desk.model import QueueRow


class IntakeSide(Painted):
    """As high as what it has to say."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, local: Localise = system_local) -> None:
        super().__init__(id="intake-side")
        self.glyphs = glyphs
        self.local = local
        self.keys = ""
        """What can be done with tickets that may be the same, by key."""
        self._card: CustomerCard | None = None
        self._terms: CoverView | None = None
        self._similar: Sequence[QueueRow] = ()
        self._now_us = 0

    def show(
        self,
        card: CustomerCard | None,
        cover: CoverView | None,
        similar: Sequence[QueueRow],
        now_us: int,
    ) -> None:
        """Show another customer, cover or likeness."""
        self._card, self._terms, self._similar, self._now_us = card, cover, similar, now_us
        self.styles.height = max(1, len(self._lines_of(max(self.size.width, 20))))
        self.repaint()

    def tick(self, now_us: int) -> None:
        """It is `now_us`: the desk closes sooner."""
        if self._now_us != now_us:
            self._now_us = now_us
            self.repaint()

    def on_resize(self) -> None:
        """Lines may break elsewhere."""
        self.styles.height = max(1, len(self._lines_of(self.size.width)))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._lines_of(width)

    def _lines_of(self, width: int) -> list[Line]:
        card, cover = self._card, self._terms
        if card is None:
            return [
                [Span(part, "quiet")]
                for part in wrapped("What the customer's agreement promises is shown here.", width)
            ]
        lines: list[Line] = [[Span(card.customer.name, "strong"),
                              Span(f"  {card.open_tickets} open", "quiet")]]  # fmt: skip
        if cover is None:
            return [*lines, [Span("has no agreement: nothing is promised", "risk")]]
        agreement = cover.agreement
        lines.append([Span(agreement.policy_name, "ink")])
        if agreement.package_name:
            lines.append([Span(agreement.package_name, "ink")])
        lines.append([Span(part, "quiet") for part in [cover.hours]])
        lines.append([self._hours(cover)])
        for flag in cover.flags:
            parts = wrapped(f"{self.glyphs.risk} {flag}", width)
            lines += [[Span(part, "risk")] for part in parts]
        lines += self._alike(width)
        if cover.cover:
            lines += [[], [Span("Covered", "head")]]
        for entry in cover.cover:
            mark = {"yes": self.glyphs.met, "no": self.glyphs.missed}.get(
                entry.cover, self.glyphs.risk
            )
            word = {"no": "not: ", "quote": "quote: "}.get(entry.cover, "")
            said: Line = [Span(f"{entry.area}: ", "strong"), Span(f"{word}{entry.text}", "ink")]
            first, *rest = wrapped_line(said, width - 2)
            lines.append([Span(f"{mark} ", "met" if entry.cover == "yes" else "risk"), *first])
            lines += [[Span("  ", "ink"), *part] for part in rest]
        return lines

    def _hours(self, cover: CoverView) -> Span:
        if cover.changes_us is None:
            return Span("open" if cover.open else "closed", "quiet")
        if cover.open:
            return Span(f"open, closes in {span_words(cover.changes_us - self._now_us)}", "track")
        opens = due_text(cover.changes_us, self._now_us, self.local, self.glyphs)
        return Span(f"closed, opens {opens}", "held")

    def _alike(self, width: int) -> list[Line]:
        if not self._similar:
            return []
        lines: list[Line] = [[], [Span("Perhaps the same?", "risk")]]
        if self.keys:
            lines.append([Span(self.keys, "quiet")])
        for row in self._similar:
            first, *rest = wrapped(f"{row.number} {row.subject}", width - 2)
            lines.append([Span(f"{self.glyphs.dot} {first}", "ink", target=f"={row.number}")])
            lines += [[Span(f"  {part}", "ink")] for part in rest]
        return lines
