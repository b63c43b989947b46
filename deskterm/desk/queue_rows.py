"""Rows of the ticket table as lists show them, with their clocks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import Row

from deskterm.desk.axes import Axes, Line
from deskterm.desk.model import ClockCell, QueueRow, Status
from deskterm.desk.snapshots import Labels, load_labels
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

COLUMNS: Final = (
    "ticket.number, ticket.reference, ticket.version, ticket.subject, ticket.status, ticket.type,"
    " ticket.priority, ticket.priority_rank, ticket.impact, ticket.urgency, ticket.customer_name,"
    " ticket.customer_id, ticket.agent_name, ticket.agent_id, ticket.policy, ticket.snapshot,"
    " ticket.opened_us, ticket.updated_us, ticket.hold_reason, ticket.chase_us,"
    " ticket.next_clock, ticket.next_due_us"
)


class QueueRows:
    """Makes rows from what the database says; keeps the words of the policies it has met."""

    def __init__(self) -> None:
        self.axes = Axes()
        self._labels: dict[str, Labels] = {}
        self._lock = threading.Lock()

    def labels(self, tx: Tx, snapshot: str) -> Labels:
        """A policy's own words."""
        found = self._labels.get(snapshot)
        if found is None:
            found = load_labels(tx, snapshot)
            with self._lock:
                self._labels[snapshot] = found
        return found

    def rows(self, tx: Tx, found: Sequence[Row[Any]]) -> tuple[QueueRow, ...]:
        """`found` are rows of `COLUMNS`; their clocks are read in one go."""
        if not found:
            return ()
        numbers = ", ".join(str(int(row.number)) for row in found)
        clocks = tx.connection.exec_driver_sql(
            "SELECT number, name, phase, due_us, late_from_us, left_us, at_risk_us, ended_us,"
            f" calendar FROM clock WHERE number IN ({numbers})"
        ).all()
        lines = self.axes.lines(tx, {clock.calendar for clock in clocks if clock.calendar})
        by_ticket: dict[int, dict[str, Row[Any]]] = {}
        for clock in clocks:
            by_ticket.setdefault(clock.number, {})[clock.name] = clock
        return tuple(
            _row(row, self.labels(tx, row.snapshot), by_ticket.get(row.number, {}), lines)
            for row in found
        )


def _row(
    row: Row[Any], labels: Labels, clocks: dict[str, Row[Any]], lines: Any
) -> QueueRow:
    return QueueRow(
        number=row.number,
        reference=None if row.reference is None else clean(row.reference),
        version=row.version,
        subject=clean(row.subject),
        status=cast(Status, row.status),
        type=row.type,
        priority=row.priority,
        priority_name=labels.priority_name(row.priority),
        priority_rank=row.priority_rank,
        customer=clean(row.customer_name),
        customer_id=row.customer_id,
        agent=None if row.agent_name is None else clean(row.agent_name),
        agent_id=row.agent_id,
        policy=row.policy,
        opened_us=row.opened_us,
        updated_us=row.updated_us,
        hold_reason=row.hold_reason,
        chase_us=row.chase_us,
        next_clock=row.next_clock,
        next_due_us=row.next_due_us,
        clocks=tuple(
            _cell(clocks[name], title, lines)
            for name, title in labels.clocks.items()
            if name in clocks
        ),
        impact=row.impact,
        urgency=row.urgency,
    )


def _cell(clock: Row[Any], title: str, lines: dict[str, Line]) -> ClockCell:
    line = lines.get(clock.calendar) if clock.calendar is not None else None
    return ClockCell(
        name=clock.name,
        title=title,
        phase=clock.phase,
        due_us=clock.due_us,
        late_from_us=clock.late_from_us,
        left_us=clock.left_us,
        at_risk_us=clock.at_risk_us,
        ended_us=clock.ended_us,
        zone="UTC" if line is None else line.zone,
        axis=None if line is None else line.axis,
    )
