"""One second of the queue at 120 × 36 against the same table in Textual's `DataTable`.

Both show the same tickets in a frame of the same size; the clocks that are in their last hour say
something else every second. The queue is the whole screen with header, views and footer, the other
one a table, changed with `update_cell` only where a clock says something else.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import DataTable, Static

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.console.screens.queue import QueueScreen
from deskterm.console.widgets.ticket_columns import Moment
from deskterm.paths import paths_under
from tests.benchmarks._result import Result
from tests.console.fake_desk import (
    HOUR,
    MINUTE,
    SECOND,
    FakeClock,
    FakeDesk,
    answer,
    fix,
    local,
    ticket,
)
from tests.console.quiet import answered

SIZE = (120, 36)
TICKS = 40
ROWS = 200
MANY_ROWS = 5_000


class CountingDriver(HeadlessDriver):
    """A terminal that only counts what is sent to it."""

    sent = 0
    drawn: asyncio.Event | None = None

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        CountingDriver.sent += len(data.encode())

    def flush(self) -> None:
        if CountingDriver.drawn is not None:
            CountingDriver.drawn.set()

    def _get_terminal_size(self) -> tuple[int, int]:
        return SIZE


@dataclass(frozen=True, slots=True)
class Cost:
    """What one tick costs."""

    sent: float
    cpu: float


def desk_of(rows: int, clock: FakeClock, one_in: int) -> FakeDesk:
    """`rows` tickets; both clocks of one in `one_in` of them are in their last hour."""
    now = clock()
    listed = []
    for at in range(rows):
        soon = at % one_in == 0
        # Many rows have the instants of few: it is the rows that are more, not what happens.
        later = at % ROWS * SECOND // 2
        first = (20 * MINUTE if soon else 20 * HOUR) + later
        last = (40 * MINUTE if soon else 40 * HOUR) + later
        # Order is by number here, so that those that tick stand evenly among the others.
        listed.append(ticket(1000 + at, answer(first, now), fix(last, now), agent=None))
    return FakeDesk(listed, clock)


class Table(App[None]):
    """The same tickets in a `DataTable`."""

    CSS = "Static { height: 1; } #views { width: 22; height: 1fr; } DataTable { height: 1fr; }"

    def __init__(self, desk: FakeDesk) -> None:
        super().__init__(driver_class=CountingDriver)
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield Static("deskterm")
        with Horizontal():
            yield Static("Views", id="views")
            yield DataTable()
        yield Static("keys")

    def said(self, at: int) -> list[Text]:
        from deskterm.console.glyphs import UNICODE
        from deskterm.console.widgets.ticket_columns import columns_for

        moment = Moment(self.desk.now_us(), local, UNICODE)
        cells = [placed.column.cell(self.listed[at], moment) for placed in columns_for(94, {})]
        styles = {"late": "bold red", "risk": "bold yellow", "track": "cyan"}
        return [Text(cell.text, style=styles.get(cell.style, "")) for cell in cells]

    def on_mount(self) -> None:
        from deskterm.console.widgets.ticket_columns import columns_for

        table = self.query_one(DataTable)
        table.cursor_type = "row"
        placed = columns_for(94, {})
        self.keys = [
            table.add_column(column.column.title, width=column.width, key=column.column.id)
            for column in placed
        ]
        self.clocks = [at for at, column in enumerate(placed) if column.column.clock]
        self.listed = list(self.desk.rows.values())
        for at, row in enumerate(self.listed):
            table.add_row(*self.said(at), key=str(row.number))
        self.before = {at: self.said(at) for at in range(SIZE[1])}

    def tick(self, visible: int) -> None:
        table = self.query_one(DataTable)
        for at in range(visible):
            cells = self.said(at)
            for column in self.clocks:
                if cells[column] != self.before[at][column]:
                    number = str(self.listed[at].number)
                    table.update_cell(number, self.keys[column], cells[column])
            self.before[at] = cells


async def _ticks(clock: FakeClock, tick: Callable[[], Any]) -> Cost:
    """The mean cost of a tick, from the change of the clock to the bytes being on their way."""
    sent = cpu = 0.0
    gc.collect()
    gc.freeze()  # What the desk in memory holds is not the table's to sweep.
    for at in range(-3, TICKS):
        CountingDriver.drawn = asyncio.Event()
        clock.move(seconds=1)
        CountingDriver.sent = 0
        begun = time.process_time()
        tick()
        await asyncio.wait_for(CountingDriver.drawn.wait(), 10)
        spent = time.process_time() - begun
        await asyncio.sleep(0.03)
        if at >= 0:
            sent += CountingDriver.sent
            cpu += spent
    gc.unfreeze()
    return Cost(sent / TICKS, cpu / TICKS)


async def queue_cost(rows: int, one_in: int) -> Cost:
    """What a tick of the queue costs."""
    clock = FakeClock()
    with tempfile.TemporaryDirectory() as folder:
        app = DeskApp(
            cast(Any, desk_of(rows, clock, one_in)),
            paths_under(Path(folder)),
            Settings(marks="unicode"),
            local=local,
            watch=False,
            driver_class=CountingDriver,
        )
        async with app.run_test(headless=False, size=SIZE) as pilot:
            screen = app.screen
            while not (isinstance(screen, QueueScreen) and screen.table.loaded):
                await pilot.pause(0.05)
                screen = app.screen
            screen.preview_wanted = False
            screen.fold()
            screen.order = "number"
            screen.read_rows()
            await answered(app)
            await pilot.pause(0.2)
            return await _ticks(clock, screen.tick_now)


async def table_cost(rows: int, one_in: int) -> Cost:
    """What the same tick costs in a `DataTable`."""
    clock = FakeClock()
    app = Table(desk_of(rows, clock, one_in))
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await pilot.pause(0.2)
        return await _ticks(clock, lambda: app.tick(SIZE[1] - 5))


def run() -> list[Result]:
    """Bytes and processor time of a tick, as shares of the table's."""
    results: list[Result] = []
    all_soon = (queue_cost(ROWS, 1), table_cost(ROWS, 1))
    few_soon = (queue_cost(ROWS, 10), table_cost(ROWS, 10))
    for what, pair, bytes_limit, cpu_limit in (
        ("all clocks in their last hour", all_soon, 1 / 6, 1 / 5),
        ("one in ten in its last hour", few_soon, 1 / 40, 1 / 15),
    ):
        ours, theirs = asyncio.run(pair[0]), asyncio.run(pair[1])
        sent, spent = ours.sent / theirs.sent, ours.cpu / theirs.cpu
        sent_of = f"{ours.sent:,.0f} of {theirs.sent:,.0f} bytes"
        spent_of = f"{ours.cpu * 1000:.2f} of {theirs.cpu * 1000:.2f} ms"
        results += [
            Result(f"tick, {what}: bytes", sent, "at most", bytes_limit, "×", sent_of),
            Result(f"tick, {what}: CPU", spent, "at most", cpu_limit, "×", spent_of),
        ]
    few, many = asyncio.run(queue_cost(ROWS, 1)), asyncio.run(queue_cost(MANY_ROWS, 1))
    results.append(
        Result(f"tick, {MANY_ROWS:,} rows against {ROWS}: CPU", many.cpu / few.cpu, "at most", 1.3)
    )
    return results
