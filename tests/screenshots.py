"""Pictures of the console for the README: ``python -m tests.screenshots [FOLDER [NAME...]]``.

They are made from a demonstration desk of a fixed seed at a fixed moment, never by hand; what is
drawn is what a terminal of that size would show.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.console.places import SCREENS
from deskterm.desk.agents import Login
from deskterm.desk.demo.build import Order, build
from deskterm.desk.desk import Desk
from deskterm.desk.instants import from_us, to_us
from deskterm.paths import paths_under
from tests.console.quiet import answered

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 14, 16, tzinfo=ZONE)
LOGIN = Login(2001, "sam")
WIDE, NARROW = (120, 36), (80, 24)
FOLDER = Path(__file__).parent.parent / "screenshots"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what to press from the queue on, in a terminal of which size."""

    name: str
    keys: Sequence[str] = ()
    size: tuple[int, int] = WIDE
    place: str = "queue"
    """The screen it is of; one this version does not have is left out."""


#: A customer whose package has slots, and a ticket of the whole site.
_OAKFIELD = ("slash", *"oak", "enter")
_WHOLE_SITE = ("j",) * 11

SHOTS = (
    Shot("queue"),
    Shot("queue-80x24", (), NARROW),
    Shot("triage", (*_WHOLE_SITE, "t")),
    Shot("ticket", ("enter",)),
    Shot("why", ("w",)),
    Shot("new-ticket", ("n", *"oak", "enter", "tab", *"SIMS will not")),
    Shot("customers", ("C", *_OAKFIELD, "escape")),
    Shot("visits", ("V", *_OAKFIELD, "right_square_bracket"), place="visits"),
    Shot("help", ("question_mark",)),
)


async def settled(pilot: Pilot[None]) -> None:
    """Everything asked has been answered and shown."""
    await pilot.pause(0.15)
    for _ in range(3):
        await answered(pilot.app)
        await pilot.pause()


async def take(shot: Shot, database: Path, folder: Path, *, theme: str = "dark") -> None:
    """Write the picture `shot` into `folder`."""
    now_us = to_us(NOW)
    desk = Desk.open(database, clock=lambda: now_us, login=LOGIN)
    with tempfile.TemporaryDirectory() as drafts:
        app = DeskApp(
            desk,
            paths_under(Path(drafts)),
            Settings(marks="unicode", theme=theme),
            local=lambda us: from_us(us).astimezone(ZONE),
            watch=False,
        )
        async with app.run_test(size=shot.size) as pilot:
            await settled(pilot)
            for key in shot.keys:
                await pilot.press(key)
                await settled(pilot)
            picture = app.export_screenshot(title="deskterm", simplify=True)
    desk.close()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{shot.name}.svg").write_text(picture, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Make all pictures, or those named."""
    folder = Path(arguments[0]) if arguments else FOLDER
    wanted = set(arguments[1:])
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "desk.db"
        build(database, Order(to_us(NOW)), login=LOGIN)
        for shot in SHOTS:
            if shot.place in SCREENS and (not wanted or shot.name in wanted):
                asyncio.run(take(shot, database, folder))
                print(folder / f"{shot.name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
