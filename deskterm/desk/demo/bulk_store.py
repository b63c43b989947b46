"""A SQLite store for filling a new file that nobody else has opened yet.

Nothing is kept safe while it is being filled, because a desk that was not finished is thrown away:
no syncing, no rollback journal. Indexes and full text are made once at the end, which is many
times cheaper than keeping them up to date for every row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from deskterm.desk.store.base import Tx
from deskterm.desk.store.sqlite import SqliteStore

_FAST: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -262144",
    "PRAGMA threads = 2",
)
#: Full text of the tickets still to be done, and of the others.
_FULL_TEXT: Final = (("ticket_live_fts", 1), ("ticket_done_fts", 0))
#: Bytes of full text gathered before they are written, against the usual million.
_HASH_BYTES: Final = 128_000_000
#: Rows looked at for each index when the query planner is told about the tables.
_ANALYSED_ROWS: Final = 2_000

Said = Callable[[str], None]


class BulkStore(SqliteStore):
    """A store whose connections trade safety for speed."""

    def _open(self) -> sqlite3.Connection:
        connection = super()._open()
        for statement in _FAST:
            connection.execute(statement)
        return connection

    def put_off(self) -> tuple[str, ...]:
        """Take away secondary indexes and full-text triggers; the statements to make them again."""
        with self.write() as tx:
            rows = tx.rows(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                " AND (type = 'index' OR (type = 'trigger' AND tbl_name = 'ticket_text'))"
            )
            for row in rows:
                tx.run(f"DROP {row.type} {row.name}")
        return tuple(row.sql for row in rows)

    def catch_up(self, statements: Sequence[str], said: Said) -> None:
        """Make what `put_off` took away, for all the rows that have come since."""
        with self.write() as tx:
            said("full text")
            for table, live in _FULL_TEXT:
                tx.run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', {_HASH_BYTES})")
                tx.run(
                    f"INSERT INTO {table} (rowid, words)"
                    " SELECT number, words FROM ticket_text WHERE live = :live ORDER BY number",
                    live=live,
                )
                tx.run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 1048576)")
            said("indexes")
            for statement in statements:
                tx.connection.exec_driver_sql(statement)
            tx.run(f"PRAGMA analysis_limit = {_ANALYSED_ROWS}")
            tx.run("ANALYZE")

    def make_safe(self) -> None:
        """Give the file the journal that desks in use have, and close it."""
        self.close()
        connection = SqliteStore._open(self)
        connection.execute(f"PRAGMA journal_mode = {'WAL' if self._wal else 'DELETE'}")
        connection.close()


class UnsyncedStore(SqliteStore):
    """A store that takes back what is refused, as any does, but does not wait for the disk."""

    def _open(self) -> sqlite3.Connection:
        connection = super()._open()
        connection.execute("PRAGMA synchronous = OFF")
        return connection


class DirectTx(Tx):
    """A transaction that hands many rows straight to the driver."""

    def many(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        driver: Any = self.connection.connection.driver_connection
        driver.executemany(sql, rows)
