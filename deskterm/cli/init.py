"""``deskterm init``: the first run, without questions."""

from __future__ import annotations

from typing import Annotated

import typer

from deskterm.cli.output import say
from deskterm.cli.session import working
from deskterm.cli.words import command
from deskterm.desk.model import Role


def run(
    context: typer.Context,
    agent: Annotated[str, typer.Option(help="Your name.", metavar="NAME")],
    role: Annotated[Role, typer.Option(help="What you may do.")],
) -> None:
    """Make the desk and enter yourself as its first agent."""
    with working(context, begin=True) as desk:
        me = desk.init(agent, role)
        say(f"{me.name} is {me.role} of a new desk; next: deskterm customer add --help")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "init", run, 'init --agent "Sam Field" --role supervisor')
