"""Booking visits and everything that happens to them afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from deskterm.cli.now import day_named, instant
from deskterm.cli.output import say, say_json, say_table
from deskterm.cli.session import asking, working
from deskterm.cli.status import CommandError, UsageError
from deskterm.cli.visit_shapes import offer_words, say_done
from deskterm.cli.words import AsJson

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.visits.balance import Balance

Visit = Annotated[int, typer.Argument(metavar="ID", help="The visit, as `visits week` shows it.")]
ForCustomer = Annotated[str, typer.Option("--customer", help="Who is visited.", metavar="NAME")]
Engineer = Annotated[
    str | None, typer.Option(help="Who comes (default: whoever is suggested).", metavar="NAME")
]
Site = Annotated[str | None, typer.Option(help="Where, if there are several.", metavar="NAME")]
Scope = Annotated[
    Literal["this", "later", "all"],
    typer.Option(help="Of a series: this one, this and later ones, or all."),
]
Why = Annotated[str, typer.Option("--why", "--reason", help="Why.", metavar="TEXT")]
Overlap = Annotated[
    str,
    typer.Option(help="A supervisor's reason to book over other visits.", metavar="REASON"),
]
At = Annotated[str | None, typer.Option(help="When (default: now).", metavar="ISO")]
Cause = Annotated[
    Literal["customer", "provider", "outside"], typer.Option("--by", help="Whose doing it was.")
]


@contextmanager
def booking(context: typer.Context) -> Iterator[Desk]:
    """The desk; where a time cannot be booked, others that can are named in the same line."""
    from deskterm.desk.visits.model import NotBookable

    try:
        with working(context) as desk:
            yield desk
    except NotBookable as error:
        others = "; ".join(offer_words(offer) for offer in error.others)
        raise CommandError(
            f"{error.sentence} Free: {others}" if others else error.sentence
        ) from error


def book(
    context: typer.Context,
    customer: ForCustomer,
    date: Annotated[str, typer.Option(help="The day.", metavar="DATE")],
    slot: Annotated[
        str, typer.Option(help="A slot of the package, or a time as 10:00 or 10:00-12:00.")
    ],
    engineer: Engineer = None,
    minutes: Annotated[
        int | None, typer.Option(help="How long, for a time without an end.", min=1)
    ] = None,
    site: Site = None,
    ticket: Annotated[
        int | None, typer.Option(help="The ticket it is for.", metavar="N", min=1)
    ] = None,
    overlap: Overlap = "",
    as_json: AsJson = False,
) -> None:
    """Book a visit."""
    with booking(context) as desk:
        done = desk.visits.book(
            customer,
            day_named(date, desk.now_us(), desk.zone),
            slot,
            engineer=engineer,
            minutes=minutes,
            site=site,
            ticket=ticket,
            overlap_reason=overlap,
        )
    say_done(done, as_json)


def series(
    context: typer.Context,
    customer: ForCustomer,
    slot: Annotated[str, typer.Option(help="A slot of the package.")],
    first: Annotated[str, typer.Option(help="The first day.", metavar="DATE")],
    every: Annotated[
        Literal["weekly", "fortnightly"], typer.Option(help="How often, in term.")
    ] = "weekly",
    count: Annotated[int | None, typer.Option(help="So many visits.", min=1)] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day.", metavar="DATE")] = None,
    engineer: Engineer = None,
    site: Site = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would be.")] = False,
    as_json: AsJson = False,
) -> None:
    """Book a series; what does not fit stays owed."""
    from deskterm.desk.visits.serieses import Wish

    wish = Wish(slot, first, every, count, until, engineer)
    if not preview:
        with booking(context) as desk:
            done = desk.visits.book_series(customer, wish, site=site)
        say_done(done, as_json)
        return
    with asking(context) as desk:
        seen = desk.visits.preview_series(customer, wish, site=site)
    if as_json:
        say_json(
            {
                "rule": seen.rule,
                "books": seen.books,
                "stays_owed": seen.stays_owed,
                "lines": [
                    {
                        "date": line.day.isoformat(),
                        "engineer": line.engineer,
                        "why": line.why_not or None,
                    }
                    for line in seen.lines
                ],
                "warnings": list(seen.warnings),
            }
        )
        return
    say_table(
        ("day", "time", "engineer", "why not"),
        [
            (f"{line.day:%a %d %b %Y}", f"{line.starts}–{line.ends}", line.engineer, line.why_not)
            for line in seen.lines
        ],
    )
    say(f"{seen.books} would be booked, {seen.stays_owed} stay owed")
    for warning in seen.warnings:
        say(f"note: {warning}")


def callout(
    context: typer.Context,
    ticket: Annotated[int, typer.Argument(metavar="N", help="The ticket.", min=1)],
    engineer: Engineer = None,
    minutes: Annotated[int | None, typer.Option(help="How long it may take.", min=1)] = None,
    start: Annotated[str | None, typer.Option(help="When (default: now).", metavar="ISO")] = None,
    overlap: Overlap = "",
    as_json: AsJson = False,
) -> None:
    """Call an engineer out for a ticket; its limits do not apply from then on."""
    from deskterm.desk.visits.callouts import USUAL_MINUTES

    with booking(context) as desk:
        done = desk.visits.callout(
            ticket,
            engineer=engineer,
            minutes=minutes or USUAL_MINUTES,
            start_us=None if start is None else instant(start, "--start"),
            overlap_reason=overlap,
        )
    say_done(done, as_json)


def move(
    context: typer.Context,
    visit: Visit,
    date: Annotated[
        str | None, typer.Option(help="To this day (default: its own).", metavar="DATE")
    ] = None,
    slot: Annotated[
        str | None, typer.Option(help="To this slot or time (default: its own).")
    ] = None,
    engineer: Engineer = None,
    scope: Scope = "this",
    why: Why = "",
    overlap: Overlap = "",
    as_json: AsJson = False,
) -> None:
    """Move a visit to another day, slot or time."""
    if date is None and slot is None:
        raise UsageError("say where to: --date DATE, --slot SLOT or both")
    with booking(context) as desk:
        to = None if date is None else day_named(date, desk.now_us(), desk.zone)
        day = to or desk.visits.show(visit).day
        done = desk.visits.move(
            visit, day, slot, engineer=engineer, scope=scope, why=why, overlap_reason=overlap
        )
    say_done(done, as_json)


def assign(
    context: typer.Context,
    visit: Visit,
    engineer: Annotated[str, typer.Option(help="Who comes instead.", metavar="NAME")],
    scope: Scope = "this",
    why: Why = "",
    overlap: Overlap = "",
    as_json: AsJson = False,
) -> None:
    """Give a visit to another engineer."""
    with booking(context) as desk:
        done = desk.visits.reassign(visit, engineer, scope=scope, why=why, overlap_reason=overlap)
    say_done(done, as_json)


def cancel(
    context: typer.Context,
    visit: Visit,
    by: Cause = "customer",
    why: Why = "",
    scope: Scope = "this",
    as_json: AsJson = False,
) -> None:
    """Cancel a visit; it stays owed, whoever cancelled."""
    with working(context) as desk:
        done = desk.visits.cancel(visit, by, why, scope=scope)
    say_done(done, as_json)


def arrive(context: typer.Context, visit: Visit, at: At = None, as_json: AsJson = False) -> None:
    """Record that the engineer is there."""
    with working(context) as desk:
        done = desk.visits.arrive(visit, at_us=None if at is None else instant(at, "--at"))
    say_done(done, as_json)


def depart(
    context: typer.Context,
    visit: Visit,
    at: At = None,
    third_party: Annotated[
        str,
        typer.Option(help="Whose fault a callout turned out to be; its ticket is held for them."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Record that the engineer left: the visit is delivered."""
    with working(context) as desk:
        done = desk.visits.depart(
            visit, at_us=None if at is None else instant(at, "--at"), third_party=third_party
        )
    say_done(done, as_json)


def no_show(
    context: typer.Context,
    visit: Visit,
    by: Cause = "customer",
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Record that a booked visit did not happen; it stays owed."""
    with working(context) as desk:
        done = desk.visits.no_show(visit, by, why)
    say_done(done, as_json)


def undo(context: typer.Context, visit: Visit, as_json: AsJson = False) -> None:
    """Take back the last step on a visit."""
    with working(context) as desk:
        done = desk.visits.undo(visit)
    say_done(done, as_json)


def in_lieu(
    context: typer.Context,
    minutes: Annotated[int, typer.Option(help="How long the remote support took.", min=1)],
    visit: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="The visit it replaces, if one was booked.")
    ] = None,
    customer: Annotated[
        str | None, typer.Option(help="Whose owed visit it replaces.", metavar="NAME")
    ] = None,
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Log remote support given in place of a visit."""
    if (visit is None) == (customer is None):
        raise UsageError("name either a visit's ID or --customer NAME")
    with working(context) as desk:
        if visit is not None:
            say_done(desk.visits.in_lieu(visit, minutes, why), as_json)
            return
        event, balance = desk.visits.in_lieu_of_unbooked(str(customer), minutes, why)
    _say_balance(event, balance, as_json)


def forfeit(
    context: typer.Context,
    why: Annotated[str, typer.Option("--why", "--reason", help="Why it lapses.", metavar="TEXT")],
    visit: Annotated[
        int | None, typer.Argument(metavar="[ID]", help="A cancelled or missed visit.")
    ] = None,
    customer: Annotated[
        str | None, typer.Option(help="Whose visit, where none was booked.", metavar="NAME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let an owed visit lapse; only a supervisor may."""
    if (visit is None) == (customer is None):
        raise UsageError("name either a visit's ID or --customer NAME")
    with working(context) as desk:
        event, balance = desk.visits.forfeit(why, visit=visit, customer=customer)
    _say_balance(event, balance, as_json)


def adjust(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="NAME", help="The customer.")],
    visits: Annotated[int, typer.Argument(metavar="N", help="How many more; less with a minus.")],
    why: Annotated[str, typer.Option("--why", "--reason", help="Why.", metavar="TEXT")],
    as_json: AsJson = False,
) -> None:
    """Add to the visits granted, or take some away; only a supervisor may."""
    with working(context) as desk:
        event, balance = desk.visits.adjust(customer, visits, why)
    _say_balance(event, balance, as_json)


def redact(
    context: typer.Context,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="As `visits history` and `ledger` number them.")
    ],
    why: Annotated[str, typer.Option("--why", "--reason", help="Why.", metavar="TEXT")],
) -> None:
    """Erase the words of an entry about a visit for good; only a supervisor may."""
    with working(context) as desk:
        desk.visits.redact(entry, why)
    say(f"the words of entry {entry} are erased")


def _say_balance(event: int, balance: Balance, as_json: bool) -> None:
    if as_json:
        say_json({"event": event, "granted": balance.granted, "owed": balance.owed})
    else:
        say(f"{balance.granted} granted, {balance.owed} owed")
