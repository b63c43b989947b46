"""Bringing an older desk up to date; the only place that imports Alembic while the desk runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from deskterm.desk.errors import StoreUnfit
from deskterm.desk.instants import from_us
from deskterm.desk.store.base import Store
from deskterm.desk.store.sqlite import SqliteStore


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; everything it needs lies in this folder."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["connection"] = connection
    return made


def head() -> str | None:
    """The newest migration there is a script for."""
    return ScriptDirectory.from_config(config()).get_current_head()


def upgrade(
    store: Store, found: str, *, now_us: int, say: Callable[[str], None] | None = None
) -> None:
    """Apply every migration after `found`, keeping a copy first where the store can.

    Raises `StoreUnfit` for a desk that a newer deskterm has written.
    """
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if found not in known:
        raise StoreUnfit(
            f"This desk was brought to form {found} by a newer deskterm; install that one."
        )
    tell = say or _nobody
    if isinstance(store, SqliteStore):
        stamp = from_us(now_us).strftime("%Y%m%dT%H%M%S")
        copy = store.path.with_name(f"{store.path.name}.before-{head()}-{stamp}")
        tell(f"Keeping a copy of the desk in {copy}.")
        store.backup(copy)
    tell("Bringing the desk up to date.")
    with store.rebuild() as connection:
        command.upgrade(config(connection), "head")


def _nobody(sentence: str) -> None:
    del sentence
