"""The steps an agent takes on a ticket, wherever a ticket is selected.

Which of them may be taken, by whom and when, is the desk's matter (`deskterm.desk.steps`); here
they only have a key and a place in the footer.
"""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_STEPS: Final = "Ticket"


def _step(
    name: str,
    key: str,
    label: str,
    tooltip: str,
    *,
    footer: bool = False,
    other: str | None = None,
    short: str = "",
    spare: int = 0,
) -> Action:
    return Action(
        f"ticket.{name}", key, label, tooltip, _STEPS, footer=footer, step=name, other_step=other,
        writes=True, short=short, spare=spare,
    )  # fmt: skip


NEW: Final = Action(
    "ticket.new", "n", "new", "Open a new ticket; the draft survives Esc and a crash.", _STEPS,
    footer=True, writes=True,
)  # fmt: skip

ACTIONS: Final = (
    NEW,
    _step("triage", "t", "triage", "Set impact, urgency or priority, seeing what they promise.",
          footer=True),
    _step("respond", "r", "respond", "Record the first answer to the customer.", footer=True),
    _step("hold", "h", "hold", "Hold the clocks with a reason, or let a held ticket go on.",
          footer=True, other="resume"),
    _step("assign", "a", "assign to me", "Take the ticket.", footer=True, short="assign"),
    _step("escalate", "e", "escalate", "Hand it up, with the reason and who was told.",
          footer=True, spare=1),
    _step("resolve", "x", "resolve", "Say how it was solved and stop its clocks.", footer=True),
    _step("note", "o", "note", "Write a note, internal or to the customer."),
    _step("acknowledge", "A", "acknowledge", "Confirm to the customer that it has arrived."),
    _step("update", "p", "progress", "Tell the customer how far it is."),
    _step("workaround", "W", "workaround", "Record a way round the fault."),
    Action("ticket.more", "m", "more steps", "Choose among all steps of this ticket.", _STEPS,
           needs_ticket=True, writes=True),
    Action("ticket.undo", "u", "undo", "Take back the last thing you did, on every ticket you did"
           " it to.", _STEPS, writes=True),
    Action("ticket.book", "b", "book a visit", "See the next visits that fit the ticket, and book"
           " one or send an engineer at once.", _STEPS, needs_ticket=True, writes=True),
    Action("ticket.why", "w", "why?", "Show how a clock's due time comes about.", _STEPS,
           needs_ticket=True),
    Action("ticket.copy", "y", "copy", "Copy number, subject and customer to the clipboard.",
           _STEPS, needs_ticket=True),
)  # fmt: skip
