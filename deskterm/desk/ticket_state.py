"""What a ticket is, as a fold over its history. The ticket's row is this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from deskterm.desk.journal import JournalEvent
from deskterm.desk.kinds import ACTS
from deskterm.desk.model import Status
from deskterm.policy.document import Policy
from deskterm.sla.facts import Event, TicketFacts
from deskterm.sla.timeline import Choice, choose, chosen_at_opening, effective

ERASED: Final = "(erased)"

#: Fields of a ticket that ``edited`` may change.
EDITABLE: Final = (
    "subject", "body", "reference", "request_class", "affected", "contact_id", "site_id",
    "chase_us", "channel",
)  # fmt: skip


@dataclass(slots=True)
class TicketState:
    """A ticket after its history so far. Instants in microseconds since the epoch UTC."""

    opened_us: int
    opened: Mapping[str, Any]
    """What the opening said; agreement, policy snapshot, package and region never change."""
    subject: str
    body: str
    type: str
    priority: str | None
    impact: str | None
    urgency: str | None
    reference: str | None = None
    request_class: str | None = None
    affected: int | None = None
    contact_id: int | None = None
    site_id: int | None = None
    channel: str | None = None
    agent_id: int | None = None
    status: Status = "new"
    updated_us: int = 0
    resolved_us: int | None = None
    closed_us: int | None = None
    hold_reason: str | None = None
    awaiting: str | None = None
    chase_us: int | None = None
    merged_into: int | None = None
    voided: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    """Further intake fields, by the policy's field name."""
    links: dict[tuple[str, int], None] = field(default_factory=dict)
    """(kind, other number), in the order they were made."""

    @property
    def live(self) -> bool:
        """Whether it is still to be done."""
        return self.status in ("new", "open", "held")


def opening(history: Sequence[JournalEvent]) -> JournalEvent:
    """The event that opened the ticket; a callout sent for it later counts from there on."""
    opened = next(event for event in history if event.kind == "opened")
    sent = [event.id for event in history if event.kind == "edited" and _sends_callout(event)]
    if not sent:
        return opened
    undone = {event.data.get("undoes") for event in history if event.kind == "undone"}
    if undone.issuperset(sent):
        return opened
    return opened._replace(data={**opened.data, "emergency_callout": True})


def _sends_callout(event: JournalEvent) -> bool:
    return event.data.get("field") == "emergency_callout" and bool(event.data.get("new"))


def standing(history: Sequence[JournalEvent]) -> list[JournalEvent]:
    """The events that stand, by time, ties as written; what was undone is left out."""
    by_id = {event.id: event for event in history}
    latest = max(event.at_us for event in history)
    return [by_id[int(event.id or 0)] for event in effective(sla_events(history), latest)]


def fold(policy: Policy, history: Sequence[JournalEvent]) -> TicketState:
    """The state after `history`, whose first entry is the opening."""
    opened = opening(history)
    data = opened.data
    facts = ticket_facts(opened)
    choice = chosen_at_opening(policy, facts)
    state = TicketState(
        opened_us=opened.at_us,
        opened=data,
        subject=data.get("subject", ERASED),
        body=data.get("body", ""),
        type=facts.type,
        priority=choice.in_force(policy),
        impact=choice.impact,
        urgency=choice.urgency,
        reference=data.get("reference"),
        request_class=data.get("class"),
        affected=data.get("affected"),
        contact_id=data.get("contact_id"),
        site_id=data.get("site_id"),
        channel=data.get("channel"),
        agent_id=data.get("agent_id"),
        fields=dict(data.get("fields") or {}),
    )
    state.updated_us = max(event.at_us for event in history)
    for event in standing(history):
        if event.kind in ("triaged", "reprioritised"):
            choice = choose(policy, choice, event.data)
            _chosen(state, policy, choice)
        _apply(state, event)
    return state


def _chosen(state: TicketState, policy: Policy, choice: Choice) -> None:
    state.type, state.priority = choice.type, choice.in_force(policy)
    state.impact, state.urgency = choice.impact, choice.urgency


def _apply(state: TicketState, event: JournalEvent) -> None:
    kind, data = event.kind, event.data
    if state.status == "new" and (
        kind in ACTS or (kind == "noted" and event.agent_id is not None)
    ):
        state.status = "open"
    if kind == "assigned":
        state.agent_id = data.get("agent_id")
    elif kind in ("triaged", "reprioritised"):
        state.request_class = data.get("class", state.request_class)
        state.affected = data.get("affected", state.affected)
    elif kind == "edited":
        _edit(state, data)
    elif kind == "linked":
        state.links[data["kind"], data["other"]] = None
    elif kind == "held" and state.live:
        state.status = "held"
        state.hold_reason = data.get("reason") or "other"
        state.awaiting = data.get("awaiting")
        state.chase_us = data.get("chase_us")
    elif kind == "resumed" and state.status == "held":
        state.status = "open"
        _unhold(state)
    elif kind == "resolved":
        state.status, state.resolved_us = "resolved", event.at_us
        _unhold(state)
    elif kind == "reopened":
        state.status, state.resolved_us, state.closed_us = "open", None, None
    elif kind in ("closed", "merged", "voided"):
        state.status, state.closed_us = "closed", event.at_us
        _unhold(state)
        state.voided = kind == "voided"
        if kind == "merged":
            state.merged_into = data["into"]
            state.links["merged", data["into"]] = None


def _unhold(state: TicketState) -> None:
    state.hold_reason = state.awaiting = state.chase_us = None


def _edit(state: TicketState, data: Mapping[str, Any]) -> None:
    name, new = str(data.get("field")), data.get("new")
    if name.startswith("fields."):
        state.fields[name.removeprefix("fields.")] = new if new is not None else ERASED
    elif name in EDITABLE:
        setattr(state, name, ERASED if new is None and name == "subject" else new)


def ticket_facts(opened: JournalEvent) -> TicketFacts:
    """What the clocks need of an opening."""
    data = opened.data
    return TicketFacts(
        opened_us=opened.at_us,
        type=data.get("type") or "incident",
        priority=data.get("priority"),
        channel=data.get("channel"),
        tier=data.get("tier"),
        emergency_callout=bool(data.get("emergency_callout")),
        impact=data.get("impact"),
        urgency=data.get("urgency"),
    )


def sla_events(history: Iterable[JournalEvent]) -> list[Event]:
    """A history as the clocks take it."""
    return [Event(event.at_us, event.kind, event.data, event.id) for event in history]
