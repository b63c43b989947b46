"""The JSON shapes of tickets: what ``--json`` prints is a contract."""

from __future__ import annotations

from typing import Any

from deskterm.cli.times import iso
from deskterm.desk.model import ClockCell, QueueRow


def clock_shape(cell: ClockCell, now_us: int) -> dict[str, Any]:
    """One clock: its state, due time and, where it runs or is paused, the working time left."""
    shape: dict[str, Any] = {"state": cell.state(now_us)}
    if cell.due_us is not None:
        shape["due"] = iso(cell.due_us, cell.zone)
    remaining = cell.remaining_us(now_us)
    if remaining is not None:
        shape["remaining_seconds"] = _seconds(remaining)
    if cell.ended_us is not None:
        shape["ended"] = iso(cell.ended_us, cell.zone)
    return shape


def ticket_shape(row: QueueRow, now_us: int) -> dict[str, Any]:
    """One ticket of ``ticket list --json``: ids, not labels."""
    return {
        "number": row.number,
        "reference": row.reference,
        "status": row.status,
        "type": row.type,
        "priority": row.priority,
        "impact": row.impact,
        "urgency": row.urgency,
        "customer": row.customer,
        "agent": row.agent,
        "opened": iso(row.opened_us),
        "subject": row.subject,
        "clocks": {cell.name: clock_shape(cell, now_us) for cell in row.clocks},
    }


def _seconds(us: int) -> int | float:
    return us // 1_000_000 if us % 1_000_000 == 0 else us / 1_000_000
