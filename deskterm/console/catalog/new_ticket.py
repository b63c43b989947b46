"""What works while a new ticket is written."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_NEW: Final = "New ticket"

ACTIONS: Final = (
    Action("new.open", "ctrl+s", "open it", "Open the ticket.", _NEW, footer=True, priority=True,
           writes=True),
    Action("new.field", "tab", "next field", "Go to the next field.", _NEW, footer=True),
    Action("new.look", "ctrl+o", "look", "Look at the ticket that may be the same; the form stays"
           " as it is.", _NEW, priority=True),
    Action("new.add", "ctrl+l", "add to it", "Add what was typed to the ticket that may be the"
           " same, instead of opening another.", _NEW, priority=True, writes=True),
    Action("new.fresh", "ctrl+n", "start afresh", "Throw the draft away and begin with nothing.",
           _NEW, footer=True, priority=True),
)  # fmt: skip
