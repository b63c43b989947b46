"""Opening a desk in the console, or as a plain list where there is no screen."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.cli.database import database_named, must_exist
from deskterm.cli.login import login_for
from deskterm.cli.now import clock
from deskterm.cli.status import NO, UsageError

if TYPE_CHECKING:
    from deskterm.cli.door import Opening
    from deskterm.desk.desk import Desk


def open_console(opening: Opening, *, terminal: bool) -> int:
    """Open the desk `opening` names and stay until it is left; the exit status.

    On a screen a desk that is not there is made: the console then asks who begins it.
    """
    from deskterm.desk.desk import Desk

    database = database_named(os.environ, opening.database)
    if not terminal:
        must_exist(database, NO)
    with Desk.open(
        database,
        clock=clock(os.environ),
        login=login_for(database, os.environ),
        read_only=opening.read_only,
    ) as desk:
        if not terminal:
            from deskterm.console.plain import show

            show(desk)
            return 0
        status = _run(desk, opening)
    if status is not None:
        return status
    from deskterm.cli.demo_door import build_and_open

    return build_and_open(replace(opening, database=None), ())


def _run(desk: Desk, opening: Opening) -> int | None:
    """The exit status; None where the console was left for a demonstration desk."""
    # How long a terminal program waits whether Esc was the key or the beginning of another one.
    # The 0.1 s of Textual are felt at every step back; it reads the delay when it is imported.
    os.environ.setdefault("ESCDELAY", "25")
    from deskterm.console.app import DeskApp
    from deskterm.console.config import read_settings
    from deskterm.console.places import SCREENS
    from deskterm.paths import user_paths

    if opening.start is not None and opening.start not in SCREENS:
        raise UsageError(f"there is no screen {opening.start!r}; there are {', '.join(SCREENS)}")
    paths = user_paths()
    settings, findings = read_settings(paths.config)
    if opening.start is not None:
        settings = replace(settings, start=opening.start)
    app = DeskApp(desk, paths, settings, findings, read_only=opening.read_only)
    app.run(mouse=settings.mouse and not opening.no_mouse)
    if app.crash is not None:
        raise app.crash
    return None if app.wants_demo else app.return_code or 0
