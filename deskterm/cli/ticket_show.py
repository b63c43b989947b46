"""``deskterm ticket show N``: a whole ticket."""

from __future__ import annotations

import typer

from deskterm.cli.output import say, say_json, say_table
from deskterm.cli.session import asking
from deskterm.cli.shapes import ticket_shape
from deskterm.cli.times import left, short, standing
from deskterm.cli.words import AsJson, Number
from deskterm.desk.model import EventView, TicketView


def show(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Print a ticket: whose it is, its clocks and its history.

    With --json it is a line for `deskterm simulate`.
    """
    with asking(context) as desk:
        now_us = desk.now_us()
        ticket = desk.tickets.show(number)
        if as_json:
            say_json({**ticket_shape(ticket.row, now_us), **desk.tickets.scenario(number)})
            return
    say_ticket(ticket, now_us)


def say_ticket(ticket: TicketView, now_us: int) -> None:
    """Print a ticket for a person."""
    row = ticket.row
    say(f"{row.number} · {row.subject}")
    contact = f"{ticket.contact.name}, {ticket.contact.role}" if ticket.contact else ""
    parts = (row.customer, contact, ticket.channel, f"opened {short(row.opened_us, now_us)}")
    say(" · ".join(str(part) for part in parts if part))
    who = row.agent or "nobody yet"
    say(f"{row.status} · {row.type.replace('_', ' ')} · {row.priority_name} · with {who}")
    if ticket.agreement is not None:
        agreement = ticket.agreement
        names = (agreement.policy_name, agreement.package_name, agreement.region)
        say(" · ".join(str(name) for name in names if name))
    if row.hold_reason:
        chase = f", to be chased {short(row.chase_us, now_us)}" if row.chase_us else ""
        say(f"on hold: {row.hold_reason.replace('_', ' ')}{chase}")
    if ticket.missing:
        say(f"missing: {', '.join(ticket.missing)}")
    if ticket.body:
        say()
        say(ticket.body)
    if row.clocks:
        say()
        say_table(
            ("clock", "state", "due", "left"),
            [
                (
                    cell.title,
                    standing(cell, now_us),
                    short(cell.due_us, now_us, cell.zone),
                    left(cell.remaining_us(now_us)),
                )
                for cell in row.clocks
            ],
        )
    say()
    say_table(
        ("when", "who", "what", ""),
        [
            (
                short(event.at_us, now_us),
                event.agent or "",
                event.kind.replace("_", " ") + (" (taken back)" if event.undone else ""),
                _said(event),
            )
            for event in ticket.events
        ],
    )
    if ticket.viewers:
        say(f"Also open at: {', '.join(ticket.viewers)}")


def _said(event: EventView) -> str:
    data = event.data
    if event.kind == "edited":
        return f"{data.get('field')}: {data.get('old')} → {data.get('new')}"
    parts = [
        str(data[name])
        for name in ("priority", "reason", "awaiting", "text", "release", "told")
        if data.get(name)
    ]
    return " · ".join(part.replace("\n", " ") for part in parts)
