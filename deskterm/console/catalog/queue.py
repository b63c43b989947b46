"""What the queue adds to the steps of a ticket."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from deskterm.console.actions import Action
from deskterm.console.catalog import everywhere

_QUEUE: Final = "Queue"
_MOVE: Final = "Moving"

SAVE: Final = Action(
    "queue.save-view", "ctrl+s", "save as a view", "Keep the filter as a view of your own.", _QUEUE,
    writes=True,
)  # fmt: skip

_FILTER: Final = "While a filter is typed"

#: What works while a filter is typed; other keys are text.
FILTERING: Final = (
    Action("filter.keep", "enter", "to the list", "Keep the filter and go to the list.", _FILTER,
           footer=True),
    Action("app.back", "escape", "clear", "Clear the filter; it is offered again next time.",
           _FILTER, footer=True),
    replace(SAVE, footer=True, group=_FILTER),
    *everywhere.WHILE_TYPING,
)  # fmt: skip

ACTIONS: Final = (
    Action("queue.filter", "slash", "filter", "Show only what matches, as you type.", _QUEUE,
           footer=True),
    Action("queue.open", "enter", "open", "Open the selected ticket.", _QUEUE, footer=True,
           needs_ticket=True, spare=1),
    Action("queue.mark", "space", "mark", "Mark the ticket for a step on several at once.", _QUEUE,
           needs_ticket=True),
    Action("queue.take", "T", "take next", "Take the next ticket nobody has.", _QUEUE, writes=True),
    Action("queue.sort", "s", "sort", "Choose the column to sort by; again to turn it round.",
           _QUEUE),
    Action("queue.next-view", "right_square_bracket", "next view", "Go to the next view.", _QUEUE),
    Action("queue.previous-view", "left_square_bracket", "previous view",
           "Go to the view before.", _QUEUE),
    Action("queue.view", "1", "view", "Go to the view with that number in the list.", _QUEUE,
           numbered=True),
    SAVE,
    Action("queue.forget-view", "", "forget this view", "Delete the saved view shown now.", _QUEUE,
           writes=True),
    Action("queue.preview", "v", "preview", "Show or hide the selected ticket below the list.",
           _QUEUE),
    Action("move.down", "j,down", "down", "Next ticket.", _MOVE),
    Action("move.up", "k,up", "up", "Ticket before.", _MOVE),
    Action("move.page-down", "pagedown,ctrl+d", "page down", "A page down.", _MOVE),
    Action("move.page-up", "pageup,ctrl+u", "page up", "A page up.", _MOVE),
    Action("move.first", "g,home", "first", "First ticket of the view.", _MOVE),
    Action("move.last", "G,end", "last", "Last ticket of the view.", _MOVE),
)  # fmt: skip
