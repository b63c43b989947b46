"""Every column that is drawn sorts the list by what it shows, by key and by click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskterm.console.clocktext import answer_and_fix, due_clock
from deskterm.console.screens.queue import QueueScreen
from deskterm.console.widgets.ticket_columns import columns_for
from deskterm.console.widgets.ticket_table import TicketTable
from deskterm.desk.model import ClockCell, QueueRow
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import Office

NEVER = 2**62


def furnish(office: Office) -> None:
    """Tickets whose answers, fixes, names and people are in orders of their own."""
    for at, (customer, asked) in enumerate([
        ("Oakfield Primary", {"priority": "low"}), ("Oakfield Primary", {"priority": "urgent"}),
        ("St Bede's", {"impact": "high", "urgency": "low"}), ("Dean Hall", {}),
        ("Brook Office", {}), ("Oakfield Primary", {"priority": "high"}),
    ]):  # fmt: skip
        office.new(f"Subject {(at * 5) % 7}", customer=customer, **asked)
        office.clock.on(minutes=3)
    office.do("assign", 3, agent="me")
    office.sue.tickets.do("assign", 1, {"agent": "Sue"})
    office.do("respond", 2, text="Looking at it")
    office.do("hold", 6, reason="awaiting_customer", awaiting="a call")


def due(cell: ClockCell | None) -> int:
    running = cell is not None and cell.phase == "running"
    return NEVER if cell is None or not running or cell.due_us is None else cell.due_us


SHOWN: dict[str, Callable[[QueueRow], Any]] = {
    "number": lambda row: row.number,
    "priority": lambda row: row.priority_rank,
    "answer": lambda row: due(answer_and_fix(row)[0]),
    "fix": lambda row: due(answer_and_fix(row)[1]),
    "next": lambda row: due(due_clock(row)),
    "due": lambda row: due(due_clock(row)),
    "subject": lambda row: row.subject.casefold(),
    "customer": lambda row: row.customer.casefold(),
    "who": lambda row: (row.agent or "").casefold(),
}


@pytest.mark.parametrize("width", [200, 80])
async def test_every_column_sorts_by_what_it_shows(
    office: Office, tmp_path: Path, width: int
) -> None:
    furnish(office)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(width, 40)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        columns = [placed.column for placed in columns_for(width, {})]
        assert {column.id for column in columns} <= set(SHOWN)
        for column in columns:
            screen.sort_by(None)
            screen.sort_by(column.order)
            await settled(pilot)
            triaged = [row for row in screen.table.rows if row.priority is not None]
            values = [SHOWN[column.id](row) for row in triaged]
            assert values == sorted(values), column.id
            screen.sort_by(column.order)
            await settled(pilot)
            back = [row.number for row in screen.table.rows if row.priority is not None]
            assert back == [row.number for row in reversed(triaged)], column.id


async def test_answer_and_fix_are_sorted_by_key_and_by_click(
    office: Office, tmp_path: Path
) -> None:
    furnish(office)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        await pilot.press("s")
        await settled(pilot)
        listed = shown(pilot)
        for title in ("Answer", "Fix", "Due", "Who", "Opened", "Last change", "Status"):
            assert title in listed
        await pilot.press("escape")
        orders = []
        for column in ("answer", "fix"):
            at = next(placed for placed in screen.table.lines.placed if placed.column.id == column)
            await pilot.click(TicketTable, offset=(at.x + 1, 0))
            await settled(pilot)
            assert screen.order == column
            orders.append([row.number for row in screen.table.rows])
        assert orders[0] != orders[1], "each by its own clock"
