"""What each event of a ticket's history did to its clocks, by replaying the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from deskterm.desk.ticket_state import opening, sla_events, ticket_facts
from deskterm.sla.clocks import Clock, evaluate

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.store.base import Tx

Turn = Literal["runs", "moved", "paused", "met", "missed", "exempt", "void"]


@dataclass(frozen=True, slots=True)
class ClockTurn:
    """One clock as an event changed it; `due_us` in microseconds UTC where there is one."""

    clock: str
    title: str
    turn: Turn
    due_us: int | None


def clock_story(tx: Tx, desk: Desk, number: int) -> Mapping[int, tuple[ClockTurn, ...]]:
    """Event id to what it changed on the clocks, as they are known now. Raises `NotFound`."""
    ticket = desk.rewriter.load(tx, number)
    terms, spans = desk.rewriter.terms(tx, ticket), desk.rewriter.spans(tx, ticket)
    titles = {target.clock: target.name for target in reversed(ticket.policy.targets)}
    facts = ticket_facts(opening(ticket.history))
    story: dict[int, tuple[ClockTurn, ...]] = {}
    before: dict[str, Clock] = {}
    for end, event in enumerate(ticket.history, 1):
        events = sla_events(ticket.history[:end])
        after = {
            clock.name: clock for clock in evaluate(terms, facts, events, spans, event.at_us)
        }
        turns = [
            ClockTurn(name, clock.target.name if clock.target else titles[name], turn, clock.due_us)
            for name, clock in after.items()
            if (turn := _turn(before.get(name), clock)) is not None
        ]
        if turns:
            story[event.id] = tuple(turns)
        before = after
    return story


def _turn(before: Clock | None, after: Clock) -> Turn | None:
    was = None if before is None else before.phase
    if after.phase == "running":
        if was == "running" and before is not None:
            return "moved" if before.due_us != after.due_us else None
        return "runs"
    if after.phase == was or after.phase == "pending":
        return None
    if after.phase == "exempt" and was is None:
        return None
    turned: dict[str, Turn] = {
        "paused": "paused", "met": "met", "missed": "missed", "exempt": "exempt", "void": "void",
    }  # fmt: skip
    return turned[after.phase]
