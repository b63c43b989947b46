"""Small demo desks, built once for all the tests that look at one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deskterm.desk.agents import Login
from deskterm.desk.demo.build import Order, build
from deskterm.desk.desk import Desk

#: A Friday afternoon on which all the desks are open.
NOW_US = int(datetime(2026, 11, 20, 14, 16, tzinfo=UTC).timestamp()) * 1_000_000
SAM = Login(4242, "sam")


def clock() -> int:
    return NOW_US


def demo_file(path: Path, tickets: int = 400, seed: str = "1") -> Path:
    """A demo desk in the file `path`."""
    build(path, Order(NOW_US, tickets, seed), login=SAM)
    return path


def opened(path: Path, *, at: Callable[[], int] = clock) -> Desk:
    """The desk in `path`, with whoever it was built for sitting at it."""
    return Desk.open(path, clock=at, login=SAM)
