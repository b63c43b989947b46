"""What an agent says or does for the customer: a person's acts, each of which can stop a clock."""

from __future__ import annotations

from typing import Final

from deskterm.desk.model import StepField
from deskterm.desk.steps.base import (
    Case,
    Fields,
    Guard,
    Plan,
    Planned,
    Step,
    needed,
    said,
    while_live,
    without_nothing,
    writing,
)
from deskterm.desk.ticket_state import standing


def _told(
    id_: str,
    label: str,
    event: str,
    *,
    asks_for: str,
    sentence: str,
    help_: str,
    guard: Guard = while_live,
) -> Step:
    """A step that writes one event, with what the customer is told."""

    def make(case: Case, fields: Fields) -> Plan:
        del case
        return Plan((Planned(event, without_nothing({"text": said(fields, "text")})),), sentence)

    return Step(
        id=id_,
        label=label,
        event=event,
        make=make,
        fields=(StepField("text", asks_for, "text"),),
        guard=guard,
        customer_sees=True,
        asks="The customer sees this. Go on?",
        help=help_,
    )


def _not_yet_acknowledged(case: Case) -> str | None:
    if any(event.kind == "acknowledged" for event in standing(case.history)):
        return "It has been acknowledged already."
    return while_live(case)


ACKNOWLEDGE: Final = _told(
    "acknowledge",
    "Acknowledge",
    "acknowledged",
    asks_for="What the customer is told",
    sentence="Acknowledged.",
    help_="Confirm to the customer that a person has the request.",
    guard=_not_yet_acknowledged,
)

RESPOND: Final = _told(
    "respond",
    "Respond",
    "responded",
    asks_for="What the customer is told",
    sentence="Responded.",
    help_="A person answers and starts work; automatic mail never counts.",
)

UPDATE: Final = _told(
    "update",
    "Update",
    "updated",
    asks_for="How far the work is",
    sentence="Update sent.",
    help_="Tell the customer how far the work is.",
)

WORKAROUND: Final = _told(
    "workaround",
    "Workaround",
    "workaround",
    asks_for="The workaround",
    sentence="Workaround given.",
    help_="Access is restored, or the customer can go on working another way.",
)

PLAN: Final = _told(
    "plan",
    "Plan",
    "action_planned",
    asks_for="What will be done, by whom and when",
    sentence="Action planned.",
    help_="Define the request and give the customer a plan of action.",
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
    writes=writing(),
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
