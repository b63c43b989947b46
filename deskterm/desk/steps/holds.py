"""Putting a ticket on hold while somebody else has to act, and going on."""

from __future__ import annotations

from typing import Final

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
from deskterm.policy.document import Policy
from deskterm.policy.vocabulary import HOLD_REASONS

#: A hold for the customer says what was asked of whom, or nobody can chase it.
_ASKS_SOMEBODY: Final = frozenset({"awaiting_customer"})


def hold_reasons(policy: Policy) -> dict[str, str]:
    """The policy's reasons for a hold, or every desk's."""
    return {reason.id: reason.name for reason in policy.holds} or dict(HOLD_REASONS)


def _told(policy: Policy) -> frozenset[str]:
    """The reasons that say nothing without a text."""
    return frozenset({"other", *(reason.id for reason in policy.holds if reason.needs_text)})


def _hold(case: Case, fields: Fields) -> Plan:
    known = hold_reasons(case.policy)
    reason = one_of(fields, "reason", known, "reason for a hold")
    if reason is None:
        raise Refused(f"It needs a reason: {', '.join(known)}.")
    awaiting, text = said(fields, "awaiting", lines=False), said(fields, "text")
    if reason in _told(case.policy) and not (text or awaiting):
        raise Refused(f"“{known[reason]}” needs a text that says why.")
    if reason in _ASKS_SOMEBODY and not (awaiting or text):
        raise Refused(f"“{known[reason]}” needs what was asked of whom.")
    chase_us = whole(fields, "chase_us")
    if chase_us is not None and chase_us <= case.now_us:
        raise Refused("The date to chase it lies in the past; give one to come.")
    data = without_nothing(
        {"reason": reason, "awaiting": awaiting, "text": text, "chase_us": chase_us}
    )
    return Plan((Planned("held", data),), f"On hold: {known[reason]}.")


def _form(case: Case) -> tuple[StepField, ...]:
    choices = tuple(hold_reasons(case.policy).items())
    return (
        StepField("reason", "Reason", "choice", required=True, choices=choices,
                  initial=case.state.hold_reason),
        StepField("awaiting", "What is awaited of whom", initial=case.state.awaiting,
                  needed_if=("reason", tuple(_ASKS_SOMEBODY)), instead="text"),
        StepField("chase_us", "Chase it on", "instant"),
        StepField("text", "Note", "text",
                  needed_if=("reason", tuple(_told(case.policy) - _ASKS_SOMEBODY)),
                  instead="awaiting"),
    )  # fmt: skip


HOLD: Final = Step(
    id="hold",
    label="Hold",
    event="held",
    make=_hold,
    fields=(
        StepField("reason", "Reason", "choice", required=True,
                  hint=f"the policy's own, or {', '.join(HOLD_REASONS)}"),
        StepField("awaiting", "What is awaited of whom",
                  needed="for awaiting_customer, unless the note says it"),
        StepField("chase_us", "Chase it on", "instant"),
        StepField("text", "Note", "text", needed="for other"),
    ),
    form=_form,
    guard=while_live,
    help="Stop the clocks that are not late while somebody else has to act.",
    writes=writing("status", "hold_reason", "awaiting", "chase_us"),
)


def _is_held(case: Case) -> str | None:
    return None if case.state.status == "held" else "It is not on hold."


def _resume(case: Case, fields: Fields) -> Plan:
    data = without_nothing({"text": said(fields, "text")})
    return Plan((Planned("resumed", data),), "The clocks run again.")


RESUME: Final = Step(
    id="resume",
    label="Resume",
    event="resumed",
    make=_resume,
    fields=(StepField("text", "Note", "text"),),
    guard=_is_held,
    help="End the hold; the clocks go on where they stood.",
    writes=writing("status", "hold_reason", "awaiting", "chase_us"),
)
