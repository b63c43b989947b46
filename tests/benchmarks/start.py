"""From exec to the painted queue, and the memory the console then holds."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks._result import NotMeasured, Result, large_desk
from tests.benchmarks._terminal import Painted

ROUNDS = 11
EMPTY = [sys.executable, str(Path(__file__).with_name("_empty_app.py"))]
#: What stands on the screen once the rows do: what an empty list says, or the first row's number
#: and due time.
NO_ROWS = r"No customers yet"
ROWS = r"#\s+P[^\n]*?Customer[^\n]*?\d+\s+\S.*?\d\d:\d\d"


def console(desk: Path) -> list[str]:
    """The command that opens the console on a desk."""
    return [sys.executable, "-m", "deskterm", "--database", str(desk)]


def once(command: Sequence[str], wanted: str) -> tuple[float, int]:
    """Seconds to what is wanted, and the bytes held when all is quiet again."""
    with Painted(command) as program:
        seconds = program.until(wanted)
        program.quiet()
        return seconds, program.resident_bytes()


def run() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk.db"
        begin = ["init", "--agent", "Sam", "--role", "supervisor"]
        subprocess.run([*console(desk), *begin], check=True, stdout=subprocess.DEVNULL)
        try:
            large: Path | None = large_desk()
        except NotMeasured:
            large = None
        starts, larges, memory = [], [], []
        once(EMPTY, "painted")
        once(console(desk), NO_ROWS)
        if large is not None:
            once(console(large), ROWS)
        for _ in range(ROUNDS):
            yardstick, _ = once(EMPTY, "painted")
            empty, held = once(console(desk), NO_ROWS)
            starts.append(empty / yardstick)
            if large is not None:
                full, more = once(console(large), ROWS)
                larges.append(full / empty)
                memory.append(more / held)
    results = [
        Result("exec to painted queue, empty desk, against an empty app with sqlmodel",
               statistics.median(starts), "at most", 1.4),
    ]  # fmt: skip
    if large is not None:
        results += [
            Result("the same on the large desk, against the empty desk",
                   statistics.median(larges), "at most", 1.15),
            Result("resident memory of the console, large desk against empty desk",
                   statistics.median(memory), "at most", 1.3),
        ]  # fmt: skip
    return results
