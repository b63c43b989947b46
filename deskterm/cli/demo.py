"""``deskterm demo``: a desk made up for looking around.

Without ``--no-open`` the front door builds and opens it (`deskterm.cli.demo_door`); what is here
builds.
"""

from __future__ import annotations

import os
from typing import Annotated

import typer

from deskterm.cli.database import DATABASE_VARIABLE, without_password
from deskterm.cli.now import instant
from deskterm.cli.output import say
from deskterm.cli.progress import Progress
from deskterm.cli.session import session
from deskterm.cli.status import UsageError
from deskterm.cli.words import command


def run(
    context: typer.Context,
    tickets: Annotated[
        int, typer.Option(help="How many tickets; one in ten is still to be done.", min=1)
    ] = 400,
    database: Annotated[
        str | None,
        typer.Option(
            help="Where to build it: a new file, or an empty postgresql+psycopg://… database "
            "(default: a throw-away one).",
            metavar="FILE",
        ),
    ] = None,
    seed: Annotated[str, typer.Option(help="The same seed makes the same desk.")] = "1",
    now: Annotated[
        str | None, typer.Option(help="The time it is made for (default: now).", metavar="ISO")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only build it.")] = False,
) -> None:
    """Build a made-up desk and look around in it."""
    from deskterm.desk.counting import counted
    from deskterm.desk.demo.build import Order, build

    del no_open  # The front door has seen to it that this is only ever asked to build.
    here = session(context)
    if not (database or here.named or os.environ.get(DATABASE_VARIABLE, "").strip()):
        raise UsageError("--no-open needs --database FILE, else nobody would find what was built")
    place = database or here.database
    now_us = here.clock() if now is None else instant(now, "--now")
    with Progress() as progress:
        scale = build(place, Order(now_us, tickets, seed), progress=progress)
    many, whose = counted(scale.tickets, "ticket"), counted(scale.customers, "customer")
    verb = "is" if scale.tickets == 1 else "are"
    say(f"{many} of {whose} ({scale.live:,} to be done) {verb} in {without_password(place)}")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "demo", run, "demo", "demo --tickets 5000 --database big.db --no-open")
