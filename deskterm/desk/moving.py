"""Moving a desk to another database: every row as it is, the journal's chain with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sqlalchemy import Table, func, insert, select, update

from deskterm.desk import journal, schema
from deskterm.desk.errors import StoreUnfit
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store, Tx

if TYPE_CHECKING:
    from deskterm.desk.journal import Verdict

Progress = Callable[[int, int], None]
"""(rows done, of how many)."""

_BATCH: Final = 2_000
_HEAD: Final = "journal_head"
#: What must not lie in the way of others goes in first, so that nothing is refused.
_ORDER: Final = {"visit": ("deliberate", "id")}


def move(source: Store, place: str, *, now_us: int, progress: Progress | None = None) -> Verdict:
    """Copy the whole desk into the empty database at `place`; what the copied journal says.

    All of it arrives or nothing; the desk it came from stays as it is. Raises `StoreUnfit` where
    the other database holds something already, or holds something else afterwards.
    """
    target = open_store(place)
    try:
        schema.ensure(target, now_us=now_us)
        with source.read() as here, target.write() as there:
            _only_new(there)
            _copy(here, there, progress or _nobody)
            if _end(here) != _end(there):
                raise StoreUnfit("The journal did not arrive as it was; nothing was moved.")
        return journal.verify(target)
    finally:
        target.close()


def _only_new(there: Tx) -> None:
    if there.value("SELECT count(*) FROM agent") or _end(there)[0]:
        raise StoreUnfit("There is a desk already; name an empty database to move to.")


def _end(tx: Tx) -> tuple[int, bytes]:
    """The journal's last event and chain, asked of the database itself."""
    row = tx.one("SELECT last_event, chain FROM journal_head WHERE id = 1")
    assert row is not None, "made with the tables"
    return int(row.last_event), bytes(row.chain)


def _copy(here: Tx, there: Tx, progress: Progress) -> None:
    from deskterm.desk.tables import everything

    tables = everything().sorted_tables
    total = sum(_count(here, table) for table in tables)
    done = 0
    for table in tables:
        if table.name == _HEAD:
            row = here.connection.execute(select(table)).one()
            there.connection.execute(update(table).values(dict(row._mapping)))
            continue
        order = _ORDER.get(table.name) or tuple(column.name for column in table.primary_key)
        asked = select(table).order_by(*(table.c[name] for name in order))
        rows = here.connection.execution_options(yield_per=_BATCH).execute(asked)
        for part in rows.mappings().partitions(_BATCH):
            there.connection.execute(insert(table), [dict(row) for row in part])
            done += len(part)
            progress(done, total)
        _go_on_counting(there, table)


def _count(tx: Tx, table: Table) -> int:
    return int(tx.connection.execute(select(func.count()).select_from(table)).scalar_one())


def _go_on_counting(there: Tx, table: Table) -> None:
    """New rows are to get numbers after those that came along."""
    if there.store.dialect != "postgresql":
        return
    for column in table.primary_key:
        sequence = there.value(
            "SELECT pg_get_serial_sequence(:table, :column)", table=table.name, column=column.name
        )
        newest = there.connection.execute(select(func.max(column))).scalar_one()
        if sequence is not None and newest is not None:
            there.value("SELECT setval(CAST(:sequence AS regclass), :newest)", sequence=sequence,
                        newest=newest)  # fmt: skip


def _nobody(done: int, total: int) -> None:
    del done, total
