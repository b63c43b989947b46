"""What works on a visit's checklists."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action
from deskterm.console.catalog.sheet import OPEN

_VISIT: Final = "A visit"

ACTIONS: Final = (
    Action("visit.ok", "enter,space", "ok", "This is in order.", _VISIT, footer=True, writes=True),
    Action("visit.fault", "f", "fault", "This is not; say what was found.", _VISIT, footer=True,
           writes=True),
    Action("visit.not-applicable", "x", "not applicable", "There is none here.", _VISIT,
           footer=True, writes=True),
    Action("visit.ticket", "t", "ticket", "Open a ticket for what was found.", _VISIT,
           footer=True, writes=True),
    OPEN,
    Action("visit.unit", "n", "new AV unit", "Add a piece of classroom AV to those of the site.",
           _VISIT, writes=True),
    Action("visit.history", "h", "history", "Everything that happened to the visit; a supervisor"
           " can erase what somebody wrote.", _VISIT),
)  # fmt: skip
