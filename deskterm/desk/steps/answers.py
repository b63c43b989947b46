"""What an agent says or does for the customer: a person's acts, each of which can stop a clock."""

from __future__ import annotations

from typing import Final

from deskterm.desk.model import StepField
from deskterm.desk.steps.base import (
    Case,
    Fields,
    Maker,
    Plan,
    Planned,
    Step,
    needed,
    said,
    while_live,
    without_nothing,
)
from deskterm.desk.ticket_state import standing

_SEES: Final = "The customer sees this. Go on?"


def _saying(kind: str, sentence: str, needs: str | None = None) -> Maker:
    """A step that writes one event with a text, which is needed where `needs` names it."""

    def make(case: Case, fields: Fields) -> Plan:
        text = said(fields, "text") if needs is None else needed(fields, "text", needs)
        return Plan((Planned(kind, without_nothing({"text": text})),), sentence)

    return make


def _not_yet_acknowledged(case: Case) -> str | None:
    if any(event.kind == "acknowledged" for event in standing(case.history)):
        return "It has been acknowledged already."
    return while_live(case)


ACKNOWLEDGE: Final = Step(
    id="acknowledge",
    label="Acknowledge",
    event="acknowledged",
    make=_saying("acknowledged", "Acknowledged."),
    fields=(StepField("text", "What the customer is told", "text"),),
    guard=_not_yet_acknowledged,
    customer_sees=True,
    asks=_SEES,
    help="Confirm to the customer that a person has the request.",
)

RESPOND: Final = Step(
    id="respond",
    label="Respond",
    event="responded",
    make=_saying("responded", "Responded."),
    fields=(StepField("text", "What the customer is told", "text"),),
    guard=while_live,
    customer_sees=True,
    asks=_SEES,
    help="A person answers and starts work; automatic mail never counts.",
)

UPDATE: Final = Step(
    id="update",
    label="Update",
    event="updated",
    make=_saying("updated", "Update sent."),
    fields=(StepField("text", "How far the work is", "text"),),
    guard=while_live,
    customer_sees=True,
    asks=_SEES,
    help="Tell the customer how far the work is.",
)

WORKAROUND: Final = Step(
    id="workaround",
    label="Workaround",
    event="workaround",
    make=_saying("workaround", "Workaround given."),
    fields=(StepField("text", "The workaround", "text"),),
    guard=while_live,
    customer_sees=True,
    asks=_SEES,
    help="Access is restored, or the customer can go on working another way.",
)

PLAN: Final = Step(
    id="plan",
    label="Plan",
    event="action_planned",
    make=_saying("action_planned", "Action planned."),
    fields=(StepField("text", "What will be done, by whom and when", "text"),),
    guard=while_live,
    customer_sees=True,
    asks=_SEES,
    help="Define the request and give the customer a plan of action.",
)


def _note(case: Case, fields: Fields) -> Plan:
    text = needed(fields, "text", "a text")
    internal = not fields.get("to_customer")
    sentence = "Noted." if internal else "Note sent to the customer."
    return Plan((Planned("noted", {"text": text, "internal": internal}),), sentence)


NOTE: Final = Step(
    id="note",
    label="Note",
    event="noted",
    make=_note,
    fields=(
        StepField("text", "Note", "text", required=True),
        StepField("to_customer", "The customer sees it", "flag"),
    ),
    help="Write something down, for the desk only or for the customer too. Stops no clock.",
)


def _code_fix_counts(case: Case) -> str | None:
    looks = any(
        "code_fix" in (*target.stop, *target.exempt_on) for target in case.policy.targets
    )
    if not looks:
        return f"{case.policy.name} promises nothing about code fixes."
    return while_live(case)


def _code_fix(case: Case, fields: Fields) -> Plan:
    release = said(fields, "release", lines=False)
    release = release or case.policy.releases.get(case.state.priority or "", "")
    data = without_nothing({"release": release, "text": said(fields, "text")})
    sentence = f"Waiting for a code fix: {release}." if release else "Waiting for a code fix."
    return Plan((Planned("code_fix", data),), sentence)


def _code_fix_fields(case: Case) -> tuple[StepField, ...]:
    release = case.policy.releases.get(case.state.priority or "")
    return (
        StepField("release", "Release it goes into", initial=release),
        StepField("text", "What is to be fixed", "text"),
    )


CODE_FIX: Final = Step(
    id="code-fix",
    label="Code fix",
    event="code_fix",
    make=_code_fix,
    fields=(
        StepField("release", "Release it goes into"),
        StepField("text", "What is to be fixed", "text"),
    ),
    form=_code_fix_fields,
    guard=_code_fix_counts,
    help="It waits for a change to the product; what the policy lifts then is lifted.",
)
