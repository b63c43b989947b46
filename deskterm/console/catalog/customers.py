"""What works among the customers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from deskterm.console.actions import Action
from deskterm.console.catalog import tickets

_CUSTOMERS: Final = "Customers"
_MOVE: Final = "Moving"

#: A ticket of the customer in hand; otherwise the same action as everywhere.
NEW: Final = replace(tickets.NEW, tooltip="Open a new ticket of this customer.", footer=True)

#: What the footer shows while a name is typed.
FILTERING: Final = (
    Action("filter.keep", "enter", "to the list", "Keep the filter and go to the list.", _CUSTOMERS,
           footer=True),
    Action("app.back", "escape", "clear", "Show all customers again.", _CUSTOMERS, footer=True),
)  # fmt: skip

#: While open clocks are moved.
LET_GO: Final = Action("app.back", "escape", "stop", "Let the rest of the clocks move later, by"
                       " themselves.", _CUSTOMERS, footer=True)  # fmt: skip

ACTIONS: Final = (
    Action("customers.filter", "slash", "find", "Show only customers with these words in their"
           " name, as you type.", _CUSTOMERS, footer=True),
    Action("customers.open", "enter", "open", "Go to the card; on the card, open the ticket or"
           " change the person, place or variation under the cursor.", _CUSTOMERS, footer=True),
    Action("customers.side", "tab", "list or card", "Go between the list and the card.",
           _CUSTOMERS),
    NEW,
    Action("customers.week", "w", "week of visits", "Plan the visits of this customer.",
           _CUSTOMERS),
    Action("customers.vary", "v", "variation", "Enter a dated change to the agreement: bought"
           " hours, a shutdown, a changed target.", _CUSTOMERS, footer=True, writes=True),
    Action("customers.contact", "c", "contact", "Add a person.", _CUSTOMERS, footer=True,
           writes=True),
    Action("customers.site", "s", "site", "Add a place that is visited.", _CUSTOMERS, footer=True,
           writes=True),
    Action("customers.notes", "o", "notes", "Write what everybody should know of this customer.",
           _CUSTOMERS, writes=True),
    Action("customers.edit", "e", "name and ways", "Change the customer's name, phone and mail"
           " domain.", _CUSTOMERS, writes=True),
    Action("customers.agreement", "p", "agreement", "Change what the customer has bought: package,"
           " phase, first and last day, visits.", _CUSTOMERS, writes=True),
    Action("customers.closure", "d", "shutdown dates", "Enter this year's dates of the closure the"
           " agreement speaks of, for all its customers.", _CUSTOMERS, writes=True),
    Action("customers.withdraw", "x", "take back", "Take back the variation under the cursor;"
           " verdicts given under it stay.", _CUSTOMERS, writes=True),
    Action("customers.add", "a", "new customer", "Add a customer with an agreement.", _CUSTOMERS,
           footer=True, writes=True),
    Action("move.down", "j,down", "down", "Next line.", _MOVE),
    Action("move.up", "k,up", "up", "Line before.", _MOVE),
    Action("move.page-down", "pagedown,ctrl+d", "page down", "A page down.", _MOVE),
    Action("move.page-up", "pageup,ctrl+u", "page up", "A page up.", _MOVE),
    Action("move.first", "g,home", "first", "To the top.", _MOVE),
    Action("move.last", "G,end", "last", "To the end.", _MOVE),
)  # fmt: skip
