"""Everything that happened to a ticket, oldest first, notes in full and clocks beside it.

What the customer has been told and what stays in the house are told apart by word, by mark and by
where they stand, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from deskterm.console.clocktext import Localise, due_text, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.history import event_words
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.clock_story import ClockTurn
from deskterm.desk.model import EventView, TicketView

#: Events the customer sees or was told of.
_TOLD: Final = frozenset({"responded", "acknowledged", "updated", "workaround", "resolved", "told"})
_INDENT: Final = 4


class TicketHistory(Painted):
    """As high as the history is long; what scrolls is around it."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, local: Localise = system_local) -> None:
        super().__init__(id="ticket-history")
        self.glyphs = glyphs
        self.local = local
        self._ticket: TicketView | None = None
        self._story: Mapping[int, Sequence[ClockTurn]] = {}
        self._names: Mapping[int, str] = {}
        self._now_us = 0

    def show(
        self,
        ticket: TicketView,
        story: Mapping[int, Sequence[ClockTurn]],
        names: Mapping[int, str],
        now_us: int,
    ) -> None:
        """Show a ticket's history; `names` are the agents by id."""
        self._ticket, self._story, self._names = ticket, story, names
        self._now_us = now_us
        self.styles.height = max(1, len(self._lines_of(max(self.size.width, 20))))
        self.repaint()

    def tick(self, now_us: int) -> None:
        """It is `now_us`; on another day the days are called otherwise."""
        if self.local(now_us).date() != self.local(self._now_us).date():
            self._now_us = now_us
            self.repaint()

    def on_resize(self) -> None:
        """Lines may break elsewhere."""
        self.styles.height = max(1, len(self._lines_of(self.size.width)))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._lines_of(width)

    def _lines_of(self, width: int) -> list[Line]:
        ticket = self._ticket
        if ticket is None:
            return []
        lines: list[Line] = []
        if ticket.body:
            lines += [[Span(text, "ink")] for text in wrapped(ticket.body, width)]
            lines.append([])
        for name, text in ticket.fields.items():
            label = name.replace("_", " ")
            lines += [[Span(part, "quiet")] for part in wrapped(f"{label}: {text}", width)]
        if ticket.fields:
            lines.append([])
        day = ""
        for event in ticket.events:
            local = self.local(event.at_us)
            today = due_text(event.at_us, self._now_us, self.local, self.glyphs).rpartition(" ")[0]
            if today != day:
                day = today
                lines.append([Span(day, "head")])
            lines += self._event(event, f"{local.hour:02}:{local.minute:02}", width)
        return lines

    def _event(self, event: EventView, at: str, width: int) -> list[Line]:
        glyphs = self.glyphs
        itself = event.kind == "assigned" and event.data.get("agent_id") is not None
        taken = itself and self._names.get(event.data["agent_id"]) == event.agent
        by = f"  {event.agent}" if event.agent is not None and not taken else ""
        if event.undone:
            by += "  taken back"
        text = str(event.data.get("text") or "")
        told = event.kind in _TOLD or (
            event.kind == "noted" and not event.data.get("internal", True)
        )
        lines: list[Line] = []
        if text:
            what = self._title(event, told)
            ink = "quiet" if event.undone else "accent" if told else "strong"
            lines.append([Span(f"{at}  ", "quiet"), Span(what, ink), Span(by, "quiet")])
            side = f"{glyphs.cursor} " if told else f"{glyphs.side} "
            paper = "marked" if told else "plain"
            for part in wrapped(text, width - _INDENT - 3):
                lines.append(
                    [
                        Span(" " * _INDENT),
                        Span(side, "accent" if told else "rule"),
                        Span(f"{part} ", "quiet" if event.undone else "ink", paper),
                    ]
                )
        else:
            words = event_words(event, self._names)
            ink = "quiet" if event.undone else "ink"
            lines.append([Span(f"{at}  ", "quiet"), Span(words, ink), Span(by, "quiet")])
        lines += [self._turn(turn) for turn in self._story.get(event.id, ())]
        return lines

    def _title(self, event: EventView, told: bool) -> str:
        if event.kind == "noted":
            return "to the customer" if told else "internal note"
        word = event_words(event, self._names).partition(":")[0]
        return f"{word} (to the customer)" if told else word

    def _turn(self, turn: ClockTurn) -> Line:
        glyphs, due = self.glyphs, ""
        if turn.due_us is not None:
            due = due_text(turn.due_us, self._now_us, self.local, glyphs)
        said, ink = {
            "runs": (f"runs, due {due}" if due else f"runs, {glyphs.unknown} no due time", "track"),
            "moved": (f"now due {due}" if due else f"{glyphs.unknown} no due time yet", "risk"),
            "paused": (f"{glyphs.held} stands still", "held"),
            "met": (f"{glyphs.met} met", "met"),
            "missed": (f"{glyphs.missed} missed, was due {due}", "missed"),
            "exempt": (f"{glyphs.exempt} no longer promised", "exempt"),
            "void": (f"{glyphs.exempt} void", "exempt"),
        }[turn.turn]
        return [Span(" " * (_INDENT + 3)), Span(f"{turn.title} ", "quiet"), Span(said, ink)]
