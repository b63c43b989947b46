"""A desk made at once is the one brought up step by step, and both are what the models say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint

from deskterm.desk import schema
from deskterm.desk.desk import Desk
from deskterm.desk.errors import StoreUnfit
from deskterm.desk.migrations.apply import config, head
from deskterm.desk.migrations.compare import ours
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store
from deskterm.desk.tables import everything
from tests.desk.office import SUPERVISOR, Clock
from tests.desk.visits.servers import new_database

_numbers = count()
#: Where a statement that makes a table goes on with the next column or constraint.
_PARTS = r", (?=CONSTRAINT|[a-z_]+ [A-Z])"


#: The first column names the thing.
_POSTGRES = {
    "column": "SELECT table_name || '.' || column_name, data_type, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')",
    "trigger": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


def test_the_program_knows_its_newest_migration_without_asking_alembic() -> None:
    assert head() == schema.HEAD


def made_at_once(place: str) -> Store:
    store = open_store(place)
    schema.ensure(store, now_us=0)
    return store


def made_in_steps(place: str) -> Store:
    store = open_store(place)
    with store.rebuild() as connection:
        command.upgrade(config(connection), "head")
    return store


def described(store: Store) -> Any:
    """Everything the database says about itself, in words that can be compared."""
    with store.read() as tx:
        if store.dialect == "sqlite":
            rows = tx.rows("SELECT type, name, tbl_name, sql FROM sqlite_master")
            return {
                (row.type, row.name, row.tbl_name): _unordered(row.sql) for row in rows
            }
        return {
            (what, str(row[0])): tuple(row)
            for what, sql in _POSTGRES.items()
            for row in tx.rows(sql)
        }


def _unordered(sql: str | None) -> list[str]:
    """A statement's parts; the order of constraints in it means nothing."""
    plain = re.sub(r"\s+", " ", sql or "").strip()
    plain = plain.replace("( ", "(").replace(" )", ")")
    without_rowid = ["WITHOUT ROWID"] if plain.endswith("WITHOUT ROWID") else []
    plain = plain.removesuffix("WITHOUT ROWID").strip()
    return sorted(part.rstrip(")") for part in re.split(_PARTS, plain)) + without_rowid


def test_a_desk_made_at_once_is_the_one_made_in_steps(
    empty_place: tuple[str, str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, place = empty_place
    if kind == "postgresql":
        second = new_database(request.getfixturevalue("postgres_socket"), f"steps_{next(_numbers)}")
    else:
        second = str(tmp_path / "steps.db")
    at_once, in_steps = made_at_once(place), made_in_steps(second)
    one, other = described(at_once), described(in_steps)
    for what in one.keys() | other.keys():
        assert one.get(what) == other.get(what), what
    assert schema.revision(at_once) == schema.revision(in_steps) == schema.HEAD
    at_once.close()
    in_steps.close()


def test_models_and_migrations_agree(empty_place: tuple[str, str]) -> None:
    store = made_in_steps(empty_place[1])
    with store.engine.connect() as connection:
        options = {"include_object": ours, "compare_type": True, "render_as_batch": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, everything()) == []
    store.close()


def test_every_constraint_has_a_name() -> None:
    for table in everything().sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint | ForeignKeyConstraint | UniqueConstraint):
                assert constraint.name, f"{table.name}: {constraint}"
        assert table.primary_key.name, table.name


@contextmanager
def grounded(place: Path) -> Iterator[Store]:
    """A desk as the first form of the program left it."""
    store = open_store(place)
    with store.rebuild() as connection:
        command.upgrade(config(connection), "0001")
    try:
        yield store
    finally:
        store.close()


def test_an_older_desk_is_brought_up_to_date_after_a_copy(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    told: list[str] = []
    with grounded(place) as store, store.write() as tx:
        tx.run("INSERT INTO customer (version, name, notes, active) VALUES (0, 'Old', '', 1)")
    with Desk.open(place, clock=Clock(), login=SUPERVISOR, say=told.append) as desk:
        assert schema.revision(desk.store) == schema.HEAD
        with desk.store.read() as tx:
            assert tx.value("SELECT name FROM customer") == "Old"
    (copy,) = tmp_path.glob("desk.db.before-*")
    assert str(copy) in told[0]
    kept = open_store(copy)
    assert schema.revision(kept) == "0001"
    kept.close()


def test_a_desk_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    store = made_at_once(str(place))
    with store.write() as tx:
        tx.run("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreUnfit, match="newer deskterm"):
        Desk.open(place, clock=Clock(), login=SUPERVISOR)
    assert not list(tmp_path.glob("desk.db.before-*"))


def test_rows_survive_the_rebuilding_of_the_table_they_refer_to(tmp_path: Path) -> None:
    """Replacing a table by its changed copy must not delete what refers to it."""
    from alembic.operations import Operations

    store = made_at_once(str(tmp_path / "desk.db"))
    with store.write() as tx:
        tx.run("INSERT INTO customer (version, name, notes, active) VALUES (0, 'One', '', 1)")
        tx.run("INSERT INTO site (customer_id, name, address, access, active)"
               " VALUES (1, 'Main', '', '', 1)")  # fmt: skip
    with store.rebuild() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("customer", recreate="always"):
            pass
    with store.read() as tx:
        assert tx.value("SELECT count(*) FROM site") == 1
        assert tx.value("SELECT name FROM customer") == "One"
    store.close()


def test_two_programs_may_make_the_same_desk_at_once(tmp_path: Path) -> None:
    import threading

    failures: list[BaseException] = []

    def start() -> None:
        try:
            Desk.open(tmp_path / "desk.db", clock=Clock(), login=SUPERVISOR).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
