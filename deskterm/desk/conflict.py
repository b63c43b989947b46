"""Two agents never overwrite each other: the second one sees what the first one did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from deskterm.desk.errors import Conflict, FieldChange
from deskterm.desk.events import event_views
from deskterm.desk.rewriting import Loaded
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import TicketState, fold

#: What the desk writes by itself, or beside the ticket, overwrites nobody's work.
_HARMLESS: Final = frozenset({"told", "redacted", "linked"})

#: What a ticket's state is compared by, and the name of the field a step knows it under.
_COMPARED: Final[Mapping[str, str]] = {
    "status": "status",
    "type": "type",
    "priority": "priority",
    "impact": "impact",
    "urgency": "urgency",
    "agent_id": "agent",
    "hold_reason": "reason",
    "awaiting": "awaiting",
    "chase_us": "chase_us",
    "subject": "subject",
    "body": "body",
    "reference": "reference",
    "request_class": "request_class",
    "affected": "affected",
    "contact_id": "contact",
    "site_id": "site",
    "channel": "channel",
}


def check_version(
    tx: Tx, ticket: Loaded, version: int | None, yours: Mapping[str, Any]
) -> None:
    """Raise `Conflict` where somebody has changed the ticket since `version`.

    None means that nothing was read before: the ticket as it is now is what is meant.
    """
    if version is None or version >= ticket.version:
        return
    theirs = [
        event
        for event in ticket.history
        if event.id > version and event.kind not in _HARMLESS
    ]
    if not theirs:
        return
    before = fold(ticket.policy, [event for event in ticket.history if event.id <= version])
    views = event_views(tx, theirs, ticket.history)
    who = ", ".join(dict.fromkeys(str(view.agent or "the desk") for view in views))
    raise Conflict(
        f"{who} changed {ticket.number} while you were at it; look, then decide.",
        theirs=views,
        fields=changed_fields(before, ticket.state, yours),
        yours=dict(yours),
        version=ticket.version,
    )


def changed_fields(
    before: TicketState, now: TicketState, yours: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """Every field that is no longer what it was, beside what was wanted for it."""
    return tuple(
        FieldChange(name, getattr(before, attribute), getattr(now, attribute), yours.get(name))
        for attribute, name in _COMPARED.items()
        if getattr(before, attribute) != getattr(now, attribute)
    )
