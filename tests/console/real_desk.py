"""The console on a real desk: the small office of the desk's own tests, on a SQLite file."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.desk.desk import Desk
from deskterm.desk.store.sqlite import SqliteStore
from deskterm.paths import paths_under
from tests.console.fake_desk import local
from tests.console.quiet import answered
from tests.desk.office import Office, enter, furnish

_COMPLAINTS = (
    "Printer jams", "Wi-Fi drops in block C", "Cannot log in", "Projector blank",
    "Backup reported a failure", "Mail does not arrive", "Phone in reception dead",
    "Shared drive is full", "Tablet trolley does not charge", "Screen flickers",
)  # fmt: skip


def complaint(number: int) -> str:
    """What ticket `number` of a busy day is about."""
    return f"{_COMPLAINTS[(number - 1) % len(_COMPLAINTS)]}, room {number}"


@cache
def _furnished() -> Path:
    place = Path(tempfile.mkdtemp(prefix="deskterm-office-")) / "desk.db"
    store = SqliteStore(place)
    furnish(store)
    store.close()
    return place


def office_in(folder: Path) -> Office:
    """An office of a test's own, copied from one that is furnished once a run."""
    return enter(Path(shutil.copyfile(_furnished(), folder / "desk.db")))


def console_of(desk: Desk, folder: Path, **options: Any) -> DeskApp:
    """The console as somebody of the office sees it; drafts lie in `folder`."""
    options.setdefault("watch", False)
    # A desk keeps every promise of the console's door; tests of the floors say so.
    return DeskApp(desk, paths_under(folder), Settings(marks="unicode"), local=local, **options)


async def settled(pilot: Pilot[None]) -> None:
    """Everything asked has been answered and shown."""
    for _ in range(3):
        await answered(pilot.app)
        await pilot.pause()
