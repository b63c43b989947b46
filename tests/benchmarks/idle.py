"""What an idle minute with thirty running clocks costs: bytes to the terminal, and processor."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from deskterm.desk.desk import Desk
from deskterm.desk.model import NewTicket
from tests.benchmarks._result import Result
from tests.benchmarks._terminal import Painted

TICKETS = 30
LAST_HOUR = 3
SECONDS = 60
HOUR_US = 3_600_000_000
#: Promises an answer within 72 hours by day and night, so that its clocks run whenever this does.
POLICY = "pupil-asset"


def fill(database: Path) -> None:
    """Thirty tickets whose answers run, three of them in their last hour."""
    with Desk.open(database) as desk:
        desk.init("Sam", "supervisor")
        desk.customers.add("Oakfield Primary", POLICY)
        now_us = desk.now_us()
        for place in range(TICKETS):
            hours = 71.3 if place < LAST_HOUR else 20 + place
            opened_us = now_us - int(hours * HOUR_US) - place * 1_700_000
            desk.tickets.new(
                NewTicket("Oakfield Primary", f"Report {place} comes out empty", channel="portal",
                          opened_us=opened_us)
            )  # fmt: skip


def run() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "desk.db"
        fill(database)
        command = [sys.executable, "-m", "deskterm", "--database", str(database)]
        # Forty lines leave room for all thirty rows at once.
        with Painted(command, size=(46, 120)) as program:
            program.until("Report 29|Report 0")
            program.quiet(0.8)
            program.output.clear()
            busy = program.cpu_seconds()
            end = time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                program.read(0.2)
            busy = program.cpu_seconds() - busy
            sent = len(program.output)
    return [
        Result("one idle minute, 30 running clocks, 3 in their last hour", sent / 1024, "at most",
               20, "KB", f"{busy * 1000 / SECONDS:.1f} ms of processor a second"),
    ]  # fmt: skip
