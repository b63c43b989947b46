"""Every action of the console, one file per screen. Plain data: nothing here imports Textual."""

from __future__ import annotations

from deskterm.console.actions import Action


def everything() -> tuple[Action, ...]:
    """All actions of all screens, in the order help and README show them."""
    from deskterm.console.catalog import (
        customers,
        dialogs,
        everywhere,
        ledger,
        new_ticket,
        queue,
        settings,
        sheet,
        ticket,
        tickets,
        triage,
        visit,
        visits,
    )

    seen: dict[str, Action] = {}
    for action in (
        *tickets.ACTIONS,
        *queue.ACTIONS,
        *ticket.ACTIONS,
        *customers.ACTIONS,
        *everywhere.ACTIONS,
        *dialogs.ACTIONS,
        *triage.ACTIONS,
        *settings.ACTIONS,
        *new_ticket.ACTIONS,
        *visits.ACTIONS,
        *visit.ACTIONS,
        *sheet.ACTIONS,
        *ledger.ACTIONS,
    ):
        seen.setdefault(action.id, action)
    return tuple(seen.values())
