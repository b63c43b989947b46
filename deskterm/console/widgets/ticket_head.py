"""The top of a ticket: whose it is, what it is under, and its clocks."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.clockbars import clock_bar, unbooked_words
from deskterm.console.clocktext import Localise, due_text, next_change_us, span_words, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span, width_of
from deskterm.desk.cover import CoverView
from deskterm.desk.model import TicketView

_BAR_WIDTH = 20


class TicketHead(Painted):
    """As high as what it has to say."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, local: Localise = system_local) -> None:
        super().__init__(id="ticket-head")
        self.glyphs = glyphs
        self.local = local
        self.book_key = ""
        self._ticket: TicketView | None = None
        self._covered_by: CoverView | None = None
        self._now_us = 0

    def show(self, ticket: TicketView, cover: CoverView | None, now_us: int) -> None:
        """Show a ticket and what its agreement covers."""
        self._ticket, self._covered_by, self._now_us = ticket, cover, now_us
        self.styles.height = len(self._lines_of(max(self.size.width, 40)))
        self.repaint()

    def tick(self, now_us: int) -> int | None:
        """It is `now_us`; when it next shows something else."""
        self._now_us = now_us
        self.repaint()
        if self._ticket is None:
            return None
        changes = [next_change_us(clock, now_us) for clock in self._ticket.row.clocks]
        return min((at for at in changes if at is not None), default=None)

    def on_resize(self) -> None:
        """Lines may break elsewhere."""
        if self._ticket is not None:
            self.styles.height = len(self._lines_of(self.size.width))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._lines_of(width)

    def _lines_of(self, width: int) -> list[Line]:
        ticket = self._ticket
        if ticket is None:
            return [[Span("Reading the ticket …", "quiet")]]
        lines = [*self._people(ticket, width), *self._agreement(ticket, width)]
        lines += self._notices(ticket, width)
        lines += [self._clock(ticket, at) for at in range(len(ticket.row.clocks))]
        return lines

    def _people(self, ticket: TicketView, width: int) -> list[Line]:
        row = ticket.row
        parts = [[Span(row.customer, "strong")]]
        if ticket.contact is not None:
            contact = ticket.contact
            role = f", {contact.role.replace('_', ' ')}" if contact.role else ""
            parts.append([Span(f"{contact.name}{role}", "ink")])
            parts += [
                [Span(way, "quiet")] for way in (contact.phone, contact.email) if way is not None
            ]
        if ticket.site is not None:
            parts.append([Span(ticket.site.name, "quiet")])
        opened = due_text(row.opened_us, self._now_us, self.local, self.glyphs)
        by = f" by {ticket.channel}" if ticket.channel else ""
        parts.append([Span(f"opened {opened}{by}", "quiet")])
        parts.append([Span(f"with {row.agent}" if row.agent else "nobody has it",
                           "ink" if row.agent else "risk")])  # fmt: skip
        return _flowed(parts, width, self.glyphs)

    def _agreement(self, ticket: TicketView, width: int) -> list[Line]:
        agreement, cover = ticket.agreement, self._covered_by
        if agreement is None:
            return []
        parts = [[Span(agreement.policy_name, "ink")]]
        if agreement.package_name:
            parts.append([Span(agreement.package_name, "ink")])
        if ticket.tier and cover is not None:
            parts.append([Span(cover.tiers.get(ticket.tier, ticket.tier), "quiet")])
        if cover is not None:
            parts.append([Span(cover.hours, "quiet")])
            state = "open" if cover.open else "closed"
            if cover.changes_us is not None:
                verb = "closes" if cover.open else "opens"
                left = cover.changes_us - self._now_us
                when = (
                    f"in {span_words(left)}" if cover.open
                    else due_text(cover.changes_us, self._now_us, self.local, self.glyphs)
                )  # fmt: skip
                state += f", {verb} {when}"
            parts.append([Span(state, "track" if cover.open else "held")])
        return _flowed(parts, width, self.glyphs)

    def _notices(self, ticket: TicketView, width: int) -> list[Line]:
        parts: list[list[Span]] = []
        if ticket.row.status == "held":
            reason = (ticket.row.hold_reason or "").replace("_", " ")
            chase = ""
            if ticket.row.chase_us is not None:
                due = due_text(ticket.row.chase_us, self._now_us, self.local, self.glyphs)
                chase = f", chase {due}"
            parts.append([Span(f"{self.glyphs.held} on hold: {reason}{chase}", "held")])
        if ticket.viewers:
            parts.append([Span(f"also open at {', '.join(ticket.viewers)}", "accent")])
        if ticket.missing:
            names = ", ".join(name.replace("_", " ") for name in ticket.missing)
            parts.append([Span(f"still to be asked: {names}", "risk")])
        for kind, number, subject in ticket.links:
            parts.append([Span(f"{kind.replace('_', ' ')} {number} {subject}", "quiet")])
        flags = self._covered_by.flags if self._covered_by is not None else ()
        parts += [[Span(f"{self.glyphs.risk} {flag}", "risk")] for flag in flags]
        return _flowed(parts, width, self.glyphs)

    def _clock(self, ticket: TicketView, at: int) -> Line:
        row = ticket.row
        clock = row.clocks[at]
        line = clock_bar(row, clock, self._now_us, self.local, self.glyphs, width=_BAR_WIDTH)
        if self.book_key and unbooked_words([clock]):
            line += [Span("  "), Span(f"{self.book_key} ", "key", target="ticket.book"),
                     Span("books a visit", "ink", target="ticket.book")]  # fmt: skip
        return line


def _flowed(parts: Sequence[Sequence[Span]], width: int, glyphs: Glyphs) -> list[Line]:
    """`parts` one after the other with a dot between, in as many lines as they need."""
    lines: list[list[Span]] = []
    for part in parts:
        if lines and width_of(lines[-1]) + width_of(part) + 3 <= width:
            lines[-1].append(Span(f" {glyphs.dot} ", "quiet"))
            lines[-1] += part
        else:
            lines.append(list(part))
    return [*lines]
