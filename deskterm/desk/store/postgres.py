"""A desk in PostgreSQL, shared by several hosts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from deskterm.desk.errors import DeskError, StoreBusy, StoreLost, StoreUnfit
from deskterm.desk.store.base import NO_NUMBERS, Store, Tx
from deskterm.desk.store.copies import dump_command
from deskterm.desk.store.words import tokens

CHANNEL: Final = "deskterm"

#: The advisory lock that writers of a desk wait for; any number will do that nothing else uses.
_LINE: Final = 7337
#: A program that hangs in its turn must not stop the desk for ever: the others are told then.
_LONGEST: Final = "30s"


class PostgresStore(Store):
    """A desk in the database that `url` names (``postgresql+psycopg://…``)."""

    dialect = "postgresql"

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._notice_lock = threading.Lock()
        self._notice: psycopg.Connection[Any] | None = None
        self._seen = 0
        self._own_backends: set[int] = set()
        engine = create_engine(
            url,
            pool_size=4,
            max_overflow=60,
            pool_pre_ping=True,
            # Readers see one state of the desk; writers lock the journal's end and see the newest.
            isolation_level="READ COMMITTED",
        )
        super().__init__(engine, read_only=read_only)

    def _connect(self, *, writes: bool) -> Connection:
        connection = self.engine.connect()
        if not writes:
            return connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return connection

    def _wait_in_line(self, tx: Tx) -> None:
        # The server hands this lock on in order of asking. Those that wait for a row are woken
        # together instead, and whoever is unlucky waits for all the others again and again.
        tx.run(
            "SELECT set_config('lock_timeout', :longest, true), pg_advisory_xact_lock(:line)",
            longest=_LONGEST,
            line=_LINE,
        )

    def _before_commit(self, tx: Tx) -> None:
        tx.run(f"NOTIFY {CHANNEL}")
        raw = tx.connection.connection.driver_connection
        assert raw is not None, "a connection that is open has its driver's"
        self._own_backends.add(raw.info.backend_pid)
        tx.after_commit(self._count_own)

    def _count_own(self) -> None:
        # Counted here and now; the server's word about it comes later and is passed over.
        with self._notice_lock:
            self._seen += 1

    def said(self, error: DBAPIError) -> DeskError | DBAPIError:
        original = error.orig
        if isinstance(original, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
            return StoreBusy("Somebody else is writing for a long time; try again in a moment.")
        if isinstance(original, psycopg.errors.InsufficientPrivilege):
            return StoreUnfit("Your database role may not do that; ask for the rights of an agent.")
        if error.connection_invalidated or type(original) is psycopg.OperationalError:
            return StoreLost(_unreached(original))
        return error

    def counter(self) -> int:
        with self._notice_lock:
            try:
                if self._notice is None:
                    self._notice = self._listen()
                    self._seen += 1
                # Everything that has arrived by now, without waiting for more.
                for notice in self._notice.notifies(timeout=0):
                    self._seen += notice.pid not in self._own_backends
            except psycopg.OperationalError as error:
                self._drop_notice()
                raise StoreLost(_unreached(error)) from error
            return self._seen

    def _listen(self) -> psycopg.Connection[Any]:
        url = self.engine.url.set(drivername="postgresql")
        connection = psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
        connection.execute(f"LISTEN {CHANNEL}")
        return connection

    def _drop_notice(self) -> None:
        if self._notice is not None:
            self._notice.close()
            self._notice = None

    def numbers(
        self, words: Sequence[str], *, live: bool, name: str
    ) -> tuple[str, dict[str, Any]]:
        parts = []
        for text in words:
            if found := tokens(text):
                parts.append("(" + " <-> ".join([*found[:-1], f"{found[-1]}:*"]) + ")")
        if not parts:
            return NO_NUMBERS, {}
        found_by = f"live = {int(live)} AND found @@ to_tsquery('simple', :{name})"
        return f"SELECT number FROM ticket_text WHERE {found_by}", {name: " & ".join(parts)}

    def scrub(self) -> None:
        # The server clears dead rows away by itself; this asks it to do so now.
        with self.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM event, ticket, ticket_text")

    def backup(self, to: Path) -> None:
        raise StoreUnfit(
            "A desk in PostgreSQL is copied by the server's own program: "
            f"{dump_command(self.engine.url, to)}"
        )

    def close(self) -> None:
        with self._notice_lock:
            self._drop_notice()
        self.engine.dispose()


def _unreached(error: object) -> str:
    return (
        f"The database cannot be reached ({_first_line(error)}); "
        "see that its server runs and that the URL is right."
    )


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]
