"""One agent of many at one desk: takes what nobody has, holds it, resumes it, resolves it.

Run as a program of its own: ``python -m tests.desk.crowd PLACE UID LOG``. Every step that the desk
has acknowledged is written to LOG before the next begins, one JSON object a line.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from pathlib import Path
from typing import Any

from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.errors import Conflict, Refused
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store
from deskterm.desk.store.sqlite import SqliteStore

STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("assign", {}),
    ("hold", {"reason": "awaiting_parts"}),
    ("resume", {}),
    ("resolve", {"text": "Done"}),
)


def store_at(place: str) -> Store:
    """The store at `place`; ``fallback:FILE`` is a file opened as it is without pysqlite3."""
    if place.startswith("fallback:"):
        return SqliteStore(Path(place.removeprefix("fallback:")), module=sqlite3)
    return open_store(place)


def work(place: str, uid: int, log: int) -> None:
    """Work until nothing is left that nobody has."""
    rng = random.Random(uid)

    def tell(**said: Any) -> None:
        os.write(log, (json.dumps(said) + "\n").encode())

    with Desk(store_at(place), login=Login(uid, f"agent{uid}")) as desk:
        while rows := desk.queue.page("unassigned", limit=20).rows:
            row = rng.choice(rows)
            version = row.version
            try:
                for step, fields in STEPS:
                    done = desk.tickets.do(step, row.number, fields, version)
                    tell(number=row.number, step=step, event=done.event_id, uid=uid)
                    version = done.version
            except (Conflict, Refused):
                continue
        tell(finished=uid)


if __name__ == "__main__":
    handle = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        work(sys.argv[1], int(sys.argv[2]), handle)
    except BaseException as error:
        said = {"error": f"{type(error).__name__}: {error}"}
        os.write(handle, (json.dumps(said) + "\n").encode())
        raise
