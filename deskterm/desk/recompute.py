"""Computing the clocks of many open tickets again after their calendar or targets changed.

Reading and computing hold nobody up. Writing is done in short transactions, and only what really
changed is written; a ticket that somebody changed meanwhile has been computed by that step.
What is left to do is written down with the change that made it necessary, so that a program that
was stopped half way leaves a note and not a wrong clock.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Row

from deskterm.desk.clockcache import CachedClock, cached
from deskterm.desk.journal import JournalEvent
from deskterm.desk.shelf import TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_row import next_due, policy_order
from deskterm.desk.ticket_state import opening, ticket_facts
from deskterm.sla.clocks import evaluate
from deskterm.sla.facts import Event
from deskterm.sla.timeline import SILENT

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

Progress = Callable[[int, int], None]
"""(tickets done, of how many)."""

#: How many tickets are read and computed at a time.
_READ: Final = 1_000
#: How long a writing transaction should take; others wait no longer than this for their turn.
_WRITE_SECONDS: Final = 0.012
_FEWEST: Final = 10

#: Clocks look at none of these; `opened` holds the facts, `redacted` what was kept of others.
_UNREAD: Final = ", ".join(f"'{kind}'" for kind in sorted(SILENT - {"opened", "redacted"}))

_CLOCK: Final = CachedClock._fields
_DUE: Final = (
    "next_clock", "next_due_us", "breaks_us", "late_from_us", "at_risk_us", "escalate_us",
)  # fmt: skip
_UPDATE_CLOCK: Final = (
    f"UPDATE clock SET {', '.join(f'{name} = :{name}' for name in _CLOCK[1:])}"
    " WHERE number = :number AND name = :name"
)
_UPDATE_TICKET: Final = (
    f"UPDATE ticket SET {', '.join(f'{name} = :{name}' for name in (*_DUE, 'policy_order'))}"
    " WHERE number = :number"
)
_TICKETS: Final = (
    "SELECT number, version, customer_id, snapshot, policy, agreement_id, package, region,"
    f" priority, priority_rank, affected, opened_us, policy_order, {', '.join(_DUE)} FROM ticket"
)


class Todo(NamedTuple):
    """Tickets whose clocks have to be computed again: of a policy, or of one agreement."""

    id: int
    policy: str | None
    agreement_id: int | None
    after: int
    """All up to this number are done."""


class _Changed(NamedTuple):
    number: int
    version: int
    clocks: list[dict[str, Any]]
    due: dict[str, Any] | None


def note(tx: Tx, *, policy: str | None = None, agreement_id: int | None = None) -> int:
    """Write down, in the transaction that makes it necessary, what has to be computed again."""
    return int(
        tx.value(
            "INSERT INTO recompute (policy, agreement_id, after_number)"
            " VALUES (:policy, :agreement, 0) RETURNING id",
            policy=policy,
            agreement=agreement_id,
        )
    )


def pending(tx: Tx) -> list[Todo]:
    """What was noted and is not done."""
    rows = tx.rows("SELECT id, policy, agreement_id, after_number FROM recompute ORDER BY id")
    return [Todo(row.id, row.policy, row.agreement_id, row.after_number) for row in rows]


def finish(desk: Desk, progress: Progress | None = None) -> int:
    """Do everything that is noted; how many clocks were looked at.

    May be stopped at any time and begun again, by anybody; two at once do no harm.
    """
    with desk.store.read() as tx:
        todo = pending(tx)
    return sum(_Run(desk, one, progress).run() for one in todo)


class _Run:
    def __init__(self, desk: Desk, todo: Todo, progress: Progress | None) -> None:
        self._desk = desk
        self._todo = todo
        self._progress = progress or _nobody
        self._batch = 200

    def run(self) -> int:
        where, values = self._where()
        with self._desk.store.read() as tx:
            total = int(tx.value(f"SELECT count(*) FROM ticket WHERE {where}", after=0, **values))
            left = int(
                tx.value(
                    f"SELECT count(*) FROM ticket WHERE {where}", after=self._todo.after, **values
                )
            )
        after, clocks = self._todo.after, 0
        while True:
            with self._desk.store.read() as tx:
                rows = tx.rows(
                    f"{_TICKETS} WHERE {where} ORDER BY number LIMIT {_READ}",
                    after=after,
                    **values,
                )
                changed, looked_at = self._compute(tx, rows) if rows else ([], 0)
            if not rows:
                break
            after = rows[-1].number
            clocks += looked_at
            self._write(changed, after)
            left -= len(rows)
            self._progress(total - max(left, 0), total)
        with self._desk.store.write() as tx:
            tx.run("DELETE FROM recompute WHERE id = :id", id=self._todo.id)
        return clocks

    def _where(self) -> tuple[str, dict[str, Any]]:
        if self._todo.agreement_id is not None:
            return (
                "live = 1 AND agreement_id = :agreement AND number > :after",
                {"agreement": self._todo.agreement_id},
            )
        return "live = 1 AND policy = :policy AND number > :after", {"policy": self._todo.policy}

    def _compute(self, tx: Tx, rows: Sequence[Row[Any]]) -> tuple[list[_Changed], int]:
        numbers = ", ".join(str(int(row.number)) for row in rows)
        histories = _histories(tx, numbers)
        kept = _clocks(tx, numbers)
        now_us = self._desk.now_us()
        shelf, calendars = self._desk.shelf, self._desk.shelf.calendars
        changed: list[_Changed] = []
        known: dict[TermsOf, Any] = {}
        keys: dict[tuple[int, str | None, int], str | None] = {}
        looked_at = 0
        for row in rows:
            of = TermsOf(row.snapshot, row.policy, row.agreement_id, row.package, row.region)
            terms = known.get(of)
            if terms is None:
                terms = known[of] = shelf.terms(tx, of)
            history = histories[row.number]
            spans = self._desk.rewriter.onsite(tx, row.customer_id)
            events = [Event(event.at_us, event.kind, event.data, event.id) for event in history]
            at_us = max(now_us, max(event.at_us for event in history))
            before = kept[row.number]
            fresh: list[CachedClock] = []
            updates: list[dict[str, Any]] = []
            for clock in evaluate(terms, ticket_facts(opening(history)), events, spans, at_us):
                known_at = at_us if clock.ended_us is None else clock.ended_us
                place = (id(terms), clock.calendar, terms.edition(known_at))
                if clock.calendar == "visits" or place not in keys:
                    keys[place] = calendars.named(terms, clock, known_at)
                one = cached(clock, keys[place])
                fresh.append(one)
                if before.get(one.name) != one:
                    updates.append({"number": row.number, **one._asdict()})
            looked_at += len(fresh)
            due = _due(row, fresh, terms.policy)
            if updates or due is not None:
                changed.append(_Changed(row.number, row.version, updates, due))
        return changed, looked_at

    def _write(self, changed: Sequence[_Changed], after: int) -> None:
        done = 0
        while done < len(changed):
            part = changed[done : done + self._batch]
            done += len(part)
            began = time.perf_counter()
            with self._desk.store.write() as tx:
                began = time.perf_counter()
                self._write_part(tx, part, after if done >= len(changed) else part[-1].number)
            # As many as fit into the time others should have to wait, by what these took.
            took = max(time.perf_counter() - began, 1e-4)
            wanted = len(part) * _WRITE_SECONDS / took
            self._batch = max(_FEWEST, min(int((self._batch + wanted) / 2), _READ))

    def _write_part(self, tx: Tx, part: Sequence[_Changed], after: int) -> None:
        numbers = ", ".join(str(one.number) for one in part)
        rows = tx.connection.exec_driver_sql(
            f"SELECT number, version FROM ticket WHERE number IN ({numbers})"
        ).all()
        now = {row.number: row.version for row in rows}
        same = [one for one in part if now.get(one.number) == one.version]
        updates = [update for one in same for update in one.clocks]
        self._desk.shelf.calendars.keep(tx, {update["calendar"] for update in updates})
        tx.many(_UPDATE_CLOCK, updates)
        tx.many(_UPDATE_TICKET, [one.due for one in same if one.due is not None])
        tx.run(
            "UPDATE recompute SET after_number = :after WHERE id = :id",
            after=after,
            id=self._todo.id,
        )


def _histories(tx: Tx, numbers: str) -> Mapping[int, list[JournalEvent]]:
    """What clocks look at of each ticket's history."""
    rows = tx.connection.exec_driver_sql(
        "SELECT subject_id, id, at_us, agent_id, kind, payload FROM event"
        f" WHERE subject = 'ticket' AND subject_id IN ({numbers}) AND kind NOT IN ({_UNREAD})"
        " ORDER BY subject_id, id"
    ).tuples()
    found: dict[int, list[JournalEvent]] = {}
    erased: set[int] = set()
    for number, event_id, at_us, agent_id, kind, payload in rows:
        if payload is None:
            erased.add(number)
        data = {} if payload is None or payload == "{}" else json.loads(payload)
        found.setdefault(number, []).append(
            JournalEvent(
                event_id, "ticket", number, at_us, at_us, agent_id, kind, data, payload is None
            )
        )
    for number in erased:
        kept = {
            event.data.get("redacts"): event.data.get("kept", {})
            for event in found[number]
            if event.kind == "redacted"
        }
        found[number] = [
            event._replace(data=kept.get(event.id, {})) if event.redacted else event
            for event in found[number]
        ]
    return found


def _clocks(tx: Tx, numbers: str) -> Mapping[int, dict[str, CachedClock]]:
    rows = tx.connection.exec_driver_sql(
        f"SELECT number, {', '.join(_CLOCK)} FROM clock WHERE number IN ({numbers})"
    ).tuples()
    found: dict[int, dict[str, CachedClock]] = {}
    for number, *values in rows:
        found.setdefault(number, {})[values[0]] = CachedClock(*values)
    return found


def _due(
    row: Row[Any], clocks: Sequence[CachedClock], policy: Any
) -> dict[str, Any] | None:
    """The ticket's own columns where they are no longer what they were."""
    due = next_due(clocks)
    order = policy_order(
        policy,
        {
            "priority": row.priority,
            "priority_rank": row.priority_rank,
            "affected": row.affected,
            "opened_us": row.opened_us,
            "breaks_us": due["breaks_us"],
        },
    )
    if order == row.policy_order and all(due[name] == getattr(row, name) for name in _DUE):
        return None
    return {"number": row.number, "policy_order": order, **due}


def _nobody(done: int, total: int) -> None:
    del done, total
