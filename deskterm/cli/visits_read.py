"""Looking at visits: the week, what is free, how delivery stands, one's day, the ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from deskterm.cli.now import day_named
from deskterm.cli.output import say, say_json_list, say_table
from deskterm.cli.session import asking
from deskterm.cli.status import UsageError
from deskterm.cli.times import iso, moment, short
from deskterm.cli.visit_shapes import (
    blocked_lines,
    check_shape,
    offer_shape,
    offer_words,
    say_visits,
    visit_shape,
)
from deskterm.cli.words import AsJson
from deskterm.visits.wallclock import week_to_plan

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_NO_ENGINEER: Final = (
    "There is nobody to send yet; add an engineer with: deskterm agent add NAME --role engineer"
)
Customer = Annotated[str | None, typer.Option(help="Of this customer.", metavar="NAME")]
Engineer = Annotated[str | None, typer.Option(help="Of this engineer.", metavar="NAME")]
Date = Annotated[str | None, typer.Option(help="The day (default: today).", metavar="DATE")]


def week(
    context: typer.Context,
    customer: Customer = None,
    engineer: Engineer = None,
    date: Date = None,
    as_json: AsJson = False,
) -> None:
    """List the visits of the week a day lies in; at a weekend those of the next."""
    with asking(context) as desk:
        today = moment(desk.now_us(), desk.zone).date()
        day = week_to_plan(today) if date is None else day_named(date, desk.now_us(), desk.zone)
        say_visits(desk.visits.week(day, customer=customer, engineer=engineer), as_json)


def free(
    context: typer.Context,
    customer: Annotated[str, typer.Option(help="Who is to be visited.", metavar="NAME")],
    date: Annotated[
        str | None, typer.Option(help="Only this day (default: two weeks).", metavar="DATE")
    ] = None,
    days: Annotated[int | None, typer.Option(help="So many days from there on.", min=1)] = None,
    minutes: Annotated[
        int | None, typer.Option(help="Free times of this length, where there are no slots.", min=1)
    ] = None,
    ticket: Annotated[
        int | None, typer.Option(help="Only the next times that fit this ticket.", metavar="N")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="What is not free too, and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what can be booked for a customer, and with --json why the rest cannot."""
    with asking(context) as desk:
        if ticket is not None:
            offers = desk.visits.for_ticket(ticket, minutes=minutes)
        else:
            span = days if days is not None else 1 if date else 14
            first = None if date is None else day_named(date, desk.now_us(), desk.zone)
            offers = desk.visits.free(customer, first, days=span, minutes=minutes)
        name = desk.customers.card(customer).customer.name
        nobody = not _engineers(desk)
    # What can be booked comes first: that is what was asked for.
    ordered = sorted(offers, key=lambda offer: not offer.bookable)
    if as_json:
        say_json_list(offer_shape(offer, name) for offer in ordered)
        return
    if nobody:
        say(_NO_ENGINEER)
        return
    bookable = [offer for offer in offers if offer.bookable]
    for offer in bookable:
        others = "".join(f", {choice.name}" for choice in offer.engineers[1:])
        warning = f"  note: {offer.warning}" if offer.warning else ""
        say(f"{offer_words(offer)}{others}{warning}")
    if not bookable:
        say("Nothing is free then.")
    if all_ or not bookable:
        for line in blocked_lines(offers):
            say(line)


def _engineers(desk: Desk) -> bool:
    return any(agent.role == "engineer" and agent.active for agent in desk.agents.list())


def check(
    context: typer.Context,
    customer: Customer = None,
    date: Annotated[
        str | None, typer.Option(help="Judged as on this day (default: today).", metavar="DATE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How the delivery of bought visits stands: on pace, behind, or more than can be delivered."""
    with asking(context, day=date) as desk:
        lines = desk.visits.check(customer)
        nobody = not _engineers(desk)
    if as_json:
        say_json_list(map(check_shape, lines))
        return
    if not lines:
        say("Nobody has bought visits.")
        return
    headings = (
        "customer", "granted", "done", "callouts", "in lieu", "forfeited", "booked", "owed",
        "bookable", "verdict",
    )  # fmt: skip
    say_table(
        headings,
        [
            (
                line.customer,
                line.balance.granted,
                line.balance.delivered,
                line.balance.callouts,
                line.balance.in_lieu,
                line.balance.forfeited,
                line.balance.booked,
                line.balance.owed,
                line.pace.bookable,
                line.verdict,
            )
            for line in lines
        ],
    )
    if nobody:
        say(_NO_ENGINEER)
    if any(line.shared_with for line in lines):
        say("Where engineers are short, whose visits end first is served first.")
    for line in lines:
        for warning in line.warnings:
            say(f"{line.customer}: {warning}")


def day(
    context: typer.Context,
    date: Date = None,
    engineer: Annotated[
        str | None, typer.Option(help="Whose day (default: yours).", metavar="NAME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """An engineer's day: where, how to get in, open tickets there, checklists."""
    with asking(context) as desk:
        on = None if date is None else day_named(date, desk.now_us(), desk.zone)
        stops = desk.visits.my_day(on, engineer)
    if as_json:
        say_json_list(
            {
                **visit_shape(stop.visit),
                "address": stop.visit.address,
                "access": stop.visit.access,
                "tickets": [
                    {"number": number, "priority": priority, "subject": subject}
                    for number, priority, subject in stop.tickets
                ],
                "checklists": [
                    {"id": id_, "name": name, "done": done, "items": items}
                    for id_, name, done, items in stop.checklists
                ],
            }
            for stop in stops
        )
        return
    if not stops:
        say("No visits that day.")
    for place, stop in enumerate(stops):
        if place:
            say()
        visit = stop.visit
        say(f"{visit.starts}–{visit.ends}  {visit.where}  ({visit.stage}, "
            f"visit {visit.id})")  # fmt: skip
        for text in (visit.address, visit.access):
            if text:
                say(f"  {text}")
        for number, priority, subject in stop.tickets:
            say(f"  {number}  {priority}  {subject}")
        for _, name, done, items in stop.checklists:
            say(f"  {name}: {done} of {items}")


def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The visit.")],
    condition: Annotated[
        bool, typer.Option("--condition", help="The condition of each AV unit instead.")
    ] = False,
    form: Annotated[
        Literal["text", "markdown", "html"], typer.Option("--format", help="How it is written.")
    ] = "text",
    to: Annotated[
        Path | None, typer.Option(help="Write it there, whole or not at all.", metavar="FILE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """One visit and its checklists, as a sheet to take along."""
    with asking(context) as desk:
        visit = desk.visits.show(number)
        report = desk.visits.report(number)
        text = desk.visits.printed(number, "condition" if condition else "visit", form)
    if as_json:
        say_json_list(
            [
                {
                    **visit_shape(visit),
                    "report": [
                        {
                            "checklist": line.checklist,
                            "unit": line.unit.name if line.unit else None,
                            "item": line.item,
                            "result": line.result,
                            "note": line.note,
                        }
                        for line in report
                    ],
                }
            ]
        )
        return
    if to is not None:
        from deskterm.desk.visits.files import write_whole

        write_whole(text, to)
        say(str(to))
        return
    say(text.rstrip("\n"))


def history(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The visit.")],
    as_json: AsJson = False,
) -> None:
    """Everything that happened to a visit, oldest first, with the numbers `redact` takes."""
    from deskterm.desk.visits.told import said_words, what_words

    with asking(context) as desk:
        now_us = desk.now_us()
        events = desk.visits.history(number)
    if as_json:
        say_json_list(
            {
                "id": event.id,
                "at": iso(event.at_us),
                "agent": event.agent,
                "kind": event.kind,
                "undone": event.undone,
                "data": event.data,
            }
            for event in events
        )
        return
    say_table(
        ("entry", "when", "who", "what", "said"),
        [
            (event.id, short(event.at_us, now_us), event.agent or "", what_words(event),
             said_words(event))
            for event in events
        ],
    )  # fmt: skip


def ledger(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="NAME", help="The customer.")],
    as_json: AsJson = False,
) -> None:
    """The lines behind a customer's balance of visits, oldest first."""
    with asking(context) as desk:
        now_us = desk.now_us()
        balance, lines = desk.visits.ledger(customer)
    if as_json:
        say_json_list(
            {
                "at": iso(line.at_us),
                "event": line.event,
                "what": line.label,
                "visit": line.visit,
                "from": line.out_of.value,
                "to": line.into.value,
                "visits": line.visits,
                "note": line.note,
            }
            for line in lines
        )
        return
    say_table(
        ("when", "what", "visit", "visits", "from", "to", "note"),
        [
            (
                short(line.at_us, now_us), line.label, line.visit or "", line.visits,
                line.out_of.value, line.into.value, line.note,
            )
            for line in lines
        ],
    )  # fmt: skip
    say(
        f"{balance.granted} granted = {balance.delivered} delivered + {balance.callouts} callouts "
        f"+ {balance.in_lieu} in lieu + {balance.forfeited} forfeited + {balance.booked} booked "
        f"+ {balance.owed} owed"
    )


def displaced(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option(help="At most so many; the others are counted.", min=1)
    ] = 200,
    as_json: AsJson = False,
) -> None:
    """Visits that can no longer be kept, why, and where each could go instead."""
    with asking(context) as desk:
        # Other programs read the whole list.
        asked = desk.visits.in_question(None if as_json else limit)
    found = asked.first
    if as_json:
        say_json_list(
            {
                **visit_shape(one.visit),
                "why": one.why,
                "proposal": offer_shape(one.proposal, one.visit.customer) if one.proposal else None,
            }
            for one in found
        )
        return
    if not found:
        say("Every visit can be kept.")
    for one in found:
        visit = one.visit
        instead = f"; instead {offer_words(one.proposal)}" if one.proposal else "; nothing fits"
        say(f"{visit.id}  {visit.customer} {visit.day:%a %d %b} {visit.starts}: {one.why}{instead}")
    if asked.more:
        say(f"and {asked.more} more after {found[-1].visit.day:%a %d %b %Y}; --limit shows more")


def ics(
    context: typer.Context,
    engineer: Engineer = None,
    customer: Customer = None,
    to: Annotated[
        Path | None, typer.Option(help="Write it there, whole or not at all.", metavar="FILE")
    ] = None,
) -> None:
    """An engineer's or a customer's visits as a calendar other programs read."""
    if (engineer is None) == (customer is None):
        raise UsageError("name either --engineer NAME or --customer NAME")
    with asking(context) as desk:
        text = desk.visits.ics(engineer=engineer, customer=customer)
    if to is not None:
        from deskterm.desk.visits.files import write_whole

        write_whole(text, to)
        say(str(to))
        return
    # Byte for byte: the format has its own line ends and its own way to quote.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
