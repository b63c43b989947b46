"""Two agents never overwrite each other: the second one sees what the first one did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from deskterm.desk.errors import Conflict, FieldChange
from deskterm.desk.events import agent_names, event_views
from deskterm.desk.journal import JournalEvent
from deskterm.desk.model import Agent
from deskterm.desk.rewriting import Loaded
from deskterm.desk.steps import Step
from deskterm.desk.steps.holds import hold_reasons
from deskterm.desk.steps.triage import type_names
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import TicketState, fold, standing
from deskterm.policy.document import Policy

#: What the desk writes by itself, or beside the ticket, overwrites nobody's work.
_HARMLESS: Final = frozenset({"told", "redacted", "linked"})
#: What several may do one after the other without getting into each other's way.
_BESIDE: Final = frozenset({"noted", "linked", "undone", "redacted", "assigned", "edited"})

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
_OWN: Final = "fields."

Wanted = Callable[[], TicketState | None]
"""The ticket as the step would leave it, on top of theirs; None where it can no longer be taken."""


def check_version(
    tx: Tx,
    step: Step,
    ticket: Loaded,
    version: int | None,
    yours: Mapping[str, Any],
    me: Agent,
    wanted: Wanted,
) -> None:
    """Raise `Conflict` where somebody else has done what this step has to know of since `version`.

    What that is, the step says (`Step.writes`); one's own work is nobody to give way to. None
    means that nothing was read before: the ticket as it is now is what is meant.
    """
    if version is None or version >= ticket.version:
        return
    theirs = _theirs(ticket.history, version, me)
    if not theirs:
        return
    read = [event for event in ticket.history if event.id <= version]
    before, after = fold(ticket.policy, read), fold(ticket.policy, [*read, *theirs])
    changed = [name for name in _compared(before, after) if _differs(before, after, name)]
    if step.writes is not None:
        same = step.event not in _BESIDE and any(event.kind == step.event for event in theirs)
        if not same and not step.writes(yours) & set(changed):
            return
    mine = wanted()
    words = _Words(tx, ticket.policy)
    fields = tuple(_change(name, before, after, mine, yours, words) for name in changed)
    views = event_views(tx, theirs, ticket.history)
    who = ", ".join(dict.fromkeys(str(view.agent or "the desk") for view in views))
    raise Conflict(
        f"{who} changed {ticket.number} while you were at it ({_told(fields, theirs)});"
        " look, then decide.",
        theirs=views,
        fields=fields,
        yours=dict(yours),
        version=ticket.version,
    )


def _theirs(history: Sequence[JournalEvent], version: int, me: Agent) -> list[JournalEvent]:
    """What others did since and still stands, or took back of what was there."""
    stands = {event.id for event in standing(history)}
    stood = {event.id for event in history if event.id <= version or event.agent_id == me.id}
    return [
        event
        for event in history
        if event.id > version
        and event.agent_id != me.id
        and event.kind not in _HARMLESS
        and (event.id in stands or event.data.get("undoes") in stood)
    ]


def _compared(before: TicketState, after: TicketState) -> list[str]:
    own = dict.fromkeys((*before.fields, *after.fields))
    return [*_COMPARED, *(f"{_OWN}{name}" for name in own)]


def _value(state: TicketState, name: str) -> Any:
    if name.startswith(_OWN):
        return state.fields.get(name.removeprefix(_OWN))
    return getattr(state, name)


def _differs(before: TicketState, after: TicketState, name: str) -> bool:
    was, now = _value(before, name), _value(after, name)
    # The first act of anybody opens a new ticket; nobody decides on that.
    return bool(was != now) and not (name == "status" and (was, now) == ("new", "open"))


def _change(
    name: str,
    before: TicketState,
    after: TicketState,
    mine: TicketState | None,
    yours: Mapping[str, Any],
    words: _Words,
) -> FieldChange:
    field = _COMPARED.get(name, name.removeprefix(_OWN))
    was, theirs = _value(before, name), _value(after, name)
    wanted = yours.get(field) if mine is None else _value(mine, name)
    if mine is not None and wanted == theirs:
        wanted = yours.get(field)
    said = (words.of(name, was), words.of(name, theirs), words.of(name, wanted))
    return FieldChange(field, was, theirs, wanted, said)


def _told(fields: Sequence[FieldChange], theirs: Sequence[JournalEvent]) -> str:
    if not fields:
        return ", ".join(dict.fromkeys(event.kind.replace("_", " ") for event in theirs))
    return ", ".join(
        f"{change.field.replace('_', ' ').removesuffix(' us')} is now"
        f" {' '.join((change.words or ('', '', ''))[1].split()) or 'nothing'}"
        for change in fields
        if change.field != "status" or len(fields) == 1
    )


class _Words:
    """What the ids of a ticket's state are called."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx = tx
        self._policy = policy

    def of(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        policy, key = self._policy, str(value)
        if name == "agent_id":
            found = agent_names(self._tx).get(value) if isinstance(value, int) else None
            return str(found or key)
        if name in ("contact_id", "site_id"):
            table = name.removesuffix("_id")
            found = self._tx.value(f"SELECT name FROM {table} WHERE id = :id", id=value)
            return str(found or key)
        known: Mapping[str, str] = {}
        if name == "priority":
            known = {level.id: level.name for level in policy.priorities}
        elif name in ("impact", "urgency"):
            known = {each.id: each.name for each in getattr(policy.triage, name)}
        elif name == "hold_reason":
            known = hold_reasons(policy)
        elif name == "type":
            known = type_names(policy)
        elif name == "request_class":
            known = {entry.id: entry.name for entry in policy.classes}
        return known.get(key, key)
