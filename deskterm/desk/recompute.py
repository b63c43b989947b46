"""Computing the clocks of many open tickets again after their calendar or targets changed.

Reading and computing hold nobody up. Writing is done in short transactions, and only what really
changed is written; a ticket that somebody changed meanwhile has been computed by that step.
What is left to do is written down with the change that made it necessary, so that a program that
was stopped half way leaves a note and not a wrong clock.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Row

from deskterm.desk.alerts import Told, alerts_told, next_alert_us
from deskterm.desk.clockcache import CachedClock, cached
from deskterm.desk.journal import JournalEvent
from deskterm.desk.kinds import VISIT_KINDS
from deskterm.desk.shelf import TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_row import next_due, policy_order, untriaged_since_us
from deskterm.desk.ticket_state import opening, ticket_facts
from deskterm.policy.document import Policy
from deskterm.sla.clocks import Clock, clock_of
from deskterm.sla.facts import NO_DATA, Event, TicketFacts
from deskterm.sla.reading import Reading
from deskterm.sla.terms import VISITS, Terms

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

Progress = Callable[[int, int], None]
"""(tickets done, of how many)."""

#: How many tickets are read and computed at a time.
_READ: Final = 1_000
#: How long a writing transaction should take; others wait no longer than this for their turn.
_WRITE_SECONDS: Final = 0.007
_FEWEST: Final = 10

#: Clocks look at none of these, and they are most of a long history.
_UNREAD: Final = ", ".join(
    f"'{kind}'" for kind in ("assigned", "noted", "linked", *VISIT_KINDS)
)
#: Of the others, those that say more by their data than by having happened.
_TOLD_BY_DATA: Final = frozenset(
    {"opened", "edited", "triaged", "reprioritised", "told", "undone", "redacted"}
)
#: A change of hours moves these and no others: what has ended keeps its verdict.
_MOVES: Final = frozenset({"running", "paused"})

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
    "SELECT number, version, status, customer_id, snapshot, policy, agreement_id, package, region,"
    f" priority, priority_rank, affected, opened_us, policy_order, {', '.join(_DUE)} FROM ticket"
)


class Todo(NamedTuple):
    """Tickets whose clocks have to be computed again: of a policy, or of one agreement."""

    id: int
    policy: str | None
    agreement_id: int | None
    every_clock: bool
    """Targets have changed, so that also clocks that do not run may be others now."""
    since_us: int
    """When the change was entered; what had ended before keeps its verdict."""
    after: int
    """All up to this number are done."""


class _Past(NamedTuple):
    """What clocks need of a ticket's history."""

    facts: TicketFacts
    events: list[Event]
    told: Told
    latest_us: int


class _Changed(NamedTuple):
    number: int
    version: int
    clocks: list[CachedClock]
    due: dict[str, Any] | None


def note(
    tx: Tx,
    now_us: int,
    *,
    policy: str | None = None,
    agreement_id: int | None = None,
    targets: bool = False,
) -> int:
    """Write down, in the transaction that makes it necessary, what has to be computed again.

    `targets`: not only hours have changed, but what is promised in them.
    """
    return int(
        tx.value(
            "INSERT INTO recompute (policy, agreement_id, every_clock, since_us, after_number)"
            " VALUES (:policy, :agreement, :every, :since, 0) RETURNING id",
            policy=policy,
            agreement=agreement_id,
            every=targets,
            since=now_us,
        )
    )


def pending(tx: Tx) -> list[Todo]:
    """What was noted and is not done."""
    rows = tx.rows(
        "SELECT id, policy, agreement_id, every_clock, since_us, after_number FROM recompute"
        " ORDER BY id"
    )
    return [
        Todo(
            row.id, row.policy, row.agreement_id, bool(row.every_clock), row.since_us,
            row.after_number,
        )
        for row in rows
    ]  # fmt: skip


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
        open_ones, values = self._tickets()
        with self._desk.store.read() as tx:
            total, left = (
                int(
                    tx.value(
                        f"SELECT count(*) FROM ticket WHERE {open_ones}", after=after, **values
                    )
                )
                for after in (0, self._todo.after)
            )
        after, clocks = self._todo.after, 0
        while True:
            with self._desk.store.read() as tx:
                rows = tx.rows(
                    f"{_TICKETS} WHERE {open_ones} ORDER BY number LIMIT {_READ}",
                    after=after,
                    **values,
                )
                changed, looked_at = self._compute(tx, rows)
            if not rows:
                break
            after = rows[-1].number
            clocks += looked_at
            self._write(changed, after)
            left -= len(rows)
            self._progress(total - max(left, 0), total)
        self._resolved_meanwhile()
        with self._desk.store.write() as tx:
            tx.run("DELETE FROM recompute WHERE id = :id", id=self._todo.id)
        return clocks

    def _tickets(self) -> tuple[str, dict[str, Any]]:
        scope, values = self._scope()
        return f"live = 1 AND {scope} AND number > :after", values

    def _scope(self) -> tuple[str, dict[str, Any]]:
        if self._todo.agreement_id is not None:
            return "agreement_id = :agreement", {"agreement": self._todo.agreement_id}
        return "policy = :policy", {"policy": self._todo.policy}

    def _resolved_meanwhile(self) -> None:
        """Tickets that were resolved at the very instant of the change, or since."""
        scope, values = self._scope()
        with self._desk.store.read() as tx:
            rows = tx.rows(
                f"{_TICKETS} WHERE resolved_us >= :since AND live = 0 AND {scope}",
                since=self._todo.since_us,
                **values,
            )
            changed, _ = self._compute(tx, rows)
        self._write(changed, self._todo.after)

    def _compute(self, tx: Tx, rows: Sequence[Row[Any]]) -> tuple[list[_Changed], int]:
        if not rows:
            return [], 0
        numbers = ", ".join(str(int(row.number)) for row in rows)
        kept = _clocks(tx, numbers)
        past = _past(tx, numbers)
        now_us = self._desk.now_us()
        terms_of = _TermsOf(tx, self._desk)
        changed: list[_Changed] = []
        looked_at = 0
        for row in rows:
            terms = terms_of(row)
            before = kept[row.number]
            looked_at += len(before)
            facts, events, told, latest_us = past[row.number]
            at_us = max(now_us, latest_us)
            spans = self._desk.rewriter.spans_at(tx, terms.policy, row.package, row.customer_id)
            reading: Reading | None = None
            updates: list[CachedClock] = []
            for place, name in enumerate(terms.policy.clock_names()):
                known = before[name]
                if not self._may_move(known):
                    continue
                reading = reading or Reading(terms, facts, events, spans, at_us)
                clock = clock_of(reading, place)
                known_at_us = at_us if clock.ended_us is None else clock.ended_us
                fresh = cached(
                    clock,
                    terms_of.calendar(terms, clock, known_at_us),
                    next_alert_us(terms.policy, clock, at_us, told),
                )
                if fresh != known:
                    updates.append(fresh)
                    before[name] = fresh
            if updates:
                due = _due(row, list(before.values()), terms.policy)
                changed.append(_Changed(row.number, row.version, updates, due))
        return changed, looked_at

    def _may_move(self, clock: CachedClock) -> bool:
        if self._todo.every_clock or clock.phase in _MOVES:
            return True
        return clock.ended_us is not None and clock.ended_us >= self._todo.since_us

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
        self._desk.shelf.calendars.keep(
            tx, {clock.calendar for one in same for clock in one.clocks}
        )
        tx.many(
            _UPDATE_CLOCK,
            [{"number": one.number, **clock._asdict()} for one in same for clock in one.clocks],
        )
        tx.many(_UPDATE_TICKET, [one.due for one in same if one.due is not None])
        tx.run(
            "UPDATE recompute SET after_number = :after WHERE id = :id",
            after=after,
            id=self._todo.id,
        )


class _TermsOf:
    """Terms and calendar keys of the tickets of one batch, each looked up once."""

    def __init__(self, tx: Tx, desk: Desk) -> None:
        self._tx = tx
        self._shelf = desk.shelf
        self._terms: dict[TermsOf, Terms] = {}
        self._keys: dict[tuple[int, str | None, int], str | None] = {}
        # All others are under the same terms as everybody with their policy and package.
        self._varied = {
            row.agreement_id
            for row in tx.rows("SELECT DISTINCT agreement_id FROM time_fact")
        }

    def __call__(self, row: Row[Any]) -> Terms:
        agreement_id = row.agreement_id if row.agreement_id in self._varied else None
        of = TermsOf(row.snapshot, row.policy, agreement_id, row.package, row.region)
        terms = self._terms.get(of)
        if terms is None:
            terms = self._terms[of] = self._shelf.terms(self._tx, of)
        return terms

    def calendar(self, terms: Terms, clock: Clock, known_at_us: int) -> str | None:
        """The key of the calendar the clock runs on."""
        if clock.calendar == VISITS:
            return self._shelf.calendars.named(terms, clock, known_at_us)
        place = (id(terms), clock.calendar, terms.edition(known_at_us))
        if place not in self._keys:
            self._keys[place] = self._shelf.calendars.named(terms, clock, known_at_us)
        return self._keys[place]


def _past(tx: Tx, numbers: str) -> dict[int, _Past]:
    """What clocks look at of each ticket's history."""
    rows = tx.connection.exec_driver_sql(
        "SELECT subject_id, id, at_us, kind, payload FROM event"
        f" WHERE subject = 'ticket' AND subject_id IN ({numbers}) AND kind NOT IN ({_UNREAD})"
        " ORDER BY subject_id, id"
    ).fetchall()
    # One text is read faster than thousands of short ones.
    told = [row[4] for row in rows if row[3] in _TOLD_BY_DATA and row[4] is not None]
    read = iter(json.loads(f"[{','.join(told)}]"))
    events: dict[int, list[Event]] = {}
    erased: set[int] = set()
    for number, event_id, at_us, kind, payload in rows:
        data = NO_DATA
        if kind in _TOLD_BY_DATA:
            if payload is None:
                erased.add(number)
            else:
                data = next(read)
        events.setdefault(number, []).append(Event(at_us, kind, data, event_id))
    for number in erased:
        events[number] = _with_what_was_kept(events[number])
    return {
        number: _Past(
            _facts(found),
            found,
            alerts_told(event.data for event in found if event.kind == "told"),
            max(event.at_us for event in found),
        )
        for number, found in events.items()
    }


def _with_what_was_kept(events: Sequence[Event]) -> list[Event]:
    kept = {
        event.data.get("redacts"): event.data.get("kept", {})
        for event in events
        if event.kind == "redacted"
    }
    return [event._replace(data=kept.get(event.id, event.data)) for event in events]


def _facts(events: Sequence[Event]) -> TicketFacts:
    read = [event for event in events if event.kind in ("opened", "edited", "undone")]
    return ticket_facts(
        opening(
            [
                JournalEvent(int(e.id or 0), "ticket", 0, e.at_us, e.at_us, None, e.kind, e.data)
                for e in read
            ]
        )
    )


def _clocks(tx: Tx, numbers: str) -> dict[int, dict[str, CachedClock]]:
    rows = tx.connection.exec_driver_sql(
        f"SELECT number, {', '.join(_CLOCK)} FROM clock WHERE number IN ({numbers})"
    ).fetchall()
    found: dict[int, dict[str, CachedClock]] = {}
    for number, *values in rows:
        found.setdefault(number, {})[values[0]] = CachedClock(*values)
    return found


def _due(row: Row[Any], clocks: Sequence[CachedClock], policy: Policy) -> dict[str, Any] | None:
    """The ticket's own columns where they are no longer what they were."""
    due = next_due(clocks, untriaged_since_us(row.status, row.priority, row.opened_us))
    # The last columns of the row, see `_TICKETS`.
    if row[-len(_DUE) :] == tuple(due[name] for name in _DUE):
        return None
    order = policy_order(policy, dict(row._mapping) | due)
    return {"number": row.number, "policy_order": order, **due}


def _nobody(done: int, total: int) -> None:
    del done, total
