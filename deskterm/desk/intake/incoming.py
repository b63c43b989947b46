"""A ticket on its way in, whatever program it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deskterm.desk.text import CleanText, clean
from deskterm.sla.facts import Event, TicketFacts

_NO_TEXT: Final = clean("")


@dataclass(frozen=True, slots=True)
class IncomingTicket:
    """One ticket with its history, read and cleaned, not yet on the desk.

    `reference` is the other program's number; a customer has a reference once, so that taking the
    same file in again changes nothing. `events` are in order and begin after the opening, which
    `facts` hold. `line` is where the ticket begins in its file.
    """

    reference: CleanText
    line: int
    subject: CleanText
    facts: TicketFacts
    events: tuple[Event, ...] = ()
    body: CleanText = _NO_TEXT
    contact: CleanText | None = None
    site: CleanText | None = None
    customer: CleanText | None = None
    """Named where the file says whose ticket it is; else the import does."""
    agent: CleanText | None = None
    number: int | None = None
    """The number it has in its file where that is one as a desk gives them."""
    fields: Mapping[str, CleanText] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """new, open, held, resolved or closed after the last event."""
        status = "new"
        for event in self.events:
            status = _STATUS_AFTER.get(event.kind, status)
            if status == "new" and event.kind in _ACTS:
                status = "open"
        return status


_STATUS_AFTER = {
    "held": "held",
    "resumed": "open",
    "reopened": "open",
    "resolved": "resolved",
    "closed": "closed",
}
_ACTS = frozenset({"triaged", "acknowledged", "responded", "updated", "workaround",
                   "action_planned", "escalated", "code_fix", "assigned"})  # fmt: skip
