"""Engineer time at a customer, for the clocks that run on it, and bringing those up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk.journal import JournalEvent, read_events
from deskterm.desk.rewriting import runs_on_visits
from deskterm.desk.store.base import Tx
from deskterm.desk.visits.ledgers import visit_event
from deskterm.sla.facts import OnsiteSpan
from deskterm.visits import events as ev

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def onsite_spans(tx: Tx, customer_id: int) -> list[OnsiteSpan]:
    """Booked and attended engineer time at a customer, each with when it was entered and, where it
    was moved, cancelled or replaced by the time attended, when it was removed.
    """
    rows = tx.rows(
        "SELECT id, subject, subject_id, at_us, recorded_us, agent_id, kind, payload FROM event"
        " WHERE subject = 'visit' AND subject_id IN"
        " (SELECT id FROM visit WHERE customer_id = :id) ORDER BY subject_id, id",
        id=customer_id,
    )
    by_visit: dict[int, list[JournalEvent]] = {}
    for event in read_events(rows):
        by_visit.setdefault(event.subject_id, []).append(event)
    return [span for history in by_visit.values() for span in visit_spans(history)]


def visit_spans(history: list[JournalEvent]) -> list[OnsiteSpan]:
    """The engineer time that one visit's history made known. What was taken back never was."""
    undone = {event.data.get("undoes") for event in history if event.kind == "undone"}
    spans: list[OnsiteSpan] = []
    planned: OnsiteSpan | None = None
    arrived_us: int | None = None
    for entry in history:
        event = visit_event(entry)
        if event is None or entry.id in undone:
            continue
        if isinstance(event, ev.Booked | ev.CalledOut | ev.Moved):
            if planned is not None:
                spans.append(planned._replace(removed_us=entry.recorded_us))
            interval = event.interval
            planned = OnsiteSpan(interval.start_us, interval.end_us, entry.recorded_us)
        elif isinstance(event, ev.Arrived):
            arrived_us = event.at_us
        elif isinstance(event, ev.Cancelled | ev.Missed | ev.RemoteInLieu | ev.Departed):
            if planned is not None:
                spans.append(planned._replace(removed_us=entry.recorded_us))
                planned = None
            if isinstance(event, ev.Departed) and arrived_us is not None:
                end_us = max(event.at_us, arrived_us + 1)
                spans.append(OnsiteSpan(arrived_us, end_us, entry.recorded_us))
    if planned is not None:
        spans.append(planned)
    return spans


def refresh_clocks(tx: Tx, desk: Desk, customer_id: int, now_us: int) -> None:
    """Bring the clocks of a customer's open tickets up to date that run on engineer time."""
    rows = tx.rows(
        "SELECT number, snapshot, package FROM ticket WHERE live = 1 AND customer_id = :id"
        " ORDER BY number",
        id=customer_id,
    )
    for row in rows:
        if runs_on_visits(desk.shelf.policy(tx, row.snapshot), row.package):
            desk.rewriter.rewrite(tx, desk.rewriter.load(tx, row.number), now_us)
