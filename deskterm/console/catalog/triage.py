"""What works in triage beside the keys of every window."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_TRIAGE: Final = "Triage"

ACTIONS: Final = (
    Action("triage.set", "enter", "set", "Set what is under the cursor.", _TRIAGE, footer=True),
    Action("triage.type", "y", "type", "Choose the next type of ticket.", _TRIAGE, footer=True),
    Action("triage.class", "c", "class", "Choose what class of request it is.", _TRIAGE,
           footer=True),
    Action("triage.down", "down,j", "down", "Next row.", _TRIAGE),
    Action("triage.up", "up,k", "up", "Row before.", _TRIAGE),
    Action("triage.right", "right,l", "right", "Next column.", _TRIAGE),
    Action("triage.left", "left,h", "left", "Column before.", _TRIAGE),
)  # fmt: skip
