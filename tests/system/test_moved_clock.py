"""A console that stood still for days, or whose machine's clock was set, is right again by itself.

A stopped process is what a laptop's sleep looks like to a program: it runs on as if nothing had
been, and the clock on the wall is another.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.desk.instants import to_us
from tests.console.real_desk import office_in
from tests.desk.office import FRIDAY
from tests.system.moved_clock import set_clock
from tests.system.terminal import Terminal

pytestmark = pytest.mark.system

_HOUR = 3_600_000_000
_LARGE = {"columns": 120, "rows": 36}


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Sam's queue on Friday at nine, with one urgent ticket."""
    office = office_in(tmp_path)
    office.new("Printer jams")
    office.close()
    set_clock(tmp_path, to_us(FRIDAY))
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.system.moved_clock", str(tmp_path)]
    made = Terminal(["/usr/bin/env", f"PYTHONPATH={root}", *command], **_LARGE)
    yield made
    made.close()


def test_a_stopped_console_is_right_again_when_it_runs_on(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait_for("Fri 20 Nov 09:0")
    terminal.wait_for("Printer jams")
    terminal.wait_for("1 open")
    process = int((tmp_path / "process").read_text())
    os.kill(process, signal.SIGSTOP)
    set_clock(tmp_path, to_us(FRIDAY) + 73 * _HOUR)
    os.kill(process, signal.SIGCONT)
    # Friday had seven hours and a half after nine, one of them promised.
    terminal.wait_for("Mon 23 Nov 10:0")
    terminal.wait_for("1 Printer jams: first response is overdue.")
    terminal.wait_for("◆ +8h30")
    terminal.wait_for("1 overdue")
    assert "20 Nov 10:00" in terminal.text, "it was due on another day than today"


def test_a_clock_that_is_set_is_followed_there_and_back(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("Printer jams")
    terminal.press("\r")
    for hours, header, head in (
        (8, "Fri 20 Nov 17:0", "closed, opens Mon 08:00"),
        (71, "Mon 23 Nov 08:0", "open, closes in"),
        (-1, "Fri 20 Nov 08:0", "open, closes in 8h"),
    ):
        set_clock(tmp_path, to_us(FRIDAY) + hours * _HOUR)
        terminal.wait_for(header)
        terminal.wait_for(head)
