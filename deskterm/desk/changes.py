"""Hearing that somebody has changed something, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk.model import Arrivals, Change
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


class Changes:
    """The desk's change notice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counter(self) -> int:
        """A number that changes when anybody, this program too, has committed something."""
        return self._desk.store.counter()

    def last_event(self) -> int:
        """Id of the newest event; where `since` goes on from."""
        with self._desk.store.read() as tx:
            return int(tx.value("SELECT last_event FROM journal_head WHERE id = 1"))

    def since(self, event_id: int, limit: int = 1000) -> tuple[Change, ...]:
        """What has happened after the event with this id, oldest first."""
        with self._desk.store.read() as tx:
            rows = tx.rows(
                "SELECT id, subject, subject_id, kind, agent_id FROM event WHERE id > :after"
                " ORDER BY id LIMIT :limit",
                after=event_id,
                limit=limit,
            )
            return tuple(
                Change(row.id, row.subject, row.subject_id, row.kind, row.agent_id)
                for row in rows
            )

    def arrivals(self, after: int | None = None) -> Arrivals:
        """The open tickets that came in after the event with this id; None: from now on.

        What whoever sits here has opened by hand is no news to them; what a program of theirs has
        imported is.
        """
        if after is None:
            return Arrivals(self.last_event())
        with self._desk.store.read() as tx:
            me = self._desk.who(tx)
            up_to = int(tx.value("SELECT last_event FROM journal_head WHERE id = 1"))
            # Few events have come since, the desk has many: they are found by their ids, not by an
            # index over all that ever happened to tickets, nor from the open tickets.
            found = tx.one(
                "SELECT count(*) AS many, max(event.subject_id) AS newest"
                " FROM event CROSS JOIN ticket WHERE event.id > :after AND event.id <= :up_to"
                " AND event.subject || '' = 'ticket' AND event.kind = 'opened'"
                " AND ticket.number = event.subject_id AND ticket.live = 1"
                " AND (event.agent_id IS NULL OR event.agent_id <> :me"
                " OR ticket.source IS NOT NULL)",
                after=after,
                up_to=up_to,
                me=-1 if me is None else me.id,
            )
            if found is None or not found.many:
                return Arrivals(up_to)
            row = tx.one(
                "SELECT number, subject, customer_name FROM ticket WHERE number = :number",
                number=found.newest,
            )
            newest = None if row is None else (
                row.number, clean(row.subject), clean(row.customer_name)
            )  # fmt: skip
            return Arrivals(up_to, int(found.many), newest)
