"""A ticket's clocks as they stand, as they would stand, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from deskterm.desk.rewriting import Loaded
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import opening, sla_events, ticket_facts
from deskterm.sla.clocks import Clock, evaluate
from deskterm.sla.facts import NO_DATA, Event
from deskterm.sla.terms import Terms

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.sla.explanation import Explanation


class Hypothetical(NamedTuple):
    """An event that has not happened: ``held``, or ``reprioritised`` with a ``priority``, ..."""

    kind: str
    data: Mapping[str, Any] = NO_DATA


def clocks_if(
    tx: Tx, desk: Desk, number: int, changes: Sequence[Hypothetical]
) -> tuple[Clock, ...]:
    """The clocks now, as if `changes` had just happened one after the other."""
    return clocks_of(tx, desk, desk.rewriter.load(tx, number), changes)


def clocks_of(
    tx: Tx, desk: Desk, ticket: Loaded, changes: Sequence[Hypothetical]
) -> tuple[Clock, ...]:
    """The same for a ticket that has been read already."""
    terms, events, now_us = _asked(tx, desk, ticket)
    events += [Event(now_us, kind, data, f"if-{n}") for n, (kind, data) in enumerate(changes)]
    facts = ticket_facts(opening(ticket.history))
    return evaluate(terms, facts, events, desk.rewriter.spans(tx, ticket), now_us)


def explanation(tx: Tx, desk: Desk, number: int, clock: str) -> Explanation:
    """The clock of that name with the sum of its due time."""
    from deskterm.sla.explain import explain

    ticket = desk.rewriter.load(tx, number)
    terms, events, now_us = _asked(tx, desk, ticket)
    facts = ticket_facts(opening(ticket.history))
    return explain(terms, facts, events, desk.rewriter.spans(tx, ticket), now_us, clock)


def _asked(tx: Tx, desk: Desk, ticket: Loaded) -> tuple[Terms, list[Event], int]:
    now_us = max(desk.now_us(), max(event.at_us for event in ticket.history))
    return desk.rewriter.terms(tx, ticket), sla_events(ticket.history), now_us
