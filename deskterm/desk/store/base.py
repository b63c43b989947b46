"""What every store offers, and a transaction on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Connection, CursorResult, Engine, Row, TextClause, text
from sqlalchemy.exc import DBAPIError

from deskterm.desk.errors import DeskError, NotAllowed

Dialect = Literal["sqlite", "postgresql"]

#: Selects no ticket, where there is no word to look for.
NO_NUMBERS: Final = "SELECT number FROM ticket_text WHERE 0 = 1"


@lru_cache(maxsize=512)
def _statement(sql: str) -> TextClause:
    return text(sql)


class Tx:
    """One transaction. Statements are SQL with ``:names``, the same for both databases.

    `scratch` is for what should be done once in a transaction, such as reading the journal's end.
    """

    def __init__(self, connection: Connection, store: Store) -> None:
        self.connection = connection
        self.store = store
        self.scratch: dict[str, Any] = {}
        self._afterwards: list[Callable[[], None]] = []

    def run(self, sql: str, **values: Any) -> CursorResult[Any]:
        """Execute one statement."""
        return self.connection.execute(_statement(sql), values)

    def rows(self, sql: str, **values: Any) -> Sequence[Row[Any]]:
        """All rows of a query."""
        return self.run(sql, **values).all()

    def one(self, sql: str, **values: Any) -> Row[Any] | None:
        """The first row of a query, if there is one."""
        return self.run(sql, **values).first()

    def value(self, sql: str, **values: Any) -> Any:
        """The first column of the first row, or None."""
        return self.run(sql, **values).scalar()

    def many(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute one statement for each of `rows`."""
        if rows:
            self.store.execute_many(self.connection, sql, rows)

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something once what was written is kept; never, where it is not."""
        self._afterwards.append(act)

    def committed(self) -> None:
        """Do what was put off until now."""
        for act in self._afterwards:
            act()


class Store(ABC):
    """A database: begin, search, notice, overlap. Safe to use from many threads."""

    dialect: Dialect

    def __init__(self, engine: Engine, *, read_only: bool) -> None:
        self.engine = engine
        self.read_only = read_only

    @property
    def place(self) -> str:
        """Where the desk lies, without a password: a file, or a server's database."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one state of the desk and never waits for a writer's turn.

        Raises `StoreLost` and `StoreBusy`.
        """
        try:
            with self._connect(writes=False) as connection, connection.begin():
                yield Tx(connection, self)
        except DBAPIError as error:
            raise self.said(error) from error

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that writes: all of it is kept, durably, or nothing.

        Raises `StoreLost` and `StoreBusy`, and `NotAllowed` on a store opened read-only.
        """
        if self.read_only:
            raise NotAllowed("This desk was opened read-only; open it again without --read-only.")
        try:
            with self._turn(), self._connect(writes=True) as connection, connection.begin():
                tx = Tx(connection, self)
                self._wait_in_line(tx)
                yield tx
                self._before_commit(tx)
        except DBAPIError as error:
            raise self.said(error) from error
        self._after_turn()
        tx.committed()

    @contextmanager
    def rebuild(self) -> Iterator[Connection]:
        """A writing transaction in which tables may be made anew, rows and all.

        Raises `StoreLost` and `StoreBusy`.
        """
        try:
            with self._turn(), self._connect(writes=True) as connection:
                self._before_rebuild(connection)
                with connection.begin():
                    yield connection
                    self._after_rebuild(connection)
        except DBAPIError as error:
            raise self.said(error) from error
        self.engine.dispose()

    def _before_rebuild(self, connection: Connection) -> None:
        """Lift what would stand in the way of replacing a table by its changed copy."""
        del connection

    def _after_rebuild(self, connection: Connection) -> None:
        """See that everything still refers to what is there."""
        del connection

    @abstractmethod
    def _connect(self, *, writes: bool) -> Connection:
        """A connection whose transactions begin as they should."""

    def execute_many(
        self, connection: Connection, sql: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """What `Tx.many` does."""
        connection.execute(_statement(sql), rows)

    def _turn(self) -> AbstractContextManager[None]:
        """Wait for this writer's turn, where the database has no fair queue of its own."""
        return nullcontext()

    def _wait_in_line(self, tx: Tx) -> None:
        """The same inside the transaction, where the database is what keeps the order."""
        del tx

    def _after_turn(self) -> None:
        """Tidy up, now that nobody waits for this writer any more."""
        return

    def _before_commit(self, tx: Tx) -> None:
        """Tell other programs that something changed, where the database does not by itself."""
        del tx

    @abstractmethod
    def said(self, error: DBAPIError) -> DeskError | DBAPIError:
        """`error` as a typed one with a sentence, or itself where it is a fault of ours."""

    @abstractmethod
    def counter(self) -> int:
        """A number that changes whenever anybody commits; cheap enough for every tick.

        Raises `StoreLost`.
        """

    @abstractmethod
    def numbers(
        self, words: Sequence[str], *, live: bool, name: str
    ) -> tuple[str, dict[str, Any]]:
        """A SELECT of one column, ``number``: tickets whose text has all of `words`.

        Each is the beginning of a word; several words in one are a phrase. `name` is the
        parameter's. Whatever is in them, they are never an error.
        """

    def match(
        self, words: Sequence[str], *, live: bool, name: str, ordered: bool = False
    ) -> tuple[str, dict[str, Any]]:
        """A condition on ``ticket.number`` for what `numbers` selects.

        `ordered` where the first few in the order of an index are wanted, and not all there are.
        """
        del ordered
        select, values = self.numbers(words, live=live, name=name)
        return f"ticket.number IN ({select})", values

    def forget_deleted(self, tx: Tx) -> None:
        """From here on, what this transaction deletes is overwritten in the file, where it can."""
        del tx

    @abstractmethod
    def scrub(self) -> None:
        """Sweep out what is left on disk of what was erased, where the database lets it lie."""

    @abstractmethod
    def backup(self, to: Path) -> None:
        """Copy the whole desk to `to` while it is in use. Raises `StoreUnfit` where it cannot."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""
