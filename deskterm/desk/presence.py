"""Who has a ticket open just now."""

from __future__ import annotations

from typing import Final

from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean

#: After this long without a sign somebody has gone, whether they said so or not.
GONE_AFTER_US: Final = 90 * 1_000_000


def enter(tx: Tx, number: int, agent_id: int, now_us: int) -> None:
    """Say that an agent has the ticket open; repeated while it stays open."""
    tx.run(
        "INSERT INTO presence (number, agent_id, seen_us) VALUES (:number, :agent, :now)"
        " ON CONFLICT (number, agent_id) DO UPDATE SET seen_us = excluded.seen_us",
        number=number,
        agent=agent_id,
        now=now_us,
    )


def leave(tx: Tx, number: int, agent_id: int) -> None:
    """Say that an agent has closed it."""
    tx.run(
        "DELETE FROM presence WHERE number = :number AND agent_id = :agent",
        number=number,
        agent=agent_id,
    )


def viewers(tx: Tx, number: int, me: int | None, now_us: int) -> tuple[CleanText, ...]:
    """Names of the others who have it open."""
    rows = tx.rows(
        "SELECT g.name FROM presence p JOIN agent g ON g.id = p.agent_id"
        " WHERE p.number = :number AND p.agent_id <> :me AND p.seen_us > :since ORDER BY g.name",
        number=number,
        me=-1 if me is None else me,
        since=now_us - GONE_AFTER_US,
    )
    return tuple(clean(row.name) for row in rows)
