"""Whoever asks first to write, writes first; nobody who dies in the queue holds up the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from deskterm.desk.store import queue
from deskterm.desk.store.queue import WriterQueue

_HOLDS = """
import sys, time
from pathlib import Path
from deskterm.desk.store.queue import WriterQueue
with WriterQueue(Path(sys.argv[1])).turn():
    print("mine", flush=True)
    time.sleep(600)
"""


def _writers(place: Path, count: int) -> tuple[list[threading.Thread], list[int]]:
    """So many threads that ask one after the other, and who had the turn so far."""
    order: list[int] = []
    threads = []
    for number in range(count):
        asked = threading.Event()

        def write(number: int = number, asked: threading.Event = asked) -> None:
            turn = WriterQueue(place).turn()
            asked.set()
            with turn:
                order.append(number)
                time.sleep(0.001)

        thread = threading.Thread(target=write)
        thread.start()
        asked.wait()
        # It is in the queue once it has drawn its number or stands at the lock.
        time.sleep(0.02)
        threads.append(thread)
    return threads, order


def test_turns_go_in_the_order_of_asking(tmp_path: Path) -> None:
    place = tmp_path / "desk.db-queue"
    with WriterQueue(place).turn():
        threads, order = _writers(place, 12)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_a_system_without_numbers_has_one_turn_at_a_time_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "_HAS_NUMBERS", False)
    place = tmp_path / "desk.db-queue"
    with WriterQueue(place).turn():
        threads, order = _writers(place, 5)
        assert order == []
    for thread in threads:
        thread.join()
    assert sorted(order) == list(range(5))


def test_a_program_killed_in_its_turn_frees_the_next(tmp_path: Path) -> None:
    place = tmp_path / "desk.db-queue"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(place)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "mine\n"
        threads, order = _writers(place, 3)
        assert order == []
        os.kill(program.pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
    assert order == [0, 1, 2]


def test_a_damaged_number_begins_anew(tmp_path: Path) -> None:
    place = tmp_path / "desk.db-queue"
    place.write_bytes(b"?")
    for _ in range(2):
        with WriterQueue(place).turn():
            pass


def test_who_has_waited_too_long_goes_on_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database decides then; the order is right again afterwards."""
    monkeypatch.setattr(queue, "PATIENCE_SECONDS", 0.05)
    place = tmp_path / "desk.db-queue"
    with WriterQueue(place).turn(), WriterQueue(place).turn():
        pass
    with WriterQueue(place).turn():
        threads, order = _writers(place, 1)
    threads[0].join()
    assert order == [0]
