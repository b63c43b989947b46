"""Triage: how wide and how bad a ticket is, and so which promises hold."""

from __future__ import annotations

from typing import Any, Final

from deskterm.desk.errors import Refused
from deskterm.desk.model import StepField
from deskterm.desk.steps.base import (
    Case,
    Fields,
    Plan,
    Planned,
    Step,
    one_of,
    said,
    while_live,
    whole,
    without_nothing,
    writing,
)
from deskterm.desk.ticket_state import standing
from deskterm.policy.document import Policy, RequestClass
from deskterm.policy.vocabulary import TICKET_TYPE_NAMES, TICKET_TYPES


def type_names(policy: Policy) -> dict[str, str]:
    """Ticket types and what the policy calls them."""
    return {
        kind: policy.types[kind].name if kind in policy.types else TICKET_TYPE_NAMES[kind]
        for kind in TICKET_TYPES
    }


def chosen(policy: Policy, fields: Fields, *, before: dict[str, Any]) -> dict[str, Any]:
    """Type, class, impact, urgency and priority as `fields` choose them over `before`.

    What a type or a class fixes counts over what was asked for; impact and urgency give the cell
    of the grid. Raises `Refused` for a name the policy does not know.
    """
    triage = policy.triage
    request_class = _class(policy, fields)
    ticket_type = one_of(fields, "type", type_names(policy), "type", by_name=True) or before.get(
        "type"
    )
    if request_class is not None and request_class.type:
        ticket_type = request_class.type
    impacts = {value.id: value.name for value in triage.impact}
    urgencies = {value.id: value.name for value in triage.urgency}
    impact = one_of(fields, "impact", impacts, "impact", by_name=True)
    urgency = one_of(fields, "urgency", urgencies, "urgency", by_name=True)
    levels = {level.id: level.name for level in policy.priorities}
    priority = one_of(fields, "priority", levels, "priority", by_name=True)
    fixed = policy.fixed_priority(ticket_type) or (
        request_class.priority if request_class is not None else None
    )
    if fixed is not None:
        priority, impact, urgency = fixed, None, None
    elif priority is None and (impact or urgency):
        impact, urgency = impact or before.get("impact"), urgency or before.get("urgency")
        if impact is None or urgency is None:
            missing = "urgency" if impact else "impact"
            raise Refused(f"The priority follows from impact and urgency; {missing} is missing.")
        priority = triage.grid[impact, urgency]
    return without_nothing(
        {
            "type": ticket_type,
            "class": request_class.id if request_class is not None else None,
            "impact": impact,
            "urgency": urgency,
            "priority": priority,
        }
    )


def _class(policy: Policy, fields: Fields) -> RequestClass | None:
    named = {entry.id: entry.name for entry in policy.classes}
    found = one_of(fields, "request_class", named, "class of requests", by_name=True)
    return policy.request_class(found) if found is not None else None


def _triage(case: Case, fields: Fields) -> Plan:
    state, policy = case.state, case.policy
    before = {"type": state.type, "impact": state.impact, "urgency": state.urgency}
    data = chosen(policy, fields, before=before)
    priority = data.get("priority") or state.priority
    if priority is None:
        raise Refused(
            "It needs a priority"
            + (", or impact and urgency." if policy.triage.kind == "grid" else ".")
        )
    data.setdefault("priority", priority)
    reason = said(fields, "reason")
    changes = state.priority is not None and priority != state.priority
    if changes and not reason and {priority, state.priority} & set(policy.triage.reason_for):
        old, new = policy.priority_name(state.priority), policy.priority_name(priority)
        raise Refused(f"Changing {old} to {new} needs a reason under {policy.name}.")
    data.update(without_nothing({"reason": reason, "affected": whole(fields, "affected")}))
    again = any(event.kind == "triaged" for event in standing(case.history))
    kind = "reprioritised" if again else "triaged"
    sentence = f"Priority is {policy.priority_name(priority)}."
    request_class = _class(policy, fields)
    if request_class is not None and request_class.quote:
        data["quote"] = request_class.quote
        sentence += f" A quote is needed from the {request_class.quote}."
    return Plan((Planned(kind, data),), sentence)


def _form(case: Case) -> tuple[StepField, ...]:
    policy, state = case.policy, case.state
    fields = [
        StepField(
            "type", "Type", "choice", choices=tuple(type_names(policy).items()), initial=state.type
        ),
        StepField(
            "priority", "Priority", "choice",
            choices=tuple((level.id, level.name) for level in policy.priorities),
            initial=state.priority,
        ),
    ]  # fmt: skip
    if policy.triage.kind == "grid":
        axes = (
            ("impact", "Impact", policy.triage.impact, state.impact),
            ("urgency", "Urgency", policy.triage.urgency, state.urgency),
        )
        fields += [
            StepField(
                name, label, "choice",
                choices=tuple((value.id, value.name) for value in values), initial=now,
            )
            for name, label, values, now in axes
        ]  # fmt: skip
    if policy.classes:
        fields.append(
            StepField(
                "request_class", "Class", "choice",
                choices=tuple((entry.id, entry.name) for entry in policy.classes),
                initial=state.request_class,
            )
        )  # fmt: skip
    fields.append(StepField("affected", "Users affected", "number"))
    fields.append(StepField("reason", "Reason for the change", "text"))
    return tuple(fields)


TRIAGE: Final = Step(
    id="triage",
    label="Triage",
    event="triaged",
    make=_triage,
    fields=(
        StepField("type", "Type", "choice"),
        StepField("priority", "Priority", "choice", needed="unless impact and urgency are given"),
        StepField("impact", "Impact", "choice", needed="unless the priority is given"),
        StepField("urgency", "Urgency", "choice", needed="unless the priority is given"),
        StepField("request_class", "Class", "choice"),
        StepField("affected", "Users affected", "number"),
        StepField("reason", "Reason for the change", "text", needed="where the policy asks why"),
    ),
    form=_form,
    guard=while_live,
    help="Say how wide and how bad it is; its promises follow.",
    writes=writing("type", "priority", "impact", "urgency", "request_class", "affected"),
)
