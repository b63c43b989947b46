"""``deskterm move``: to another database, when a desk outgrows its file."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from deskterm.cli.database import without_password
from deskterm.cli.output import say
from deskterm.cli.progress import Progress
from deskterm.cli.session import session, working
from deskterm.cli.status import CommandError
from deskterm.cli.words import command


def run(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(help="An empty database: postgresql+psycopg://…, or a new file."),
    ],
) -> None:
    """Copy the whole desk, its journal and all, into another database."""
    from deskterm.desk.counting import counted
    from deskterm.desk.moving import move

    here = session(context)
    with working(context) as desk, Progress() as progress:
        verdict = move(desk.store, to, now_us=desk.now_us(), progress=partial(progress, "rows"))
    if not verdict.sound:
        raise CommandError(f"{without_password(to)} must not be used: {verdict.sentence}")
    events = counted(verdict.events, "event")
    say(f"{events} and all that belongs to them are in {without_password(to)}")
    say(f"Use it from now on with: export DESKTERM_DATABASE={without_password(to)}")
    say(f"The old one stays as it was: {without_password(here.database)}")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "move", run, "move --to postgresql+psycopg://desk@db.example/desk")
