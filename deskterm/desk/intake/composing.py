"""A ticket with its whole history at once: what the journal and the tables will hold of it.

Pure, and the same for one import and for a demo desk of a million: the row, the clocks and the
searchable text are made by the functions that every step uses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from deskterm.desk.clockcache import CachedClock, compute
from deskterm.desk.journal import JournalEvent, NewEvent
from deskterm.desk.rewriting import said
from deskterm.desk.ticket_row import ticket_values, words_of
from deskterm.desk.ticket_state import fold
from deskterm.policy.document import Policy
from deskterm.sla.clocks import Clock
from deskterm.sla.facts import OnsiteSpans
from deskterm.sla.terms import Terms


class Composed(NamedTuple):
    """What is written of one ticket; `values` lack the version until the journal gives ids."""

    number: int
    events: list[NewEvent]
    values: dict[str, Any]
    clocks: list[CachedClock]
    words: str
    links: Sequence[tuple[str, int]] = ()
    """(kind, number of the other ticket)"""


class Under(NamedTuple):
    """The agreement a ticket comes under, and what is known about everybody's names."""

    policy: Policy
    terms: Terms
    customer_name: str
    agent_names: Mapping[int, str]
    calendar_key: Callable[[Clock, int], str | None]
    onsite: OnsiteSpans = ()


def compose(number: int, events: Sequence[NewEvent], under: Under, now_us: int) -> Composed:
    """The ticket `number` after `events`, which are in order and begin with its opening."""
    history = [
        JournalEvent(
            place, "ticket", number, event.at_us, now_us, event.agent_id, event.kind, event.data
        )
        for place, event in enumerate(events, 1)
    ]
    state = fold(under.policy, history)
    clocks = compute(under.terms, history, under.onsite, now_us, under.calendar_key)
    values = ticket_values(
        number,
        0,
        state,
        under.policy,
        clocks,
        customer_name=under.customer_name,
        agent_name=None if state.agent_id is None else under.agent_names[state.agent_id],
    )
    return Composed(
        number,
        list(events),
        values,
        clocks,
        words_of(state, under.customer_name, said(history)),
        tuple(state.links),
    )
