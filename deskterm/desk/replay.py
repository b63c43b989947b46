"""Replaying the journal: what rows and clocks should say, beside what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from deskterm.desk import journal
from deskterm.desk.clockcache import CachedClock
from deskterm.desk.rewriting import Loaded, names_of, said
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_row import COLUMNS, ticket_values, words_of

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_BATCH = 500


class Difference(NamedTuple):
    """Something of a ticket that is not what its history says."""

    number: int
    what: str
    kept: Any
    replayed: Any


def differences(
    desk: Desk, progress: Callable[[int, int], None] | None = None
) -> list[Difference]:
    """Every difference between the journal and what is kept of it. Nothing is changed."""
    found: list[Difference] = []
    with desk.store.read() as tx:
        last = int(tx.value("SELECT coalesce(max(number), 0) FROM ticket"))
        for first in range(1, last + 1, _BATCH):
            until = min(first + _BATCH - 1, last)
            histories = journal.histories(tx, "ticket", first, until)
            for number, history in histories.items():
                found += _compare(tx, desk, desk.rewriter.loaded(tx, number, history))
            for row in tx.rows(
                "SELECT number FROM ticket WHERE number BETWEEN :first AND :until",
                first=first,
                until=until,
            ):
                if row.number not in histories:
                    found.append(Difference(row.number, "history", "a row", "nothing"))
            if progress is not None:
                progress(until, last)
    return found


def _compare(tx: Tx, desk: Desk, ticket: Loaded) -> list[Difference]:
    number = ticket.number
    clocks = desk.rewriter.computed(tx, ticket, desk.now_us())
    customer_name, agent_name = names_of(tx, ticket.state)
    wanted = ticket_values(
        number, ticket.version, ticket.state, ticket.policy, clocks,
        customer_name=customer_name, agent_name=agent_name,
    )  # fmt: skip
    row = tx.one(f"SELECT {', '.join(COLUMNS)} FROM ticket WHERE number = :n", n=number)
    if row is None:
        return [Difference(number, "row", "nothing", "a row")]
    found = [
        Difference(number, name, kept, wanted[name])
        for name, kept in row._mapping.items()
        if kept != wanted[name]
    ]
    found += _compare_clocks(tx, number, {clock.name: clock for clock in clocks})
    words = tx.one("SELECT live, words FROM ticket_text WHERE number = :n", n=number)
    wanted_words = words_of(ticket.state, customer_name, said(ticket.history))
    if words is None or (words.live, words.words) != (wanted["live"], wanted_words):
        found.append(Difference(number, "words", words and words.words, wanted_words))
    links = {
        (row.kind, row.other)
        for row in tx.rows("SELECT kind, other FROM link WHERE number = :n", n=number)
    }
    if links != set(ticket.state.links):
        found.append(Difference(number, "links", links, set(ticket.state.links)))
    return found


def _compare_clocks(tx: Tx, number: int, wanted: dict[str, CachedClock]) -> list[Difference]:
    found: list[Difference] = []
    kept = {
        row.name: CachedClock._make(row)
        for row in tx.rows(
            f"SELECT {', '.join(CachedClock._fields)} FROM clock WHERE number = :n", n=number
        )
    }
    for name in kept.keys() | wanted.keys():
        one, other = kept.get(name), wanted.get(name)
        if one is None or other is None:
            found.append(Difference(number, f"clock {name}", one, other))
            continue
        found += [
            Difference(number, f"clock {name}: {field}", was, should)
            for field, was, should in zip(CachedClock._fields, one, other, strict=True)
            if was != should
        ]
    return found
