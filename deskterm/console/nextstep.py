"""What to do next with a ticket, in one line: the step its clocks and its state ask for."""

from __future__ import annotations

from typing import NamedTuple

from deskterm.console.clocktext import answer_and_fix
from deskterm.desk.model import ClockCell, QueueRow


class NextStep(NamedTuple):
    """An action, and why it is the next one."""

    action: str
    """Id of the action whose key is shown."""
    words: str
    loud: bool = False


def next_step(row: QueueRow, now_us: int, me: int | None = None) -> NextStep | None:
    """The step to take now; None where there is nothing to do."""
    if row.status in ("resolved", "closed"):
        return None
    if row.status == "held":
        return _held(row, now_us)
    if row.priority is None:
        return NextStep("ticket.triage", "triage it: its clocks wait for a priority")
    answer, fix = answer_and_fix(row)
    if answer is not None and answer.phase == "running":
        late = answer.state(now_us) == "overdue"
        words = f"{_first_lower(answer.title)} is still owed"
        return NextStep(_answering(answer), words + (" and late" if late else ""), loud=late)
    if row.agent_id is None:
        return NextStep("ticket.assign", "take it: nobody has it")
    if fix is not None and fix.state(now_us) == "overdue":
        return NextStep("ticket.escalate", "it is late: escalate it, or resolve it", loud=True)
    if fix is not None and fix.at_risk(now_us):
        return NextStep("ticket.update", "at risk: tell the customer why, and what is being done")
    if me is not None and row.agent_id != me:
        return None
    return NextStep("ticket.resolve", "resolve it, or hold it while somebody else has to act")


def _held(row: QueueRow, now_us: int) -> NextStep:
    if row.chase_us is not None and row.chase_us <= now_us:
        return NextStep("ticket.update", "chase it: the day to do so has come", loud=True)
    return NextStep("ticket.hold", "let it go on once what is awaited has come")


def _answering(clock: ClockCell) -> str:
    """The action that stops a clock, by the clock's own name."""
    return {
        "triage": "ticket.triage",
        "acknowledgement": "ticket.acknowledge",
        "first_update": "ticket.update",
        "workaround": "ticket.workaround",
        "second_line": "ticket.escalate",
    }.get(clock.name, "ticket.respond")


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
