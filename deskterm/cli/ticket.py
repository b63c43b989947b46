"""``deskterm ticket``: everything that can be done with tickets."""

from __future__ import annotations

import typer

from deskterm.cli.ticket_list import list_
from deskterm.cli.ticket_new import new
from deskterm.cli.ticket_show import show
from deskterm.cli.ticket_steps import add_steps
from deskterm.cli.words import command, group


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    tickets = group(app, "ticket", "Tickets: open, list, show them, and take steps on them.")
    command(
        tickets,
        "new",
        new,
        'ticket new --customer Oakfield --subject "Internet down" --priority urgent',
        'ticket new --customer Marlow --subject "No sound" --impact one --urgency fault',
    )
    command(
        tickets,
        "list",
        list_,
        "ticket list",
        "ticket list printer p:high who:me",
        "ticket list --view on-hold --json",
    )
    command(tickets, "show", show, "ticket show 1042", "ticket show 1042 --json")
    add_steps(tickets)
