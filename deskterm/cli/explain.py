"""``deskterm explain N [CLOCK]``: why a clock is due when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskterm.cli.output import say, say_json_list
from deskterm.cli.session import asking
from deskterm.cli.status import CommandError
from deskterm.cli.times import iso, moment
from deskterm.cli.words import AsJson, Number, command

if TYPE_CHECKING:
    from deskterm.sla.explanation import Explanation


def run(
    context: typer.Context,
    number: Number,
    clock: Annotated[
        str | None, typer.Argument(metavar="CLOCK", help="One clock (default: all of them).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show each due time as the sum it is.

    Open spans used, holds and closures skipped, changes of priority, and the clause it comes from.
    """
    from deskterm.sla.errors import UnknownClock

    with asking(context) as desk:
        names = [clock] if clock else [cell.name for cell in desk.tickets.show(number).row.clocks]
        try:
            told = [desk.tickets.explain(number, name) for name in names]
        except UnknownClock as error:
            raise CommandError(str(error)) from None
    if as_json:
        say_json_list(map(_shape, told))
        return
    for place, explanation in enumerate(told):
        if place:
            say()
        say(explanation.text(moment).rstrip("\n"))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "explain", run, "explain 1042", "explain 1042 resolution")


def _shape(told: Explanation) -> dict[str, Any]:
    return {
        "clock": told.clock.name,
        "title": told.title,
        "source": told.source,
        "due": iso(told.clock.due_us, told.zone),
        "lines": [
            {
                "kind": line.kind,
                "from": iso(line.from_us, told.zone),
                "to": iso(line.to_us, told.zone),
                "seconds": line.amount_us / 1_000_000,
                "text": line.text,
            }
            for line in told.lines
        ],
        "total": told.total,
        "sentence": told.sentence,
    }
