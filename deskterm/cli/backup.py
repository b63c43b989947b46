"""``deskterm backup`` and ``deskterm restore``: a copy of the desk, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskterm.cli.output import say
from deskterm.cli.session import session, working
from deskterm.cli.status import CommandError
from deskterm.cli.words import command


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
) -> None:
    """Copy the whole desk into a file while it is in use."""
    with working(context) as desk:
        desk.store.backup(file)
    say(f"{file} holds the desk as it was just now")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by backup.")],
) -> None:
    """Put a copy in the place of the desk; what was there is kept beside it."""
    from deskterm.desk.restoring import restore as put_back

    here = session(context)
    if here.read_only:
        raise CommandError("a desk opened with --read-only is not replaced; leave that out")
    kept = put_back(here.database, file, now_us=here.clock())
    say(f"the desk is that of {file}")
    if kept is not None:
        say(f"what was there before is in {kept}")


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    command(app, "backup", backup, "backup desk-2026-11-20.db")
    command(app, "restore", restore, "restore desk-2026-11-20.db")
