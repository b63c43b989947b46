"""Taking a step: guard, role and version, then event, rows and clocks in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deskterm.desk import journal
from deskterm.desk.agents import allowed, find_agent, list_agents
from deskterm.desk.conflict import check_version
from deskterm.desk.errors import DeskError, NotFound, Refused
from deskterm.desk.journal import JournalEvent, NewEvent
from deskterm.desk.model import Agent, Done
from deskterm.desk.rewriting import Loaded, Rewriter
from deskterm.desk.steps import STEPS, Case, Plan, Step
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import TicketState, fold


def find_step(step_id: str) -> Step:
    """The step with this id. Raises `NotFound`, naming the nearest."""
    step = STEPS.get(step_id)
    if step is None:
        from difflib import get_close_matches

        near = get_close_matches(step_id, STEPS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(STEPS)}."
        raise NotFound(f"There is no step “{step_id}”; {hint}")
    return step


class DeskLookup:
    """What steps may ask of the rest of the desk, inside their transaction."""

    def __init__(self, tx: Tx, rewriter: Rewriter, number: int) -> None:
        self._tx = tx
        self._rewriter = rewriter
        self._number = number

    def agent(self, who: object) -> Agent:
        """The agent with that id, name or login. Raises `NotFound`."""
        return find_agent(self._tx, who)

    def agents(self) -> Sequence[Agent]:
        """Everybody who works here."""
        return list_agents(self._tx)

    def ticket(self, number: int) -> tuple[TicketState, str]:
        """Another ticket's state and its customer's name. Raises `NotFound`."""
        other = self._rewriter.load(self._tx, number)
        name = self._tx.value("SELECT customer_name FROM ticket WHERE number = :n", n=number)
        return other.state, str(name)

    def linked(self) -> Sequence[int]:
        """Open tickets linked with this one, either way."""
        rows = self._tx.rows(
            "SELECT t.number FROM ticket t WHERE t.live = 1 AND t.number IN"
            " (SELECT other FROM link WHERE number = :n"
            "  UNION SELECT number FROM link WHERE other = :n) ORDER BY t.number",
            n=self._number,
        )
        return [row.number for row in rows]


def case_of(tx: Tx, rewriter: Rewriter, ticket: Loaded, me: Agent, now_us: int) -> Case:
    """The ticket as a step sees it.

    Two hosts' clocks may differ: what is done now comes after what has been done.
    """
    at_us = max(now_us, max(event.at_us for event in ticket.history))
    lookup = DeskLookup(tx, rewriter, ticket.number)
    return Case(ticket.number, ticket.state, ticket.policy, ticket.history, me, at_us, lookup)


def why_not(step: Step, case: Case) -> str | None:
    """Why a step cannot be taken on a ticket as it is, before anything is filled in."""
    if case.me.role not in step.roles:
        return f"Only {' or '.join(f'a {role}' for role in sorted(step.roles))} may do that."
    return step.guard(case)


def plan(step: Step, case: Case, fields: Mapping[str, Any]) -> Plan:
    """What the step will do. Raises `NotAllowed` and `Refused`."""
    allowed(case.me, step.roles, step.label.lower())
    refusal = step.guard(case)
    if refusal is not None:
        raise Refused(refusal)
    known = {entry.name for entry in step.fields_for(case)} | {entry.name for entry in step.fields}
    for name in fields:
        if name not in known:
            raise Refused(
                f"“{step.label}” takes no “{name}”; it takes {', '.join(sorted(known))}."
            )
    return step.make(case, fields)


def check(
    tx: Tx, step: Step, ticket: Loaded, case: Case, fields: Mapping[str, Any], version: int | None
) -> None:
    """Raise `Conflict` where the step would overwrite what somebody did since `version`."""

    def wanted() -> TicketState | None:
        try:
            planned = plan(step, case, fields)
        except DeskError:
            return None
        last = ticket.version
        new = [
            JournalEvent(
                last + place, "ticket", case.number, case.now_us, case.now_us, case.me.id,
                entry.kind, entry.data,
            )
            for place, entry in enumerate(planned.events, 1)
            if entry.number in (None, case.number)
        ]  # fmt: skip
        return fold(ticket.policy, [*ticket.history, *new])

    check_version(tx, step, ticket, version, fields, case.me, wanted)


def take(
    tx: Tx,
    rewriter: Rewriter,
    step: Step,
    number: int,
    fields: Mapping[str, Any],
    me: Agent,
    now_us: int,
    version: int | None,
) -> Done:
    """Take a step. Raises `NotFound`, `NotAllowed`, `Refused` and `Conflict`."""
    head = journal.head(tx)
    ticket = rewriter.load(tx, number)
    case = case_of(tx, rewriter, ticket, me, now_us)
    check(tx, step, ticket, case, fields, version)
    planned = plan(step, case, fields)
    first = head.last_event + 1
    events = []
    for place, entry in enumerate(planned.events):
        # What was done together is taken back together.
        data = entry.data if place == 0 else {**entry.data, "with": first}
        subject = number if entry.number is None else entry.number
        events.append(NewEvent("ticket", subject, case.now_us, entry.kind, data, me.id))
    if planned.erases is not None:
        events[0] = events[0]._replace(data={**events[0].data, "kept": _kept(ticket, planned)})
    journal.append(tx, events, recorded_us=now_us)
    if planned.erases is not None:
        journal.erase(tx, planned.erases)
    for touched in dict.fromkeys(event.subject_id for event in events):
        rewriter.rewrite(tx, _after(tx, rewriter, ticket, touched, first, events, now_us, planned),
                         now_us)  # fmt: skip
    return Done(
        number,
        first,
        max(first + place for place, event in enumerate(events) if event.subject_id == number),
        planned.sentence,
        step.undoable,
    )


def _after(
    tx: Tx,
    rewriter: Rewriter,
    ticket: Loaded,
    touched: int,
    first: int,
    events: Sequence[NewEvent],
    now_us: int,
    planned: Plan,
) -> Loaded:
    """A ticket with the new events; read again only where what is known is not all there is."""
    if touched != ticket.number or planned.erases is not None:
        return rewriter.load(tx, touched)
    new = [
        JournalEvent(
            first + place, "ticket", touched, event.at_us, now_us, event.agent_id, event.kind,
            event.data,
        )
        for place, event in enumerate(events)
        if event.subject_id == touched
    ]  # fmt: skip
    history = [*ticket.history, *new]
    return Loaded(touched, history, fold(ticket.policy, history), ticket.policy)


def _kept(ticket: Loaded, planned: Plan) -> dict[str, Any]:
    from deskterm.desk.kinds import KEPT

    erased = next(event for event in ticket.history if event.id == planned.erases)
    # The reason of a hold is one of the policy's; other reasons are somebody's own words.
    kept = KEPT | {"reason"} if erased.kind == "held" else KEPT
    return {name: value for name, value in erased.data.items() if name in kept}
