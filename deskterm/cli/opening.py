"""Opening a desk in the console, or as a plain list where there is no screen."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from deskterm.cli.database import database_named, is_url, must_exist
from deskterm.cli.login import login_for
from deskterm.cli.now import clock
from deskterm.cli.status import UNKNOWN, UsageError
from deskterm.console.newdesk import NewDesk

if TYPE_CHECKING:
    from deskterm.cli.door import Opening
    from deskterm.console.app import DeskApp
    from deskterm.desk.desk import Desk


def open_console(opening: Opening, *, terminal: bool) -> int:
    """Open the desk `opening` names and stay until it is left; the exit status.

    On a screen a desk that is not there can be begun; it is made once somebody says so.
    """
    from deskterm.desk.desk import Desk

    database = database_named(os.environ, opening.database)
    if not terminal:
        # A list is asked for, and there is nothing that could answer.
        must_exist(database, UNKNOWN)
    told = clock(os.environ)
    login = login_for(database, os.environ)

    def opened(place: str | Path) -> Desk:
        return Desk.open(place, clock=told, login=login, read_only=opening.read_only)

    greeting: str | None = None
    if terminal and not opening.read_only and not is_url(database) and not Path(database).exists():
        # Until it is begun, the console stands on an empty desk that goes away again.
        with TemporaryDirectory(prefix="deskterm-") as folder, opened(f"{folder}/desk.db") as desk:
            app = _run(desk, opening, NewDesk(database, lambda: opened(database)))
        greeting = app.begun
        if greeting is None:
            return _left(app, opening)
    with opened(database) as desk:
        if not terminal:
            from deskterm.console.plain import show

            show(desk)
            return 0
        app = _run(desk, opening, greeting=greeting)
    return _left(app, opening)


def _left(app: DeskApp, opening: Opening) -> int:
    """The exit status, after the demonstration desk where one was asked for."""
    if not app.wants_demo:
        return app.return_code or 0
    from deskterm.cli.demo_door import build_and_open

    return build_and_open(replace(opening, database=None), ())


def _run(
    desk: Desk, opening: Opening, new: NewDesk | None = None, *, greeting: str | None = None
) -> DeskApp:
    """The console once it was left; `greeting` is said when it opens."""
    # How long a terminal program waits whether Esc was the key or the beginning of another one.
    # The 0.1 s of Textual are felt at every step back; it reads the delay when it is imported.
    os.environ.setdefault("ESCDELAY", "25")
    from deskterm.console.app import DeskApp
    from deskterm.console.config import read_settings
    from deskterm.console.places import SCREENS
    from deskterm.console.terminal import terminal_driver
    from deskterm.paths import user_paths

    if opening.start is not None and opening.start not in SCREENS:
        raise UsageError(f"there is no screen {opening.start!r}; there are {', '.join(SCREENS)}")
    paths = user_paths()
    settings, findings = read_settings(paths.config)
    if opening.start is not None:
        settings = replace(settings, start=opening.start)
    app = DeskApp(desk, paths, settings, findings, read_only=opening.read_only, new=new,
                  driver_class=terminal_driver())  # fmt: skip
    app.begun = greeting
    app.run(mouse=settings.mouse and not opening.no_mouse)
    if app.crash is not None:
        raise app.crash
    return app
