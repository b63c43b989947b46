"""Opening a desk in the console, or as a plain list where there is no screen."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.cli.database import database_named
from deskterm.cli.now import clock

if TYPE_CHECKING:
    from deskterm.cli.door import Opening


def open_console(opening: Opening, *, terminal: bool) -> int:
    """Open the desk `opening` names and stay until it is left; the exit status."""
    from deskterm.desk.desk import Desk

    database = database_named(os.environ, opening.database)
    desk = Desk.open(database, clock=clock(os.environ), read_only=opening.read_only)
    try:
        if not terminal:
            from deskterm.console.plain import show

            show(desk)
            return 0
        from deskterm.console.app import DeskApp
        from deskterm.console.config import read_settings
        from deskterm.paths import user_paths

        paths = user_paths()
        settings, findings = read_settings(paths.config)
        if opening.start is not None:
            settings = replace(settings, start=opening.start)
        app = DeskApp(desk, paths, settings, findings, read_only=opening.read_only)
        app.run(mouse=settings.mouse and not opening.no_mouse)
        return app.return_code or 0
    finally:
        desk.close()
