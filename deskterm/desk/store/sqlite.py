"""A desk in one SQLite file, shared by many programs on one host."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from deskterm.desk.errors import DeskError, StoreBusy, StoreLost, StoreUnfit
from deskterm.desk.store import copies
from deskterm.desk.store.base import NO_NUMBERS, Store, Tx
from deskterm.desk.store.checkpoints import Checkpoints
from deskterm.desk.store.queue import WriterQueue
from deskterm.desk.store.words import tokens

#: How long one program waits for another at the database itself.
BUSY_MS: Final = 30_000


def driver() -> ModuleType:
    """The newest SQLite there is: `pysqlite3` where it has wheels, else the standard module."""
    try:
        import pysqlite3
    except ImportError:
        return sqlite3
    module: ModuleType = pysqlite3
    return module


def wal_can_lose_commits(version: tuple[int, ...]) -> bool:
    """True for the SQLite versions whose WAL can lose commits of several connections.

    3.7.0 to 3.51.2, but for the branches that were mended: 3.44.6 and 3.50.7 onwards.
    """
    if not (3, 7, 0) <= version <= (3, 51, 2):
        return False
    return not any(version[:2] == good[:2] and version >= good for good in ((3, 44, 6), (3, 50, 7)))


class SqliteStore(Store):
    """A desk in the file `path`, which is made if there is none (but not its tables)."""

    dialect = "sqlite"

    def __init__(
        self, path: Path, *, read_only: bool = False, module: ModuleType | None = None
    ) -> None:
        self.path = path.absolute()
        self._driver = module or driver()
        self._wal = not wal_can_lose_commits(self._driver.sqlite_version_info)
        self._queue = WriterQueue(self.path.with_name(self.path.name + "-queue"))
        self._checkpoints = Checkpoints(self.path, self._open, self._driver.Error)
        self._notice_lock = threading.Lock()
        self._notice: sqlite3.Connection | None = None
        self._base = 0
        self._seen = 0
        if not read_only:
            self._make_file()
        self._identity = self._look()
        engine = create_engine(
            "sqlite://",
            module=self._driver,
            creator=self._open,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=60,
        )
        event.listen(engine, "begin", _begin)
        super().__init__(engine, read_only=read_only)

    @property
    def place(self) -> str:
        """See `Store.place`."""
        return str(self.path)

    def _make_file(self) -> None:
        """Make an empty desk where there is none, complete before anybody else can see it."""
        if self.path.exists():
            return
        import tempfile

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f"{self.path.name}.", dir=self.path.parent)
        except OSError as error:
            raise StoreLost(
                f"{self.path} cannot be made ({error.strerror}); "
                "name another place with --database."
            ) from error
        try:
            # The umask would keep the group out of a desk that it shares.
            os.fchmod(handle, 0o660)
            os.close(handle)
            if self._wal:
                connection = self._driver.connect(name, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.close()
            _place(Path(name), self.path)
        finally:
            Path(name).unlink(missing_ok=True)

    def _look(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except OSError as error:
            raise StoreLost(
                f"The desk {self.path} is not there ({error.strerror}); "
                "put it back or name another with --database."
            ) from error
        if stat.S_ISDIR(found.st_mode):
            raise StoreUnfit(f"{self.path} is a folder; name the file of a desk.")
        return found.st_dev, found.st_ino

    def _open(self) -> sqlite3.Connection:
        writable = os.access(self.path, os.W_OK)
        connection: sqlite3.Connection = self._driver.connect(
            f"{self.path.as_uri()}?mode={'rw' if writable else 'ro'}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        if self._wal:
            # Done by `Checkpoints`, in no writer's turn; it goes by the length of the log.
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA journal_size_limit = 0")
        else:
            self._leave_wal(connection)
        return connection

    def _leave_wal(self, connection: sqlite3.Connection) -> None:
        """Make sure that this SQLite, whose WAL can lose commits, does not use it."""
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            return
        connection.execute("PRAGMA busy_timeout = 1000")
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except self._driver.OperationalError as error:
            connection.close()
            raise StoreUnfit(
                f"{self.path} is in use by programs with a newer SQLite than the "
                f"{self._driver.sqlite_version} here, which could lose their work; "
                "close them or install pysqlite3 here."
            ) from error
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    def _connect(self, *, writes: bool) -> Connection:
        self._still_there()
        return self.engine.connect().execution_options(deskterm_writes=writes)

    def _still_there(self) -> None:
        """Begin anew where the file was replaced: writing to one that was deleted keeps nothing."""
        now = self._look()
        if now != self._identity:
            self._identity = now
            self.engine.dispose()
            with self._notice_lock:
                self._drop_notice()

    def execute_many(
        self, connection: Connection, sql: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        # SQLite knows ``:names`` itself; going over them again takes as long as the rows do.
        connection.exec_driver_sql(sql, [dict(row) for row in rows])

    def _turn(self) -> AbstractContextManager[None]:
        try:
            return self._queue.turn()
        except OSError as error:
            raise StoreUnfit(
                f"You may not write beside {self.path} ({error.strerror}); "
                "ask to be added to the group the desk belongs to."
            ) from error

    def _after_turn(self) -> None:
        self._checkpoints.after_write()

    def _before_rebuild(self, connection: Connection) -> None:
        # With foreign keys on, dropping the old copy of a table would delete what refers to it.
        raw = connection.connection.driver_connection
        assert raw is not None, "a connection that is open has its driver's"
        raw.execute("PRAGMA foreign_keys = OFF")

    def _after_rebuild(self, connection: Connection) -> None:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreUnfit(f"Rows ({len(broken)}) would refer to nothing; the desk is as it was.")

    def said(self, error: DBAPIError) -> DeskError | DBAPIError:
        text = str(error.orig)
        if "locked" in text or "busy" in text:
            return StoreBusy("Somebody else is writing for a long time; try again in a moment.")
        if "readonly" in text:
            return StoreUnfit(
                f"You may read {self.path} but not write to it; "
                "ask to be added to the group it belongs to."
            )
        if "malformed" in text or "not a database" in text:
            return StoreUnfit(
                f"{self.path} is damaged or no desk; run `deskterm doctor`, "
                "or bring back a copy with `deskterm restore`."
            )
        if "unable to open" in text and not os.access(self.path, os.R_OK):
            return StoreUnfit(
                f"You may not read {self.path}; ask to be added to the group it belongs to."
            )
        if any(sign in text for sign in ("disk I/O", "unable to open", "full")):
            return StoreLost(f"The desk {self.path} cannot be reached ({text}).")
        return error

    def counter(self) -> int:
        self._still_there()
        with self._notice_lock:
            try:
                if self._notice is None:
                    self._notice = self._open()
                    self._base = self._seen + 1
                    self._first: int = self._version(self._notice)
                self._seen = self._base + self._version(self._notice) - self._first
            except self._driver.OperationalError as error:
                self._drop_notice()
                raise StoreLost(f"The desk {self.path} cannot be reached ({error}).") from error
            return self._seen

    @staticmethod
    def _version(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def _drop_notice(self) -> None:
        if self._notice is not None:
            self._notice.close()
            self._notice = None

    def numbers(
        self, words: Sequence[str], *, live: bool, name: str
    ) -> tuple[str, dict[str, Any]]:
        table = "ticket_live_fts" if live else "ticket_done_fts"
        parts = [
            f'"{" ".join(found)}" *' for text in words if (found := tokens(text))
        ]
        if not parts:
            return NO_NUMBERS, {}
        return (
            f"SELECT rowid AS number FROM {table} WHERE {table} MATCH :{name}",
            {name: " AND ".join(parts)},
        )

    def match(
        self, words: Sequence[str], *, live: bool, name: str, ordered: bool = False
    ) -> tuple[str, dict[str, Any]]:
        condition, values = super().match(words, live=live, name=name)
        # Without statistics the planner fetches and sorts every ticket with a word, however common
        # it is. A column with a plus is not looked up, so that it goes along the index instead and
        # stops as soon as the page is full: 2 ms instead of 14 where a tenth of 100,000 match.
        return (f"+{condition}" if ordered else condition), values

    def forget_deleted(self, tx: Tx) -> None:
        tx.connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def scrub(self) -> None:
        with self.write() as tx:
            self.forget_deleted(tx)
            for table in ("ticket_live_fts", "ticket_done_fts"):
                # A search index keeps what was deleted until its parts are merged.
                tx.run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None, "a connection that is open has its driver's"
            # The log still has the pages as they were; a reader may make this wait for later.
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, to: Path) -> None:
        copies.new_place(to)
        source = self._open()
        part = to.with_name(f"{to.name}.{os.getpid()}.part")
        try:
            # Nobody else may look into it while it is being made.
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            target = self._driver.connect(part, isolation_level=None)
            try:
                # A few pages at a time, so that writers get their turn in between.
                source.backup(target, pages=4096, sleep=0.01)
            finally:
                target.close()
            part.chmod(0o660)
            part.replace(to)
        except (self._driver.Error, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise StoreUnfit(
                f"The copy to {to} could not be made ({reason}); nothing of it is left. Is there "
                "room on the disk?"
            ) from error
        finally:
            source.close()
            copies.remove(part)

    def replace_with(self, copy: Path) -> None:
        """Make this desk what the file `copy` holds, as one transaction while it is in use.

        Raises `StoreUnfit` where it cannot; the desk is then as it was.
        """
        try:
            with (
                copies.reading(copy, self._driver) as source,
                closing(self._open()) as target,
                self._turn(),
            ):
                source.backup(target)
        except self._driver.Error as error:
            raise StoreUnfit(f"{copy} could not be put in its place ({error}).") from error
        self.engine.dispose()

    def close(self) -> None:
        with self._notice_lock:
            self._drop_notice()
        self._checkpoints.finish()
        self.engine.dispose()


def _place(made: Path, path: Path) -> None:
    """Give what was made its name, unless another program has just made one."""
    try:
        # Unlike a renaming, this never takes the place of what is there.
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems know no second names.
        if not path.exists():
            made.rename(path)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("deskterm_writes", False)
    # A deferred transaction that begins to write later fails at once where another was first.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
