"""The steps of a ticket by key, the same in the queue and on the ticket's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from deskterm.console.clockbars import unbooked_words
from deskterm.console.deeds import Deed, visits_back
from deskterm.console.screens.base import DeskScreen
from deskterm.console.widgets.lines import Choice

if TYPE_CHECKING:
    from deskterm.desk.model import QueueRow
    from deskterm.desk.visits.model import VisitDone

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
            self.go_on(self.begin("assign", numbers), TO_ME)

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

        self.ask_for_window(
            f"Ticket {number}", lambda: desk.tickets.steps(number), show, group="more"
        )

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

    # Visits -----------------------------------------------------------------------------------

    def do_book(self) -> None:
        """The next visits that fit the ticket, or an engineer at once."""
        row = self.in_hand()
        if row is not None:
            missing = unbooked_words(row.clocks)
            self.open_window("ticket-visit", row.number, row.subject, missing, then=self._booked)

    def _booked(self, done: VisitDone | None) -> None:
        if done is None:
            return
        self.did(Deed(done.sentence, visits_back(self.desk.visits.undo, done.visits)))
        for warning in done.warnings:
            self.desk_app.say(warning, "warning")
        self.reload()

    def undo_here(self) -> None:
        """The agent's last step on the ticket under the cursor, before anything was done here."""
        row, app = self.in_hand(), self.desk_app
        if app.deeds.any_yet:
            more = app.key_of("ticket.more")
            app.say(f"All that was done here is taken back; {more} on a ticket, then Undo,"
                    " takes back what you did before.", "warning")  # fmt: skip
        elif row is not None:
            self.do_step("undo", row.number, {})
