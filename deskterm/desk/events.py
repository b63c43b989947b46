"""Journal entries as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deskterm.desk.journal import JournalEvent
from deskterm.desk.model import EventView
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.ticket_state import standing


def event_views(
    tx: Tx, events: Sequence[JournalEvent], history: Sequence[JournalEvent] | None = None
) -> tuple[EventView, ...]:
    """`events` as they are shown; a ticket's whole `history` tells which of them were undone."""
    names = agent_names(tx)
    stands = None if history is None else {event.id for event in standing(history)}
    return tuple(
        EventView(
            event.id,
            event.at_us,
            event.recorded_us,
            None if event.agent_id is None else names.get(event.agent_id),
            event.kind,
            clean_data(event.data),
            stands is not None and event.id not in stands and event.kind != "undone",
        )
        for event in events
    )


def agent_names(tx: Tx) -> dict[int, CleanText]:
    """Every agent's name by id."""
    return {row.id: clean(row.name) for row in tx.rows("SELECT id, name FROM agent")}


def clean_data(data: Any) -> Any:
    """A payload whose texts are clean, however they got into the database."""
    if isinstance(data, str):
        return clean(data, lines=True)
    if isinstance(data, dict):
        return {str(clean(str(key))): clean_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return [clean_data(value) for value in data]
    return data
