"""What every store keeps: all or nothing, one state for a reader, a notice for everybody."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from pathlib import Path

import pytest

from deskterm.desk import journal, schema
from deskterm.desk.errors import NotAllowed, StoreBusy, StoreLost, StoreUnfit
from deskterm.desk.store import open_store, postgres
from deskterm.desk.store.base import Store
from deskterm.desk.store.sqlite import SqliteStore, driver, wal_can_lose_commits
from tests.desk.office import Office


def rename(store: Store, name: str) -> None:
    with store.write() as tx:
        tx.run("UPDATE customer SET notes = :name WHERE id = 1", name=name)


def notes(store: Store) -> str:
    with store.read() as tx:
        return str(tx.value("SELECT notes FROM customer WHERE id = 1"))


def test_what_was_written_is_there_for_every_other_program(any_office: Office) -> None:
    rename(any_office.sam.store, "kept")
    assert notes(any_office.sue.store) == "kept"


def test_a_transaction_that_fails_leaves_nothing_behind(any_office: Office) -> None:
    with pytest.raises(RuntimeError), any_office.sam.store.write() as tx:
        tx.run("UPDATE customer SET notes = 'half' WHERE id = 1")
        raise RuntimeError
    assert notes(any_office.sue.store) == ""


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(snapshot_office: Office) -> None:
    store = snapshot_office.sue.store
    with store.read() as tx:
        before = tx.value("SELECT notes FROM customer WHERE id = 1")
        rename(snapshot_office.sam.store, "meanwhile")
        assert tx.value("SELECT notes FROM customer WHERE id = 1") == before
    assert notes(store) == "meanwhile"


def test_the_counter_moves_for_others_work_and_for_ones_own(any_office: Office) -> None:
    sam, sue = any_office.sam.store, any_office.sue.store
    seen_by_sam, seen_by_sue = sam.counter(), sue.counter()
    assert (sam.counter(), sue.counter()) == (seen_by_sam, seen_by_sue), "nothing has happened"
    rename(sam, "news")
    assert sam.counter() != seen_by_sam, "one's own work is known at once"
    deadline = time.monotonic() + 10
    while sue.counter() == seen_by_sue:
        assert time.monotonic() < deadline, "the others never heard of it"
        time.sleep(0.01)
    assert sam.counter() == sam.counter()


def test_the_counter_does_not_move_for_what_was_given_up(any_office: Office) -> None:
    seen = any_office.sue.store.counter()
    with pytest.raises(RuntimeError), any_office.sam.store.write() as tx:
        tx.run("UPDATE customer SET notes = 'half' WHERE id = 1")
        raise RuntimeError
    assert any_office.sue.store.counter() == seen


def test_threads_take_turns(any_office: Office) -> None:
    store = any_office.sam.store

    def add() -> None:
        for _ in range(5):
            with store.write() as tx:
                # Writers meet at the journal's head, whatever else they change.
                journal.head(tx)
                found = tx.value("SELECT visits FROM agreement WHERE id = 1") or 0
                tx.run("UPDATE agreement SET visits = :n WHERE id = 1", n=found + 1)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert tx.value("SELECT visits FROM agreement WHERE id = 1") == 30


def test_a_store_opened_read_only_writes_nothing(office: Office) -> None:
    assert isinstance(office.sam.store, SqliteStore)
    store = open_store(office.sam.store.path, read_only=True)
    with pytest.raises(NotAllowed, match="read-only"), store.write():
        pass
    assert notes(store) == ""
    store.close()


def test_references_to_nothing_are_refused(any_office: Office) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), any_office.sam.store.write() as tx:
        tx.run("INSERT INTO saved_view (agent_id, name, filter) VALUES (4711, 'x', 'y')")


@pytest.mark.system
def test_behind_a_program_that_hangs_in_its_turn_one_is_told(
    furnished_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_LONGEST", "50ms")
    hangs, waits = open_store(furnished_url), open_store(furnished_url)
    with hangs.write(), pytest.raises(StoreBusy, match="for a long time"), waits.write():
        raise AssertionError("it was not its turn")
    rename(waits, "")
    hangs.close()
    waits.close()


@pytest.mark.system
def test_a_server_that_hangs_up_is_missed_and_found_again(furnished_url: str) -> None:
    store, other = open_store(furnished_url), open_store(furnished_url)
    seen = store.counter()
    with pytest.raises(StoreLost, match="cannot be reached"), store.write() as tx:
        tx.run("UPDATE customer SET notes = 'lost' WHERE id = 1")
        with other.read() as killer:
            killer.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        tx.run("SELECT 1")
    assert notes(store) == "", "what was not acknowledged is not there"
    with pytest.raises(StoreLost):
        for _ in range(100):
            store.counter()
            time.sleep(0.02)
    assert store.counter() != seen, "whoever asks looks again"
    rename(store, "")
    store.close()
    other.close()


@pytest.mark.system
def test_a_server_that_is_not_there_is_said_to_be_so(postgres_socket: str) -> None:
    for url in (
        f"postgresql+psycopg://desk@/no_such_desk?host={postgres_socket}",
        "postgresql+psycopg://desk@127.0.0.1:1/desk",
    ):
        store = open_store(url)
        with pytest.raises(StoreLost, match="cannot be reached"), store.read():
            pass
        with pytest.raises(StoreLost, match="cannot be reached"):
            store.counter()
        store.close()


# SQLite's own


def test_every_connection_is_as_careful_as_the_first(office: Office) -> None:
    """Durable before it is acknowledged, no reference to nothing, patient with others."""
    store = office.sam.store
    with store.read() as one, store.read() as other:
        for tx in (one, other):
            assert tx.value("PRAGMA synchronous") == 2
            assert tx.value("PRAGMA foreign_keys") == 1
            assert tx.value("PRAGMA busy_timeout") >= 10_000


@pytest.mark.parametrize(
    ("version", "loses"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_the_versions_whose_wal_loses_commits_are_known(
    version: tuple[int, ...], loses: bool
) -> None:
    assert wal_can_lose_commits(version) is loses


def journal_mode(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    finally:
        connection.close()


class Old:
    """A SQLite that says it is one with the bug."""

    def __init__(self, version: tuple[int, int, int]) -> None:
        self.sqlite_version_info = version
        self.sqlite_version = ".".join(map(str, version))

    def __getattr__(self, name: str) -> object:
        return getattr(driver(), name)


def opened(path: Path, version: tuple[int, int, int]) -> SqliteStore:
    return SqliteStore(path, module=Old(version))  # type: ignore[arg-type]  # it stands in for a module


def test_a_sqlite_with_the_bug_uses_a_rollback_journal(tmp_path: Path) -> None:
    for version, mode in (((3, 40, 1), "delete"), ((3, 51, 3), "wal")):
        store = opened(tmp_path / mode, version)
        schema.ensure(store, now_us=0)
        store.close()
        assert journal_mode(tmp_path / mode) == mode


def test_a_desk_in_wal_mode_is_taken_out_of_it_before_an_old_sqlite_uses_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "desk.db"
    new = opened(path, (3, 51, 3))
    schema.ensure(new, now_us=0)
    new.close()
    old = opened(path, (3, 40, 1))
    with old.write() as tx:
        tx.run("DELETE FROM saved_view")
    assert journal_mode(path) == "delete"
    old.close()


def test_an_old_sqlite_keeps_out_while_others_use_wal(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    new = opened(path, (3, 51, 3))
    schema.ensure(new, now_us=0)
    old = opened(path, (3, 40, 1))
    with new.read() as tx:
        tx.rows("SELECT name FROM agent")
        with pytest.raises(StoreUnfit, match="newer SQLite"), old.read():
            pass
    old.close()
    new.close()


def test_a_writer_has_the_desk_from_the_beginning(office: Office) -> None:
    """One that only begins to write later could fail half way, where another was first."""
    assert isinstance(office.sam.store, SqliteStore)
    rude = driver().connect(office.sam.store.path, timeout=0, isolation_level=None)
    with office.sam.store.write(), pytest.raises(driver().OperationalError, match="locked"):
        rude.execute("BEGIN IMMEDIATE")
    rude.close()


def test_the_group_may_write_to_a_new_desk(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    store = SqliteStore(path)
    schema.ensure(store, now_us=0)
    for made in (path, path.with_name("desk.db-queue"), path.with_name("desk.db-wal")):
        assert stat.S_IMODE(made.stat().st_mode) == 0o660, made.name
    store.close()


def test_a_desk_that_was_taken_away_is_missed_at_once_and_found_again(office: Office) -> None:
    assert isinstance(office.sam.store, SqliteStore)
    store, path = office.sam.store, office.sam.store.path
    office.sam.store.counter()
    away = path.with_name("elsewhere")
    path.rename(away)
    for act in (lambda: notes(store), lambda: rename(store, "lost"), store.counter):
        with pytest.raises(StoreLost, match="not there"):
            act()
    away.rename(path)
    assert notes(store) == ""


def test_nothing_is_written_to_a_file_that_was_replaced(office: Office, tmp_path: Path) -> None:
    assert isinstance(office.sam.store, SqliteStore)
    store, path = office.sam.store, office.sam.store.path
    rename(store, "old")
    copy = tmp_path / "copy.db"
    store.backup(copy)
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    copy.rename(path)
    rename(store, "new")
    fresh = open_store(path)
    assert notes(fresh) == "new"
    fresh.close()


def test_a_copy_is_made_while_the_desk_is_in_use(office: Office, tmp_path: Path) -> None:
    assert isinstance(office.sam.store, SqliteStore)
    rename(office.sam.store, "in the log, not yet in the main file")
    office.sue.store.backup(tmp_path / "copy.db")
    copy = open_store(tmp_path / "copy.db")
    assert notes(copy) == "in the log, not yet in the main file"
    copy.close()
    with pytest.raises(StoreUnfit, match="exists already"):
        office.sue.store.backup(tmp_path / "copy.db")


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear desk, " * 500)
    store = open_store(path)
    with pytest.raises(StoreUnfit, match="damaged or no desk"):
        schema.ensure(store, now_us=0)
    store.close()


def test_a_database_of_another_program_is_left_alone(empty_place: tuple[str, str]) -> None:
    store = open_store(empty_place[1])
    with store.write() as tx:
        tx.run("CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(StoreUnfit, match="no desk"):
        schema.ensure(store, now_us=0)
    store.close()


def test_urls_of_other_databases_are_refused_by_name() -> None:
    with pytest.raises(StoreUnfit, match="mysql"):
        open_store("mysql://desk")
