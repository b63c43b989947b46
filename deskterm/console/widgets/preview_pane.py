"""The selected ticket below the list: who, its clocks as bars, and what happened last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from deskterm.console.clockbars import clock_bar
from deskterm.console.clocktext import Localise, due_text, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.history import event_words
from deskterm.console.nextstep import next_step
from deskterm.console.widgets.painted import Line, Painted, Span, width_of
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.model import QueueRow, TicketView

BAR_WIDTH = 12
#: More clocks than this have shorter bars.
_FEW = 2


class PreviewPane(Painted):
    """Closes the frame of the list above it with a frame line of its own."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, local: Localise = system_local) -> None:
        super().__init__(id="preview")
        self.glyphs = glyphs
        self.local = local
        self.names: Mapping[int, str] = {}
        """Agents by id, for what happened."""
        self.keys: Callable[[str], str] = str
        """The key an action is on."""
        self.me: int | None = None
        self.framed = True
        """False where the list above has no frame either."""
        self._row: QueueRow | None = None
        self._ticket: TicketView | None = None
        self._now_us = 0

    def show_row(self, row: QueueRow | None) -> None:
        """Another ticket is selected; what the list knows of it is shown at once."""
        self._row = row
        if row is None or self._ticket is None or self._ticket.row.number != row.number:
            self._ticket = None
        self.repaint()

    def show_ticket(self, ticket: TicketView) -> None:
        """The rest of the selected ticket has been read."""
        if self._row is not None and self._row.number == ticket.row.number:
            self._ticket = ticket
            self._row = ticket.row
            self.repaint()

    def tick(self, now_us: int) -> None:
        """It is `now_us`."""
        self._now_us = now_us
        self.repaint()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        glyphs, inner = self.glyphs, width - 4
        body = self._body(inner)
        if not self.framed:
            cut = [[Span(" "), *_cut(line, width - 2, glyphs.ellipsis)] for line in body]
            return [self._top(width, glyphs.rule, glyphs.rule), *cut]
        side = Span(glyphs.side, "rule")
        lines: list[Line] = [self._top(width, glyphs.tee_left, glyphs.tee_right)]
        for at in range(height - 2):
            line = _cut(body[at], inner, glyphs.ellipsis) if at < len(body) else []
            lines.append([side, Span(" "), *line, Span(" " * (inner - width_of(line) + 1)), side])
        lines.append(
            [Span(glyphs.corner_left + glyphs.rule * (width - 2) + glyphs.corner_right, "rule")]
        )
        return lines

    def _top(self, width: int, left: str, right: str) -> Line:
        glyphs, row = self.glyphs, self._row
        title = "" if row is None else f" {row.number} {glyphs.dot} {row.subject} "
        if len(title) > width - 4:
            title = fit(title, width - 4, glyphs.ellipsis)
        span = Span(title, "strong")
        rest = width - 3 - span.width
        return [
            Span(left + glyphs.rule, "rule"),
            span,
            Span(glyphs.rule * rest + right, "rule"),
        ]

    def _body(self, width: int) -> list[list[Span]]:
        if self._row is None:
            return []
        body = [self._who(self._row, self._ticket)]
        body += self._clocks(self._row, width)
        step = next_step(self._row, self._now_us, self.me)
        if step is not None:
            body.append(
                [
                    Span("next ", "quiet"),
                    Span(f"{self.keys(step.action)} ", "key", target=step.action),
                    Span(step.words, "late" if step.loud else "ink", target=step.action),
                ]
            )
        ticket = self._ticket
        if ticket is not None:
            if ticket.missing:
                body.append([Span("missing: ", "risk"), Span(", ".join(ticket.missing), "ink")])
            if ticket.viewers:
                names = ", ".join(ticket.viewers)
                body.append([Span(f"also open at {names}", "accent")])
            body.append(self._happened(ticket))
        return body

    def _who(self, row: QueueRow, ticket: TicketView | None) -> list[Span]:
        dot = f" {self.glyphs.dot} "
        parts = [Span(row.customer, "strong")]
        if ticket is not None and ticket.contact is not None:
            contact = ticket.contact
            role = f", {contact.role.replace('_', ' ')}" if contact.role else ""
            parts.append(Span(f"{dot}{contact.name}{role}", "ink"))
        if ticket is not None and ticket.channel:
            parts.append(Span(f"{dot}{ticket.channel}", "quiet"))
        opened = due_text(row.opened_us, self._now_us, self.local, self.glyphs)
        parts.append(Span(f"{dot}opened {opened}", "quiet"))
        if ticket is not None and ticket.agreement is not None:
            agreement = ticket.agreement
            parts.append(Span(f"{dot}{agreement.package_name or agreement.policy_name}", "quiet"))
        if row.status == "held" and row.hold_reason:
            parts.append(Span(f"{dot}held: {row.hold_reason.replace('_', ' ')}", "held"))
        return parts

    def _clocks(self, row: QueueRow, width: int) -> list[list[Span]]:
        lines: list[list[Span]] = [[]]
        hidden = {"exempt", "void"} if row.priority is None else {"exempt", "void", "pending"}
        shown = [clock for clock in row.clocks if clock.phase not in hidden]
        wide = BAR_WIDTH if len(shown) <= _FEW else BAR_WIDTH // 2
        for clock in shown:
            item = clock_bar(row, clock, self._now_us, self.local, self.glyphs, width=wide)
            if lines[-1] and width_of(lines[-1]) + width_of(item) + 3 > width:
                lines.append([])
            if lines[-1]:
                lines[-1].append(Span("   "))
            lines[-1] += item
        why = [Span("   w", "key", target="ticket.why"), Span(" why?", "ink", target="ticket.why")]
        if shown and width_of(lines[-1]) + width_of(why) <= width:
            lines[-1] += why
        return lines

    def _happened(self, ticket: TicketView) -> list[Span]:
        """The last things first named, newest at the end, as many as fit on one line."""
        dot = f" {self.glyphs.dot} "
        spans: list[Span] = []
        today = self.local(self._now_us).date()
        for event in ticket.events[-4:]:
            at = self.local(event.at_us)
            when = f"{at.hour:02}:{at.minute:02}"
            if at.date() != today:
                when = due_text(event.at_us, self._now_us, self.local, self.glyphs)
            words = event_words(event, self.names)
            if event.agent is not None and event.kind == "opened":
                words += f" by {event.agent}"
            if spans:
                spans.append(Span(dot, "quiet"))
            spans += [Span(f"{when} ", "quiet"), Span(words, "quiet" if event.undone else "ink")]
        return spans


def _cut(spans: Sequence[Span], width: int, ellipsis: str) -> list[Span]:
    """`spans` in at most `width` cells."""
    kept: list[Span] = []
    room = width
    for span in spans:
        if span.width <= room:
            kept.append(span)
            room -= span.width
            continue
        if room > len(ellipsis):
            kept.append(Span(fit(span.text, room, ellipsis), span.ink, span.paper, span.target))
        break
    return kept
