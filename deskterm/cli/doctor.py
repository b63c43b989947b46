"""``deskterm doctor``: is this desk fit for work?"""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from deskterm.cli.output import say, say_json_list
from deskterm.cli.progress import Progress
from deskterm.cli.session import asking, working
from deskterm.cli.status import NO
from deskterm.cli.words import AsJson, command

_MARKS = {"good": "ok", "note": "note", "bad": "ACT"}


def run(
    context: typer.Context,
    finish: Annotated[
        bool, typer.Option("--finish", help="Compute clocks that were left to be computed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at database, policies and closures: status 1 where somebody has to act."""
    if finish:
        from deskterm.desk.recompute import finish as compute

        with working(context) as desk, Progress() as progress:
            compute(desk, partial(progress, "tickets"))
    from deskterm.desk.health import examine

    with asking(context) as desk:
        checks = list(examine(desk))
    if as_json:
        say_json_list(
            {"name": one.name, "verdict": one.verdict, "sentence": one.sentence} for one in checks
        )
    else:
        for one in checks:
            say(f"{_MARKS[one.verdict]:>4}  {one.name}: {one.sentence}")
    if any(one.verdict == "bad" for one in checks):
        raise typer.Exit(NO)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "doctor", run, "doctor", "doctor --finish")
