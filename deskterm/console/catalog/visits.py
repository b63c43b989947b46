"""What works in the planner of visits."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action
from deskterm.console.catalog.sheet import OPEN

_VISITS: Final = "Visits"

ACTIONS: Final = (
    Action("visits.book", "enter", "book", "Book the slot under the cursor; in a list, open the"
           " customer's week.", _VISITS, footer=True),
    Action("visits.move", "m", "move", "Move the visit under the cursor to another slot.", _VISITS,
           footer=True, writes=True),
    Action("visits.cancel", "c", "cancel", "Cancel the visit, saying by whom and why; it stays"
           " owed.", _VISITS, footer=True, writes=True),
    Action("visits.series", "s", "series", "Book every week or fortnight in term from this slot"
           " on.", _VISITS, footer=True, writes=True),
    Action("visits.attend", "g", "arrive, depart", "Record that the engineer has arrived, then"
           " that they have left.", _VISITS, footer=True, writes=True),
    Action("visits.customer", "slash", "customer", "Choose whose week is shown.", _VISITS,
           footer=True),
    Action("visits.reassign", "e", "engineer", "Give the visit to another engineer.", _VISITS,
           writes=True),
    Action("visits.no-show", "n", "no-show", "Record that the visit did not happen; it stays"
           " owed.", _VISITS, writes=True),
    Action("visits.in-lieu", "l", "remote in lieu", "Replace a visit prevented from outside by"
           " minutes of remote support.", _VISITS, writes=True),
    Action("visits.undo", "u", "undo", "Take back the last thing you did or, before that,"
           " the last step on this visit.", _VISITS, writes=True),
    Action("visits.forfeit", "F", "let lapse", "A supervisor lets a cancelled or missed visit"
           " lapse, saying why; it is no longer owed.", _VISITS, writes=True),
    Action("visits.overlap", "O", "book over", "A supervisor books the slot over another visit,"
           " saying why.", _VISITS, writes=True),
    Action("visits.ledger", "b", "balance", "Show every line behind the balance of visits.",
           _VISITS, footer=True),
    OPEN,
    Action("visits.affected", "x", "affected", "Visits that a closure or leave entered later has"
           " made impossible, each with another time to take.", _VISITS),
    Action("visits.ics", "i", ".ics", "Write the calendar of this customer or engineer to a"
           " file.", _VISITS),
    Action("visits.who", "f", "whose", "Show all engineers, or only one.", _VISITS,
           footer=True),
    Action("visits.my-day", "d", "my day", "My visits today with address, access and open"
           " tickets.", _VISITS, footer=True),
    Action("visits.agenda", "a", "agenda", "The visits of this week as a list.", _VISITS),
    Action("visits.month", "M", "month", "Five weeks at a glance.", _VISITS),
    Action("visits.all", "o", "all customers", "How the visits of every customer stand.", _VISITS),
    Action("visits.next-week", "right_square_bracket", "next week", "One week on.", _VISITS,
           footer=True),
    Action("visits.previous-week", "left_square_bracket", "week before", "One week back.", _VISITS),
    Action("visits.today", "t", "today", "The week of today.", _VISITS),
    Action("visits.left", "left,h", "day before", "One day back.", _VISITS),
    Action("visits.right", "right", "next day", "One day on.", _VISITS),
    Action("visits.up", "up,k", "up", "Slot or line above.", _VISITS),
    Action("visits.down", "down,j", "down", "Slot or line below.", _VISITS),
)  # fmt: skip
