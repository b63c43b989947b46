"""What the screen of one ticket adds to its steps."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_ONE: Final = "One ticket"

ACTIONS: Final = (
    Action("ticket-screen.what-if", "f", "what if", "See its due times if it were held, or of"
           " another priority; nothing is saved.", _ONE, footer=True, needs_ticket=True),
    Action("ticket-screen.next", "right_square_bracket,J", "next ticket",
           "The next ticket of the list.", _ONE),
    Action("ticket-screen.previous", "left_square_bracket,K", "ticket before",
           "The ticket before it in the list.", _ONE),
    Action("ticket-screen.down", "down,j", "down", "Read on.", _ONE),
    Action("ticket-screen.up", "up,k", "up", "Read back.", _ONE),
    Action("ticket-screen.page-down", "pagedown,space", "page down", "A page on.", _ONE),
    Action("ticket-screen.page-up", "pageup", "page up", "A page back.", _ONE),
    Action("ticket-screen.first", "g,home", "start", "The beginning of its history.", _ONE),
    Action("ticket-screen.last", "G,end", "end", "What happened last.", _ONE),
)  # fmt: skip
