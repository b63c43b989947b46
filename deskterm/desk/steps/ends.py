"""How a ticket ends, and how it goes on after all."""

from __future__ import annotations

from typing import Any, Final

from deskterm.desk.counting import counted
from deskterm.desk.errors import Refused
from deskterm.desk.model import StepField
from deskterm.desk.steps.base import (
    DESK,
    SUPERVISOR,
    Case,
    Fields,
    Plan,
    Planned,
    Step,
    needed,
    one_of,
    said,
    while_live,
    whole,
    without_nothing,
)

_MOST_POINTS: Final = 10


def _resolve(case: Case, fields: Fields) -> Plan:
    text = needed(fields, "text", "a text that says how it was resolved")
    events = [Planned("resolved", {"text": text})]
    told = ""
    if "related" in case.policy.closing:
        linked = case.desk.linked()
        told = f" Told on {counted(len(linked), 'linked ticket')}." if linked else ""
        news = f"{case.number} was resolved: {text}"
        events += [
            Planned("told", {"text": news, "auto": True}, number) for number in linked
        ]
    return Plan(tuple(events), f"Resolved.{told}")


RESOLVE: Final = Step(
    id="resolve",
    label="Resolve",
    event="resolved",
    make=_resolve,
    fields=(StepField("text", "How it was resolved", "text", required=True),),
    guard=while_live,
    customer_sees=True,
    asks="The customer is told that it is resolved. Go on?",
    help="The work is done; every clock stops.",
)


def _is_done(case: Case) -> str | None:
    state = case.state
    if state.live:
        return "It is not resolved."
    if state.merged_into is not None:
        return f"It was merged into {state.merged_into}; undo that instead."
    if state.voided:
        return "It was opened by mistake; undo that instead."
    return None


def _reopen(case: Case, fields: Fields) -> Plan:
    data = without_nothing({"reason": said(fields, "reason")})
    return Plan((Planned("reopened", data),), "Open again; the clock of the work goes on.")


REOPEN: Final = Step(
    id="reopen",
    label="Reopen",
    event="reopened",
    make=_reopen,
    fields=(StepField("reason", "Why", "text"),),
    guard=_is_done,
    help="It was not restored after all: the clock that resolving stopped goes on.",
)


def _can_close(case: Case) -> str | None:
    if case.state.status == "closed":
        return "It is closed already."
    if case.state.live and not case.policy.close_reasons:
        return "It is not resolved; resolve it first."
    return None


def _close(case: Case, fields: Fields) -> Plan:
    policy, state = case.policy, case.state
    reason = one_of(fields, "reason", policy.close_reasons, "reason to close")
    data: dict[str, Any] = without_nothing({"reason": reason, "text": said(fields, "text")})
    score = whole(fields, "score")
    if score is not None:
        if not 0 <= score <= _MOST_POINTS:
            raise Refused(f"The score lies between 0 and {_MOST_POINTS}.")
        data["score"] = score
    questions = policy.debrief.get(state.priority or "", ())
    answers = [
        [question, said(fields, f"debrief_{place}")] for place, question in enumerate(questions, 1)
    ]
    open_questions = [question for question, answer in answers if not answer]
    if state.live:
        if reason is None:
            known = ", ".join(policy.close_reasons)
            raise Refused(f"It is not resolved; resolve it first, or give a reason ({known}).")
        name = policy.close_reasons[reason]
        return Plan(
            (Planned("resolved", {"text": name, "reason": reason}), Planned("closed", data)),
            f"Closed: {name}.",
        )
    if open_questions:
        raise Refused(f"Before it is closed, answer: {' · '.join(open_questions)}")
    if answers:
        data["debrief"] = answers
    return Plan((Planned("closed", data),), "Closed.")


def _close_form(case: Case) -> tuple[StepField, ...]:
    policy, state = case.policy, case.state
    fields: list[StepField] = []
    if state.live:
        choices = tuple(policy.close_reasons.items())
        fields.append(StepField("reason", "Reason", "choice", required=True, choices=choices))
    else:
        questions = policy.debrief.get(state.priority or "", ())
        fields += [
            StepField(f"debrief_{place}", question, "text", required=True)
            for place, question in enumerate(questions, 1)
        ]
    if {"nps", "survey"} & set(policy.closing):
        fields.append(StepField("score", "Score given by the customer (0 to 10)", "number"))
    return (*fields, StepField("text", "Note", "text"))


CLOSE: Final = Step(
    id="close",
    label="Close",
    event="closed",
    make=_close,
    fields=(
        StepField("reason", "Reason", "choice", needed="where it was not resolved"),
        StepField("score", "Score given by the customer (0 to 10)", "number"),
        StepField("text", "Note", "text"),
    ),
    form=_close_form,
    guard=_can_close,
    help="The customer has confirmed, or has nothing more to say.",
)


def _void(case: Case, fields: Fields) -> Plan:
    reason = needed(fields, "reason", "a reason")
    return Plan((Planned("voided", {"reason": reason}),), "Voided; its clocks count for nothing.")


VOID: Final = Step(
    id="void",
    label="Opened by mistake",
    event="voided",
    make=_void,
    fields=(StepField("reason", "Reason", "text", required=True),),
    guard=while_live,
    roles=SUPERVISOR,
    asks="Its clocks will count for nothing in any report. Go on?",
    help="It should never have been a ticket: its clocks end void.",
)


def _merge(case: Case, fields: Fields) -> Plan:
    into = whole(fields, "into")
    if into is None:
        raise Refused("It needs the number of the ticket to merge it into.")
    if into == case.number:
        raise Refused("A ticket cannot be merged into itself.")
    other, _ = case.desk.ticket(into)
    if other.merged_into is not None:
        raise Refused(f"{into} was itself merged into {other.merged_into}; name that one.")
    if not other.live:
        raise Refused(f"{into} is {other.status}; reopen it first.")
    if other.opened["customer_id"] != case.state.opened["customer_id"]:
        raise Refused(f"{into} belongs to another customer.")
    return Plan(
        (
            Planned("merged", {"into": into}),
            Planned("told", {"text": f"{case.number} was merged into this.", "auto": True}, into),
        ),
        f"Merged into {into}.",
    )


MERGE: Final = Step(
    id="merge",
    label="Merge",
    event="merged",
    make=_merge,
    fields=(StepField("into", "Into ticket", "ticket", required=True),),
    guard=while_live,
    roles=DESK,
    asks="Its clocks end; the work goes on in the other ticket. Go on?",
    help="It is about the same as another ticket: the work goes on there.",
)
