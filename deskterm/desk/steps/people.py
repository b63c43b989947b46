"""Who works on a ticket, and who else has to know."""

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
    needed,
    one_of,
    said,
    while_live,
    without_nothing,
    writing,
)
from deskterm.desk.ticket_state import standing

#: What a person may type for nobody.
_NOBODY: Final = frozenset({"none", "nobody", "-"})


def _assign(case: Case, fields: Fields) -> Plan:
    who = fields.get("agent")
    if isinstance(who, str) and who.casefold() in _NOBODY:
        if case.state.agent_id is None:
            raise Refused("Nobody has it.")
        return Plan((Planned("assigned", {"agent_id": None}),), "Assigned to nobody.")
    named = who is not None and who != "" and who != "me"
    agent = case.desk.agent(who) if named else case.me
    if not agent.active:
        raise Refused(f"{agent.name} no longer works here.")
    if agent.id == case.state.agent_id:
        raise Refused(f"{agent.name} has it already.")
    return Plan((Planned("assigned", {"agent_id": agent.id}),), f"Assigned to {agent.name}.")


def _agents(case: Case) -> tuple[StepField, ...]:
    choices = [(str(agent.id), str(agent.name)) for agent in case.desk.agents()]
    return (
        StepField("agent", "To", "choice", choices=(*choices, ("none", "nobody")),
                  initial=str(case.me.id)),
    )  # fmt: skip


ASSIGN: Final = Step(
    id="assign",
    label="Assign",
    event="assigned",
    make=_assign,
    fields=(
        StepField("agent", "Who gets it: an agent's name, me or none", "choice",
                  hint="you, where it is left out"),
    ),
    form=_agents,
    guard=while_live,
    help="Give it to an agent, to yourself where nobody is named, or to nobody.",
    writes=writing("agent_id"),
)


def _escalate(case: Case, fields: Fields) -> Plan:
    reason = needed(fields, "reason", "a reason")
    rungs = {rung.id: rung.name for rung in case.policy.ladder}
    step = one_of(fields, "to", rungs, "step of escalation") if rungs else None
    if step is None and not said(fields, "told", lines=False):
        step = _next_rung(case)
    rung = case.policy.ladder_step(step) if step else None
    told = said(fields, "told", lines=False) or (", ".join(rung.roles) if rung else "")
    if not told:
        raise Refused("It needs who was told.")
    data = without_nothing({"reason": reason, "step": step, "told": told})
    return Plan((Planned("escalated", data),), f"Escalated; told: {told}.")


def _next_rung(case: Case) -> str | None:
    """The step above the one it was taken to last; it begins on the first, the desk itself."""
    rungs = [rung.id for rung in case.policy.ladder if rung.kind == "support"]
    if not rungs:
        return None
    reached = 0
    for event in standing(case.history):
        if event.kind == "escalated" and event.data.get("step") in rungs:
            reached = rungs.index(event.data["step"])
    return rungs[min(reached + 1, len(rungs) - 1)]


def _ladder(case: Case) -> tuple[StepField, ...]:
    choices = tuple((rung.id, rung.name) for rung in case.policy.ladder)
    return (
        StepField("to", "To", "choice", choices=choices, initial=_next_rung(case)),
        StepField("told", "Who was told", required=not choices,
                  hint="by default the people of that step" if choices else ""),
        StepField("reason", "Reason", "text", required=True),
    )  # fmt: skip


ESCALATE: Final = Step(
    id="escalate",
    label="Escalate",
    event="escalated",
    make=_escalate,
    fields=(
        StepField("to", "To", "choice"),
        StepField("told", "Who was told"),
        StepField("reason", "Reason", "text", required=True),
    ),
    form=_ladder,
    guard=while_live,
    help="Take it up the agreement's ladder, with the reason and who was told.",
    writes=writing(),
)
