"""Hearing that somebody has changed something, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk.model import Change

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
