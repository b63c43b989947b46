"""Keeping the record right: links, corrections, taking back and erasing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskterm.desk.errors import Refused
from deskterm.desk.journal import JournalEvent
from deskterm.desk.model import Agent, StepField
from deskterm.desk.steps.base import (
    SUPERVISOR,
    Case,
    Fields,
    Plan,
    Planned,
    Step,
    needed,
    one_of,
    said,
    whole,
    writing,
)
from deskterm.desk.ticket_state import standing

LINK_KINDS: Final = {
    "related": "is related to",
    "duplicate": "is a duplicate of",
    "parent": "is part of",
    "caused_by": "was caused by",
}

EDITABLE: Final = {
    "subject": "Subject",
    "body": "Description",
    "reference": "Customer's reference",
    "request_class": "Class",
    "affected": "Users affected",
    "contact_id": "Contact",
    "site_id": "Site",
    "channel": "Channel",
    "chase_us": "Chase date",
}
_WHOLE: Final = frozenset({"affected", "contact_id", "site_id", "chase_us"})

#: Events that nothing takes back: what has been told or erased stays so.
_FINAL: Final = frozenset({"opened", "undone", "redacted", "told"})


def _link(case: Case, fields: Fields) -> Plan:
    other = whole(fields, "other")
    if other is None:
        raise Refused("It needs the number of the other ticket.")
    if other == case.number:
        raise Refused("A ticket cannot be linked with itself.")
    case.desk.ticket(other)
    kind = one_of(fields, "kind", LINK_KINDS, "kind of link") or "related"
    if (kind, other) in case.state.links:
        raise Refused(f"It {LINK_KINDS[kind]} {other} already.")
    return Plan(
        (Planned("linked", {"other": other, "kind": kind}),), f"It {LINK_KINDS[kind]} {other}."
    )


LINK: Final = Step(
    id="link",
    label="Link",
    event="linked",
    make=_link,
    fields=(
        StepField("other", "Other ticket", "ticket", required=True),
        StepField(
            "kind", "How", "choice", choices=tuple(LINK_KINDS.items()), initial="related"
        ),
    ),
    help="Note that it has to do with another ticket.",
    writes=writing(),
)


def _edit(case: Case, fields: Fields) -> Plan:
    name = str(fields.get("field") or "")
    own = name.removeprefix("fields.")
    if name not in EDITABLE and own == name:
        raise Refused(f"“{name}” cannot be changed; only {', '.join(EDITABLE)}.")
    old = case.state.fields.get(own) if own != name else getattr(case.state, name)
    new: Any
    if name in _WHOLE:
        new = whole(fields, "new")
    elif name == "subject":
        new = needed(fields, "new", "a subject").replace("\n", " ")
    else:
        new = said(fields, "new", lines=name == "body" or own != name) or None
    if new == old:
        raise Refused("It says that already.")
    label = EDITABLE.get(name, own)
    return Plan((Planned("edited", {"field": name, "old": old, "new": new}),), f"{label} changed.")


def _edited(fields: Fields) -> frozenset[str]:
    return frozenset({str(fields.get("field") or "")})


EDIT: Final = Step(
    id="edit",
    label="Edit",
    event="edited",
    make=_edit,
    fields=(
        StepField("field", "Field", "choice", required=True, choices=tuple(EDITABLE.items())),
        StepField("new", "New value", "text", needed="for the subject",
                  needed_if=("field", ("subject",))),
    ),
    help="Correct what was written down when it was opened.",
    writes=_edited,
)


def takes_back(history: Sequence[JournalEvent], me: Agent) -> JournalEvent | None:
    """The agent's last event on the ticket that stands and can be taken back."""
    for event in sorted(standing(history), key=lambda event: event.id, reverse=True):
        if event.agent_id == me.id and event.kind not in _FINAL and "with" not in event.data:
            return event
    return None


def _something_to_undo(case: Case) -> str | None:
    if takes_back(case.history, case.me) is None and case.me.role != "supervisor":
        return "You have done nothing on it that could be taken back."
    return None


def _undo(case: Case, fields: Fields) -> Plan:
    event_id = whole(fields, "event_id")
    if event_id is None:
        event = takes_back(case.history, case.me)
        if event is None:
            raise Refused("You have done nothing on it that could be taken back.")
    else:
        found = [event for event in case.history if event.id == event_id]
        if not found:
            raise Refused(f"There is no event {event_id} on this ticket.")
        event = found[0]
    if event.kind in _FINAL or event.redacted:
        raise Refused(f"An event of the kind “{event.kind}” cannot be taken back.")
    if event not in standing(case.history):
        raise Refused("It has been taken back already.")
    if event.agent_id != case.me.id and case.me.role != "supervisor":
        raise Refused("Somebody else did that; only they or a supervisor can take it back.")
    together = [
        other.id
        for other in standing(case.history)
        if other.id == event.id or other.data.get("with") == event.id
    ]
    return Plan(
        tuple(Planned("undone", {"undoes": number}) for number in together),
        f"Taken back: {event.kind.replace('_', ' ')}.",
    )


UNDO: Final = Step(
    id="undo",
    label="Undo",
    event="undone",
    make=_undo,
    fields=(StepField("event_id", "Event", "number"),),
    guard=_something_to_undo,
    undoable=False,
    help="Take back your last act on this ticket; clocks are then as if it had not happened.",
    writes=writing(),
)


def _redact(case: Case, fields: Fields) -> Plan:
    event_id = whole(fields, "event_id")
    reason = needed(fields, "reason", "a reason")
    found = [event for event in case.history if event.id == event_id]
    if not found:
        raise Refused("It needs the number of an event on this ticket.")
    if found[0].redacted:
        raise Refused("Its words have been erased already.")
    if found[0].kind in ("redacted", "undone"):
        raise Refused("There are no words in it to erase.")
    return Plan(
        (Planned("redacted", {"redacts": event_id, "reason": reason}),),
        "Erased.",
        erases=event_id,
    )


REDACT: Final = Step(
    id="redact",
    label="Erase words",
    event="redacted",
    make=_redact,
    fields=(
        StepField("event_id", "Event", "number", required=True),
        StepField("reason", "Reason", "line", required=True),
    ),
    roles=SUPERVISOR,
    undoable=False,
    asks="The words are gone for good, from here and from search. Go on?",
    help="Erase personal data on request: the words go, the record that there were some stays.",
    writes=writing(),
)
