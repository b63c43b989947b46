"""``deskterm paths``: where everything lies."""

from __future__ import annotations

import typer

from deskterm.cli.database import without_password
from deskterm.cli.output import say_json, say_table
from deskterm.cli.session import session
from deskterm.cli.words import AsJson, command


def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Print where the database, the settings, your policies, drafts and the log lie."""
    from deskterm.paths import user_paths

    places = {name: str(place) for name, place in user_paths()}
    places["database"] = without_password(session(context).database)
    if as_json:
        say_json(places)
    else:
        say_table(("what", "where"), places.items())


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "paths", show, "paths", "--database school.db paths --json")
