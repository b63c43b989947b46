"""Where screens and dialogs are, by name; each is imported when it is first gone to.

To add a screen, put a line into `SCREENS`; to give a step a dialog of its own in place of the one
made from its fields, put a line into `STEP_DIALOGS`. Nothing else has to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

#: Name of a ``go.`` action to the screen it goes to, in the order of the header line.
SCREENS: Final[Mapping[str, str]] = {
    "queue": "deskterm.console.screens.queue:QueueScreen",
    "customers": "deskterm.console.screens.customers:CustomersScreen",
    "visits": "deskterm.console.screens.visits:VisitsScreen",
}

#: Step id to the dialog that asks for it, ``Dialog(desk, numbers, sent, wrong)`` returning the
#: step's fields; `sent` are those the desk has said `wrong` to, None at first.
STEP_DIALOGS: Final[Mapping[str, str]] = {
    "triage": "deskterm.console.dialogs.triage:TriageDialog",
}

#: Windows over a screen that any screen may open, by the handler's name.
WINDOWS: Final[Mapping[str, str]] = {
    "help": "deskterm.console.dialogs.help:HelpDialog",
    "why": "deskterm.console.dialogs.why:WhyDialog",
    "step": "deskterm.console.dialogs.step:StepDialog",
    "waiting": "deskterm.console.dialogs.waiting:WaitingDialog",
    "bulk": "deskterm.console.dialogs.bulk:BulkDialog",
    "choose": "deskterm.console.dialogs.choose:ChooseDialog",
    "ticket": "deskterm.console.screens.ticket:TicketScreen",
    "new": "deskterm.console.screens.new_ticket:NewTicketScreen",
    "ticket-visit": "deskterm.console.dialogs.ticket_visit:TicketVisitDialog",
    "visit": "deskterm.console.dialogs.visit:VisitDialog",
    "visit-sheet": "deskterm.console.dialogs.visit_sheet:VisitSheetDialog",
    "series": "deskterm.console.dialogs.series:SeriesDialog",
    "ledger": "deskterm.console.dialogs.ledger:LedgerDialog",
    "find-customer": "deskterm.console.dialogs.find_customer:FindCustomerDialog",
    "first-run": "deskterm.console.dialogs.first_run:FirstRunDialog",
    "settings": "deskterm.console.dialogs.settings:SettingsDialog",
    "keys": "deskterm.console.dialogs.keys:KeysDialog",
    "what-if": "deskterm.console.dialogs.what_if:WhatIfDialog",
    "conflict": "deskterm.console.dialogs.conflict:ConflictDialog",
}


def load(place: str) -> Any:
    """The class at ``package.module:Class``."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
