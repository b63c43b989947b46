"""Putting a copy in the place of a desk, while other programs may have it open."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from deskterm.desk import schema
from deskterm.desk.errors import StoreUnfit
from deskterm.desk.instants import from_us
from deskterm.desk.store import open_store
from deskterm.desk.store.copies import reading, undump_command
from deskterm.desk.store.sqlite import SqliteStore, driver


def restore(place: str | Path, copy: Path, *, now_us: int) -> Path | None:
    """Make the desk at `place` what `copy` holds; where what was there before has been kept.

    The copy goes in as one transaction: every program sees either the old desk or the new one.
    Raises `StoreUnfit` where the copy is no desk that this program can read, or is the desk
    itself, or the desk is not in a file.
    """
    if str(place).startswith("postgresql"):
        raise StoreUnfit(
            "A desk in PostgreSQL is brought back by the server's own program, from what pg_dump "
            f"wrote: {undump_command(str(place), copy)}"
        )
    _check(copy)
    store = open_store(place)
    try:
        assert isinstance(store, SqliteStore), "the other kind was refused"
        path = store.path
        if path.samefile(copy):
            raise StoreUnfit(f"{copy} is the desk itself; name a copy of it.")
        kept = _beside(path, from_us(now_us))
        try:
            empty = schema.revision(store) is None
            if not empty:
                store.backup(kept)
        except StoreUnfit:
            # Too damaged to be copied: what is left of it is kept as it is.
            store.close()
            _move(path, kept)
            store = open_store(path)
            assert isinstance(store, SqliteStore), "the same file as before"
            empty = False
        store.replace_with(copy)
        return None if empty else kept
    finally:
        store.close()


def _move(path: Path, to: Path) -> None:
    """Move a database away with the files SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(to.with_name(to.name + suffix))


def _check(copy: Path) -> None:
    """Refuse what is no desk, before anything is touched."""
    if not copy.is_file():
        raise StoreUnfit(f"There is no file {copy}; name a copy made by `deskterm backup`.")
    if not os.access(copy, os.R_OK):
        raise StoreUnfit(f"You may not read {copy}; name a copy that you may read.")
    module = driver()
    try:
        with reading(copy, module) as asked:
            tables = {name for (name,) in asked.execute("SELECT name FROM sqlite_master")}
            if not tables:
                raise StoreUnfit(f"{copy} holds nothing; name a copy made by `deskterm backup`.")
            if not {"alembic_version", "journal_head"} <= tables:
                raise StoreUnfit(f"{copy} is no desk; name a copy made by `deskterm backup`.")
            form = str(asked.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            broken = asked.execute("PRAGMA quick_check(1)").fetchone()[0]
    except module.Error as error:
        raise StoreUnfit(f"{copy} is damaged or no desk ({error}); name another copy.") from error
    if form > schema.HEAD:
        raise StoreUnfit(
            f"{copy} was written by a newer deskterm (form {form}, this one knows "
            f"{schema.HEAD}); install that one."
        )
    if broken != "ok":
        raise StoreUnfit(f"{copy} is damaged ({broken}); name another copy.")


def _beside(path: Path, at: datetime) -> Path:
    stamp = at.strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
    number = 2
    while kept.exists():
        kept = path.with_name(f"{path.stem}-before-{stamp}-{number}{path.suffix}")
        number += 1
    return kept
