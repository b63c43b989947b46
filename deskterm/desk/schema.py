"""Which schema a desk has, and bringing it to the one this program speaks.

On start one cheap read decides; Alembic is imported only where there is something to change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from deskterm.desk.errors import StoreUnfit
from deskterm.desk.store.base import Store, Tx

#: The migration this program's tables correspond to.
HEAD: Final = "0002"


def ensure(store: Store, *, now_us: int, say: Callable[[str], None] | None = None) -> None:
    """Make the tables of a new desk, or apply what is missing after a backup.

    `say` is told, in a sentence, what is being done. Raises `StoreUnfit` where the desk was
    written by a newer deskterm, or is none.
    """
    found = revision(store)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreUnfit(
            f"This desk was brought to form {found} by a newer deskterm; install that one."
        )
    if store.read_only:
        raise StoreUnfit(
            "This desk has an older form or none; open it once without --read-only."
        )
    if found is None:
        create(store)
        return
    from deskterm.desk.migrations.apply import upgrade

    upgrade(store, found, now_us=now_us, say=say)


def revision(store: Store) -> str | None:
    """The migration the desk is at; None for a database with nothing in it."""
    with store.read() as tx:
        return _revision(tx)


def _revision(tx: Tx) -> str | None:
    if tx.store.dialect == "sqlite":
        named = tx.value("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
        filled = named is not None or tx.value("SELECT count(*) FROM sqlite_master")
    else:
        named = tx.value("SELECT to_regclass('alembic_version')")
        filled = named is not None or tx.value(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        )
    if named is not None:
        return str(tx.value("SELECT version_num FROM alembic_version"))
    if filled:
        raise StoreUnfit(
            "This database holds something that is no desk; name another with --database."
        )
    return None


def create(store: Store) -> None:
    """Make every table of a new desk at once; another program may be doing the same."""
    from deskterm.desk.migrations import ground, visits_ground
    from deskterm.desk.tables import everything

    metadata = everything()
    with store.write() as tx:
        if store.dialect == "postgresql":
            tx.run("SELECT pg_advisory_xact_lock(7336)")
        if _revision(tx) is not None:
            return
        metadata.create_all(tx.connection, checkfirst=False)
        for statement in (
            *ground.statements(store.dialect),
            *visits_ground.statements(store.dialect),
        ):
            tx.connection.exec_driver_sql(statement)
        tx.connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        tx.run("INSERT INTO alembic_version (version_num) VALUES (:head)", head=HEAD)
