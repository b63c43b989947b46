"""The steps of a ticket by key, the same in the queue and on the ticket's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from deskterm.console.screens.base import DeskScreen
from deskterm.console.widgets.lines import Choice

if TYPE_CHECKING:
    from deskterm.desk.model import QueueRow

#: The fields of taking a ticket oneself.
TO_ME: Final = {"agent": "me"}


class TicketKeys(DeskScreen):
    """A screen with one ticket in hand, `in_hand`, and perhaps others marked."""

    def in_hand(self) -> QueueRow | None:
        """The ticket under the cursor."""
        return None

    def do_assign(self) -> None:
        """To oneself, at once; to somebody else it goes by “more steps”."""
        numbers = self.selected_numbers()
        if len(numbers) == 1:
            self.do_step("assign", numbers[0], TO_ME)
        else:
            self._with("assign", numbers, TO_ME)

    def do_hold(self) -> None:
        """Hold it, or let a held one go on."""
        row, numbers = self.in_hand(), self.selected_numbers()
        held = row is not None and row.status == "held" and numbers == (row.number,)
        self.take_step("resume" if held else "hold")

    def do_more(self) -> None:
        """Every step of this ticket; one that is not possible says why."""
        row = self.in_hand()
        if row is None:
            return
        desk, number = self.desk, row.number

        def show(states: Any) -> None:
            choices = [
                Choice(state.id, state.label, None if state.allowed else state.why_not)
                for state in states
            ]
            self.open_window(
                "choose", f"Ticket {number}", choices,
                then=lambda step: self.take_step(step) if step else None,
            )  # fmt: skip

        self.ask(lambda: desk.tickets.steps(number), show, group="more")

    def do_why(self) -> None:
        """How a clock's due time comes about."""
        row = self.in_hand()
        if row is not None:
            self.open_window("why", row)

    def do_copy(self) -> None:
        """Number, subject and customer, over SSH as well."""
        row = self.in_hand()
        if row is None:
            return
        text = f"{row.number} {row.subject} ({row.customer})"
        self.app.copy_to_clipboard(text)
        self.desk_app.say(f"Copied: {text}")
