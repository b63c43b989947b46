"""The customers by name, with their agreement and what is open; only what is seen is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.customer_model import CustomerLine

#: The agreement's name is shown where the list is at least this wide.
_ROOMY = 44


class CustomerList(Painted, can_focus=True):
    """Keeps its cursor on the customer it is on, whatever comes or goes around it."""

    @dataclass
    class Moved(Message):
        """Another customer is selected."""

        customer_id: int

    @dataclass
    class Chosen(Message):
        """The selected customer was clicked again."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="customer-list")
        self.glyphs = glyphs
        self.rows: Sequence[CustomerLine] = ()
        self.index = 0
        self.top = 0
        self.empty: Sequence[Line] = ()
        """What is said where there is nobody."""

    @property
    def selected(self) -> CustomerLine | None:
        """The customer under the cursor."""
        return self.rows[self.index] if self.rows else None

    def show(self, rows: Sequence[CustomerLine], keep: int | None = None) -> None:
        """Show other customers, the cursor on the one with the id `keep` if it is among them."""
        wanted = keep
        if wanted is None and self.selected is not None:
            wanted = self.selected.customer.id
        self.rows = rows
        at = next((i for i, row in enumerate(rows) if row.customer.id == wanted), None)
        self.index = min(self.index, max(0, len(rows) - 1)) if at is None else at
        self._follow()
        self.repaint()

    def move(self, by: int) -> None:
        """Select another one."""
        before = self.index
        self.index = max(0, min(self.index + by, len(self.rows) - 1))
        self._follow()
        self.repaint()
        if self.index != before and self.selected is not None:
            self.post_message(self.Moved(self.selected.customer.id))

    def _follow(self) -> None:
        height = max(1, self.size.height)
        self.top = min(max(self.top, self.index - height + 1), self.index)
        self.top = max(0, min(self.top, len(self.rows) - height))

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._follow()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        if not self.rows:
            return self.empty
        return [
            self._line(at, width) for at in range(self.top, min(len(self.rows), self.top + height))
        ]

    def _line(self, at: int, width: int) -> Line:
        row, here = self.rows[at], at == self.index
        paper = ("cursor" if self.has_focus else "resting") if here else "plain"
        target = str(row.customer.id)
        count = str(row.open_tickets) if row.open_tickets else ""
        policy = ""
        if row.agreement is None:
            policy = "no agreement"
        elif width >= _ROOMY:
            policy = row.agreement.policy_name
        room = width - 3 - 4
        name_width = room if not policy else room - min(16, len(policy)) - 1
        spans = [
            Span(self.glyphs.cursor if here else " ", "me", paper, target),
            Span(fit(row.customer.name, max(1, name_width), self.glyphs.ellipsis) + " ",
                 "strong" if here else "ink", paper, target),
        ]  # fmt: skip
        if policy:
            text = fit(policy, min(16, len(policy)), self.glyphs.ellipsis)
            spans.append(Span(text + " ", "quiet", paper, target))
        spans.append(Span(f"{count:>4} ", "ink" if here else "quiet", paper, target))
        return spans

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self.repaint()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the list, not the cursor."""
        event.stop()
        self.top = max(0, min(self.top + 3, len(self.rows) - self.size.height))
        self.repaint()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same."""
        event.stop()
        self.top = max(0, self.top - 3)
        self.repaint()

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click selects, another opens."""
        message.stop()
        at = next(i for i, row in enumerate(self.rows) if str(row.customer.id) == message.target)
        self.focus()
        if at == self.index:
            self.post_message(self.Chosen())
        self.move(at - self.index)
