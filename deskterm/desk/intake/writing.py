"""Writing composed tickets down: journal, rows, clocks and text, a batch at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

from deskterm.desk import journal
from deskterm.desk.intake.composing import Composed
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_row import INSERT, INSERT_CLOCK, clock_values

_INSERT_TEXT: Final = (
    "INSERT INTO ticket_text (number, live, words) VALUES (:number, :live, :words)"
)
_INSERT_LINK: Final = "INSERT INTO link (number, kind, other) VALUES (:number, :kind, :other)"


def write_batch(tx: Tx, batch: Sequence[Composed], recorded_us: int | None) -> None:
    """Write new tickets at the end of the journal and into their tables.

    `recorded_us` is when all of it was written down; None where each event was when it happened,
    as in a desk that is made up.
    """
    events = [event for composed in batch for event in composed.events]
    if recorded_us is None:
        events.sort(key=lambda event: event.at_us)
    head = journal.head(tx)
    rows: list[dict[str, Any]] = []
    versions: dict[int, int] = {}
    for event in events:
        at_us = event.at_us if recorded_us is None else recorded_us
        head, row = journal.entries(head, (event,), at_us, _salt)
        rows += row
        versions[event.subject_id] = head.last_event
    for composed in batch:
        composed.values["version"] = versions[composed.number]
    tx.many(INSERT, [composed.values for composed in batch])
    tx.many(
        INSERT_CLOCK,
        [clock_values(composed.number, clock) for composed in batch for clock in composed.clocks],
    )
    tx.many(
        _INSERT_TEXT,
        [{"number": one.number, "live": one.values["live"], "words": one.words} for one in batch],
    )
    linked = [
        {"number": one.number, "kind": kind, "other": other}
        for one in batch
        for kind, other in one.links
    ]
    if linked:
        tx.many(_INSERT_LINK, linked)
    journal.append_rows(tx, rows, head)


def _salt() -> bytes:
    return os.urandom(8)
