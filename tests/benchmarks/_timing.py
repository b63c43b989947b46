"""Measuring two things against each other on a machine that does other work as well.

Both are run in turn, again and again, and the median of the ratios is taken: what slows one down
slows its neighbour down too.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int = 15) -> float:
    """Median over `rounds` of the time `one` takes by the time `other` takes."""
    one()
    other()
    ratios = []
    collecting = gc.isenabled()
    gc.disable()
    try:
        for turn in range(rounds):
            if turn % 2:
                after, before = seconds(other), seconds(one)
            else:
                before, after = seconds(one), seconds(other)
            ratios.append(before / after)
    finally:
        if collecting:
            gc.enable()
    return statistics.median(ratios)


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def process_seconds(command: Sequence[str]) -> float:
    """How long a process takes from its start to its end."""
    begin = time.perf_counter()
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - begin


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
