"""Every clock of the large desk's open tickets again, after a change of hours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from deskterm.desk import recompute, variations
from deskterm.desk.instants import from_us
from tests.benchmarks._copy import copied_desk
from tests.benchmarks._result import Result
from tests.benchmarks._timing import percentile


def run() -> list[Result]:
    with copied_desk() as desk:
        first = from_us(desk.now_us()).date() + timedelta(days=3)
        closed = {"first": first.isoformat(), "last": first.isoformat(), "name": "Flood"}
        took: list[float] = []
        write = desk.store.write

        @contextmanager
        def timed() -> Iterator[Any]:
            with write() as tx:
                begin = time.perf_counter()
                yield tx
            took.append(time.perf_counter() - begin)

        for snapshot in desk.policies.list():
            variations.add_to_policy(desk, snapshot.policy, "shutdown", closed, "benchmark")
        # Watching how long others would wait, from outside: the store is asked as ever.
        desk.store.write = timed  # type: ignore[method-assign]  # measured, not changed
        begin = time.perf_counter()
        clocks = recompute.finish(desk)
        seconds = time.perf_counter() - begin
    return [
        Result("clocks computed again after a change of hours, end to end", clocks / seconds,
               "at least", 20_000, "/s", f"{clocks:,} clocks"),
        Result("writing transactions meanwhile, p99", percentile(took, 0.99) * 1000, "at most", 20,
               "ms", f"{len(took):,} of them, longest {max(took) * 1000:.0f} ms"),
    ]  # fmt: skip
