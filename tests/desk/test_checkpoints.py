"""The log of a SQLite desk is brought back into its file, in no writer's turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.desk.store import checkpoints, sqlite
from deskterm.desk.store.sqlite import SqliteStore

ROW = "INSERT INTO heap (text) VALUES (:text)"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteStore]:
    """A desk with a log, also where the SQLite of this machine is one that the store gives none:
    what those versions lose takes several programs, and here there is one."""
    monkeypatch.setattr(sqlite, "wal_can_lose_commits", lambda version: False)
    made = SqliteStore(tmp_path / "desk.db")
    with made.write() as tx:
        tx.run("CREATE TABLE heap (id INTEGER PRIMARY KEY, text TEXT)")
    yield made
    made.close()


def heap(store: SqliteStore, megabytes: int) -> None:
    for _ in range(megabytes):
        with store.write() as tx:
            tx.many(ROW, [{"text": "x" * 10_000}] * 100)


def log(store: SqliteStore) -> int:
    """Bytes of the log."""
    return store.path.with_name(store.path.name + "-wal").stat().st_size


def test_the_log_stays_short_however_much_is_written(store: SqliteStore) -> None:
    longest = 0
    for _ in range(25):
        heap(store, 1)
        store._checkpoints.finish()
        longest = max(longest, log(store))
    assert longest < 6_000_000, "of 25 megabytes"
    assert store.path.stat().st_size > 20_000_000, "the others are in the desk itself"


def test_a_reader_holds_up_nobody_and_loses_nothing(store: SqliteStore) -> None:
    with store.read() as early:
        assert early.value("SELECT count(*) FROM heap") == 0
        heap(store, 12)
        store._checkpoints.finish()
        assert early.value("SELECT count(*) FROM heap") == 0, "one state of the desk throughout"
    with store.read() as late:
        assert late.value("SELECT count(*) FROM heap") == 1_200


def test_the_next_writer_does_not_wait_for_it(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(self: checkpoints.Checkpoints) -> None:
        begun.set()
        go_on.wait(10)
        bring_back(self)

    bring_back = checkpoints.Checkpoints._bring_back
    monkeypatch.setattr(checkpoints.Checkpoints, "_bring_back", slow)
    heap(store, 5)
    assert begun.wait(10), "the log has become long"
    heap(store, 1)
    go_on.set()
    store.close()
    with SqliteStore(store.path).read() as tx:
        assert tx.value("SELECT count(*) FROM heap") == 600
