"""``deskterm ticket new``: open a ticket."""

from __future__ import annotations

from typing import Annotated

import typer

from deskterm.cli.now import instant
from deskterm.cli.output import say, say_json
from deskterm.cli.session import working
from deskterm.cli.words import AsJson
from deskterm.desk.model import NewTicket


def new(
    context: typer.Context,
    customer: Annotated[str, typer.Option(help="Whose ticket it is.", metavar="NAME")],
    subject: Annotated[str, typer.Option(help="What it is about, on one line.", metavar="TEXT")],
    body: Annotated[str, typer.Option(help="What was said.", metavar="TEXT")] = "",
    contact: Annotated[
        str | None, typer.Option(help="Who asks, of the customer's contacts.", metavar="NAME")
    ] = None,
    site: Annotated[str | None, typer.Option(help="Where it is.", metavar="NAME")] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--type",
            help="incident, service_request, information_request or change_request.",
            metavar="TYPE",
        ),
    ] = "incident",
    priority: Annotated[
        str | None, typer.Option(help="The policy's priority, where it has no grid.")
    ] = None,
    impact: Annotated[str | None, typer.Option(help="How wide, as the grid names it.")] = None,
    urgency: Annotated[str | None, typer.Option(help="How bad, as the grid names it.")] = None,
    tier: Annotated[str | None, typer.Option(help="The requester's tier.")] = None,
    channel: Annotated[
        str | None, typer.Option(help="phone, email, portal, chat or voicemail.")
    ] = None,
    request_class: Annotated[
        str | None, typer.Option("--class", help="Class of requests, where the policy has some.")
    ] = None,
    emergency_callout: Annotated[
        bool, typer.Option("--emergency-callout", help="An engineer is called out at once.")
    ] = False,
    opened: Annotated[
        str | None, typer.Option(help="When it came in (default: now).", metavar="ISO")
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="The customer's own number for it.", metavar="TEXT")
    ] = None,
    agent: Annotated[str | None, typer.Option(help="Who takes it.", metavar="NAME")] = None,
    as_json: AsJson = False,
) -> None:
    """Open a ticket and print its number."""
    ticket = NewTicket(
        customer=customer,
        subject=subject,
        body=body,
        contact=contact,
        site=site,
        type=kind,
        priority=priority,
        impact=impact,
        urgency=urgency,
        tier=tier,
        channel=channel,
        request_class=request_class,
        emergency_callout=emergency_callout,
        opened_us=None if opened is None else instant(opened, "--opened"),
        reference=reference,
        agent=agent,
    )
    with working(context) as desk:
        done = desk.tickets.new(ticket)
    if as_json:
        say_json({"number": done.number, "sentence": done.sentence})
    else:
        say(str(done.number))
