"""``deskterm doctor``: is this desk fit for work?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from deskterm.cli.output import say, say_json_list
from deskterm.cli.progress import Progress
from deskterm.cli.session import asking, working
from deskterm.cli.status import NO
from deskterm.cli.words import AsJson, command

if TYPE_CHECKING:
    from deskterm.desk.health import Check

_MARKS = {"good": "ok", "note": "note", "bad": "ACT"}


def run(
    context: typer.Context,
    finish: Annotated[
        bool, typer.Option("--finish", help="Compute clocks that were left to be computed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at settings, database, policies and closures: status 1 where somebody has to act."""
    if finish:
        from deskterm.desk.recompute import finish as compute

        with working(context) as desk, Progress() as progress:
            compute(desk, partial(progress, "tickets"))
    from deskterm.desk.health import examine

    with asking(context) as desk:
        checks = [*_settings(), *examine(desk)]
    if as_json:
        say_json_list(
            {"name": one.name, "verdict": one.verdict, "sentence": one.sentence} for one in checks
        )
    else:
        for one in checks:
            say(f"{_MARKS[one.verdict]:>4}  {one.name}: {one.sentence}")
    if any(one.verdict == "bad" for one in checks):
        raise typer.Exit(NO)


def _settings() -> Iterator[Check]:
    """What the user's own settings say that the console does not understand."""
    from deskterm.console.config import read_settings
    from deskterm.desk.health import Check
    from deskterm.desk.text import clean
    from deskterm.paths import user_paths

    path = user_paths().config
    findings = read_settings(path)[1]
    for finding in findings:
        yield Check("settings", "bad", clean(finding))
    if not findings:
        said = f"{path} is in order." if path.exists() else "All settings are the usual ones."
        yield Check("settings", "good", clean(said))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "doctor", run, "doctor", "doctor --finish")
