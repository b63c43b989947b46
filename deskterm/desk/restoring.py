"""Putting a copy in the place of a desk, while other programs may have it open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from deskterm.desk import schema
from deskterm.desk.errors import StoreUnfit
from deskterm.desk.instants import from_us
from deskterm.desk.store import open_store
from deskterm.desk.store.sqlite import SqliteStore


def restore(place: str | Path, copy: Path, *, now_us: int) -> Path | None:
    """Make the desk at `place` what `copy` holds; where what was there before has been kept.

    The copy goes in as one transaction: every program sees either the old desk or the new one.
    Raises `StoreUnfit` where the copy is no desk, or the desk is not in a file.
    """
    _check(copy)
    store = open_store(place)
    try:
        if not isinstance(store, SqliteStore):
            raise StoreUnfit(
                "A desk in PostgreSQL is brought back with pg_restore, not from a file."
            )
        path = store.path
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
    store = open_store(copy, read_only=True)
    try:
        if schema.revision(store) is None:
            raise StoreUnfit(f"{copy} holds nothing; name a copy made by `deskterm backup`.")
        with store.read() as tx:
            broken = tx.value("PRAGMA quick_check(1)")
        if broken != "ok":
            raise StoreUnfit(f"{copy} is damaged ({broken}); name another copy.")
    finally:
        store.close()


def _beside(path: Path, at: datetime) -> Path:
    stamp = at.strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}-before-{stamp}{path.suffix}")
    number = 2
    while kept.exists():
        kept = path.with_name(f"{path.stem}-before-{stamp}-{number}{path.suffix}")
        number += 1
    return kept
