"""Copies of a desk: where one may be put, and reading one without leaving anything beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shlex import join
from types import ModuleType
from typing import Final

from sqlalchemy import URL, make_url

from deskterm.desk.errors import StoreUnfit

#: What SQLite keeps beside a file that is in use, or was left in the middle of something.
BESIDE: Final = ("-wal", "-shm", "-journal")


def new_place(to: Path) -> None:
    """See to it that a copy can be made at `to`. Raises `StoreUnfit` saying what to do."""
    folder = to.absolute().parent
    if to.is_dir():
        raise StoreUnfit(f"{to} is a folder; name a file in it.")
    if to.exists() or to.is_symlink():
        raise StoreUnfit(f"{to} exists already; name a file that does not.")
    if not folder.exists():
        raise StoreUnfit(f"The folder {folder} does not exist; make it first or name another.")
    if not folder.is_dir():
        raise StoreUnfit(f"{folder} is a file and no folder; name another place.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreUnfit(f"You may not write in the folder {folder}; name another place.")


def dump_command(url: URL | str, to: Path) -> str:
    """The command that copies a desk in PostgreSQL into a file."""
    return join(("pg_dump", "--format=custom", f"--file={to}", _for_libpq(url)))


def undump_command(url: URL | str, copy: Path) -> str:
    """The command that puts such a file in the place of the desk."""
    options = ("--clean", "--if-exists", "--single-transaction", f"--dbname={_for_libpq(url)}")
    return join(("pg_restore", *options, str(copy)))


def _for_libpq(url: URL | str) -> str:
    """`url` as PostgreSQL's own programs take it; a password they ask for themselves."""
    given = make_url(url)
    bare = URL.create(
        "postgresql", given.username, None, given.host, given.port, given.database, given.query
    )
    return bare.render_as_string(hide_password=False)


def remove(path: Path) -> None:
    """Remove a half-made database with what SQLite keeps beside it."""
    for end in ("", *BESIDE):
        path.with_name(path.name + end).unlink(missing_ok=True)


@contextmanager
def reading(copy: Path, module: ModuleType) -> Iterator[sqlite3.Connection]:
    """A connection of `module` that reads the database in the file `copy`.

    A copy that lies there by itself is read as it is, and nothing appears beside it. One that has
    a log beside it is in use or was left half way: the newest of it is in there, and reading goes
    through SQLite's own locks.
    """
    alone = not any(copy.with_name(copy.name + end).exists() for end in BESIDE)
    if alone:
        how = "mode=ro&immutable=1"
    else:
        # Whoever closes a log last and may write tidies it away; who may only read cannot.
        how = "mode=rw" if os.access(copy, os.W_OK) else "mode=ro"
    connection: sqlite3.Connection = module.connect(
        f"{copy.absolute().as_uri()}?{how}", uri=True, isolation_level=None
    )
    with closing(connection):
        yield connection
