"""``deskterm audit``: is the journal what was written?"""

from __future__ import annotations

from functools import partial

import typer

from deskterm.cli.output import say, say_json
from deskterm.cli.progress import Progress
from deskterm.cli.session import asking
from deskterm.cli.status import NO
from deskterm.cli.words import AsJson, command, group


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Follow the journal's chain: status 0 sound, 1 broken, 3 could not be checked."""
    from deskterm.desk.journal import verify as follow

    with asking(context, read_only=True) as desk, Progress() as progress:
        verdict = follow(desk.store, partial(progress, "events"))
    if as_json:
        say_json(
            {
                "sound": verdict.sound,
                "events": verdict.events,
                "broken_at": verdict.broken_at,
                "sentence": verdict.sentence,
            }
        )
    else:
        say(verdict.sentence)
    if not verdict.sound:
        raise typer.Exit(NO)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    audits = group(app, "audit", "The journal's own record of itself.")
    command(audits, "verify", verify, "audit verify", "--database school.db audit verify --json")
