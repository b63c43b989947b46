"""The databases a desk can live in, behind one small seam: begin, search, notice, overlap.

`open_store` gives a `Store`; everything above speaks SQL that both databases understand.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.desk.errors import StoreUnfit

if TYPE_CHECKING:
    from deskterm.desk.store.base import Store


def open_store(place: str | Path, *, read_only: bool = False) -> Store:
    """The store at `place`: a file, or a URL beginning ``postgresql+psycopg://``.

    A new file is made readable and writable for its group. Raises `StoreLost` where the database
    cannot be reached and `StoreUnfit` where it cannot be used.
    """
    text = str(place)
    if text.startswith("postgresql+psycopg://"):
        from deskterm.desk.store.postgres import PostgresStore

        return PostgresStore(text, read_only=read_only)
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif "://" in text:
        raise StoreUnfit(
            f"{text.partition('://')[0]}:// is no database deskterm can use; "
            "give a file or a URL that begins postgresql+psycopg://."
        )
    from deskterm.desk.store.sqlite import SqliteStore

    return SqliteStore(Path(text), read_only=read_only)
