"""Asking for the version, against a Python that does nothing."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.benchmarks._result import Result
from tests.benchmarks._timing import process_seconds

ROUNDS = 40


def run() -> list[Result]:
    nothing = [sys.executable, "-c", "pass"]
    commands = {"python -m deskterm --version": [sys.executable, "-m", "deskterm", "--version"]}
    script = Path(sys.executable).with_name("deskterm")
    if script.exists():
        commands["deskterm --version"] = [str(script), "--version"]
    results = []
    for name, command in commands.items():
        process_seconds(command)
        ratios = [process_seconds(command) / process_seconds(nothing) for _ in range(ROUNDS)]
        measured = statistics.median(ratios)
        results.append(Result(f"{name}, against python -c pass", measured, "at most", 2))
    return results
