"""What decides when visits can be: engineers' hours and absences, term dates; and checklists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from deskterm.cli.output import say, say_json, say_json_list, say_table
from deskterm.cli.session import asking, working
from deskterm.cli.status import CommandError, UsageError
from deskterm.cli.visit_shapes import say_in_question
from deskterm.cli.words import AsJson

Engineer = Annotated[str, typer.Argument(metavar="ENGINEER", help="Who.")]
Customer = Annotated[str | None, typer.Option(help="Of this customer.", metavar="NAME")]
Area = Annotated[str, typer.Option(help="Of all customers in this area.")]


def away(
    context: typer.Context,
    engineer: Engineer,
    first: Annotated[str, typer.Argument(metavar="FIRST", help="First day.")],
    last: Annotated[
        str | None, typer.Argument(metavar="LAST", help="Last day (default: the same).")
    ] = None,
    kind: Annotated[
        Literal["leave", "sickness", "training", "other"], typer.Option(help="Why.")
    ] = "leave",
    starts: Annotated[
        str | None, typer.Option("--from", help="From this time on the first day.", metavar="TIME")
    ] = None,
    ends: Annotated[
        str | None, typer.Option("--to", help="To this time on the last day.", metavar="TIME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter that an engineer is away; visits that are then in question are listed."""
    with working(context) as desk:
        number = desk.visits.add_absence(
            engineer, kind, day_of(first), day_of(last or first), starts=starts, ends=ends
        )
        who = desk.agents.get(engineer).id
        touched = [one for one in desk.visits.displaced() if one.visit.engineer_id == who]
    if as_json:
        say_json({"id": number, "displaced": [one.visit.id for one in touched]})
        return
    say(f"absence {number} is entered")
    for one in touched:
        say(f"visit {one.visit.id} of {one.visit.day:%a %d %b} is in question: {one.why}")
    if touched:
        say("What could be done with each: deskterm visits displaced")


def back(
    context: typer.Context,
    absence: Annotated[int, typer.Argument(metavar="ID", help="As `visits away` printed it.")],
) -> None:
    """Take an absence back."""
    with working(context) as desk:
        desk.visits.withdraw_absence(absence)
    say(f"absence {absence} is taken back")


def hours(
    context: typer.Context,
    engineer: Engineer,
    pattern: Annotated[
        list[str] | None,
        typer.Argument(metavar="DAY=FROM-TO…", help="As mon=08:00-12:00; none: all onsite hours."),
    ] = None,
) -> None:
    """Say when an engineer works from now on."""
    weekly: dict[str, list[list[str]]] = {}
    for part in pattern or ():
        day, _, times = part.partition("=")
        starts, dash, ends = times.partition("-")
        if not dash:
            raise UsageError(f"{part!r} is no working time; write it like mon=08:00-12:00")
        weekly.setdefault(day.strip(), []).append([starts.strip(), ends.strip()])
    with working(context) as desk:
        desk.visits.set_pattern(engineer, weekly or None)
    say(f"{engineer} works {' '.join(pattern) if pattern else 'all onsite hours'}")


def terms(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="CSV (name, first, last) or .ics to take in; none: show."
        ),
    ] = None,
    customer: Customer = None,
    area: Area = "",
    as_json: AsJson = False,
) -> None:
    """Take in term dates and days off, or show them."""
    if file is not None:
        from deskterm.desk.visits.termfiles import read_terms

        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read ({error})") from error
        with working(context) as desk:
            added = desk.visits.add_terms(read_terms(text), customer=customer, area=area)
            found = desk.visits.in_question(1)
        if as_json:
            say_json({"created": added})
        else:
            say(f"{added} entered")
            say_in_question(found)
        return
    with asking(context) as desk:
        entries = desk.visits.terms(customer=customer, area=area)
    if as_json:
        say_json_list(
            {
                "id": entry.id,
                "kind": entry.kind,
                "name": entry.name,
                "first": entry.first.isoformat(),
                "last": entry.last.isoformat(),
            }
            for entry in entries
        )
        return
    say_table(
        ("id", "kind", "name", "first", "last"),
        [
            (entry.id, entry.kind.replace("_", " "), entry.name, entry.first, entry.last)
            for entry in entries
        ],
    )


def term(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help='As "Autumn 2026" or "INSET day".')],
    first: Annotated[str, typer.Argument(metavar="FIRST", help="Its first day.")],
    last: Annotated[
        str | None, typer.Argument(metavar="LAST", help="Its last day (default: the same).")
    ] = None,
    off: Annotated[
        bool, typer.Option("--off", help="Days off inside a term, such as half term.")
    ] = False,
    customer: Customer = None,
    area: Area = "",
) -> None:
    """Enter a term, or with --off days off: of everybody, an area or a customer."""
    from deskterm.desk.visits.termdates import TermEntry

    begins, ends = day_of(first), day_of(last or first)
    if ends < begins:
        raise UsageError(f"{name} ends before it begins; give its first day, then its last")
    entry = TermEntry("day_off" if off else "term", name, begins, ends)
    with working(context) as desk:
        added = desk.visits.add_terms([entry], customer=customer, area=area)
        found = desk.visits.in_question(1)
    say(f"{name} is entered" if added else f"{name} was entered already")
    say_in_question(found)


def no_term(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="As `visits terms` lists it.")],
) -> None:
    """Take a term or days off back."""
    with working(context) as desk:
        desk.visits.withdraw_term(number)
    say(f"term date {number} is taken back")


def area(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="NAME", help="The customer.")],
    name: Annotated[str, typer.Argument(metavar="AREA", help="Whose term dates it follows.")],
) -> None:
    """Say which area's term dates a customer follows."""
    with working(context) as desk:
        desk.visits.set_area(customer, name)
    say(f"{customer} follows {name}")


def unit(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(metavar="NAME", help="The customer.")],
    name: Annotated[
        str | None, typer.Argument(metavar="UNIT", help="A new unit; none: list them.")
    ] = None,
    room: Annotated[str, typer.Option(help="Where it hangs or stands.")] = "",
    site: Annotated[str | None, typer.Option(help="The site, if there are several.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a piece of classroom AV to a customer's site, or list those there are."""
    with working(context) as desk:
        sites = desk.customers.card(customer).sites
        chosen = [one for one in sites if site is None or one.name == site]
        if len(chosen) != 1:
            known = ", ".join(one.name for one in sites) or "none yet; add one: customer site"
            raise CommandError(f"name one of the customer's sites with --site: {known}")
        if name is not None:
            desk.visits.add_unit(chosen[0].id, name, room)
        units = desk.visits.units(chosen[0].id)
    if as_json:
        say_json_list({"id": one.id, "name": one.name, "room": one.room} for one in units)
    else:
        say_table(("id", "unit", "room"), [(one.id, one.name, one.room) for one in units])


def tick(
    context: typer.Context,
    visit: Annotated[int, typer.Argument(metavar="ID", help="The visit.")],
    checklist: Annotated[str, typer.Argument(metavar="LIST", help="The checklist's id.")],
    item: Annotated[int, typer.Argument(metavar="ITEM", help="Which item, from 1.", min=1)],
    result: Annotated[
        Literal["ok", "fault", "not_applicable"], typer.Option(help="How it was found.")
    ] = "ok",
    unit_id: Annotated[
        int | None, typer.Option("--unit", help="The AV unit it is about.", metavar="ID")
    ] = None,
    note: Annotated[str, typer.Option(help="What was found.", metavar="TEXT")] = "",
) -> None:
    """Tick an item of a visit's checklist off."""
    with working(context) as desk:
        desk.visits.tick(visit, checklist, item - 1, result, unit=unit_id, note=note)
    say(f"item {item} of {checklist}: {result.replace('_', ' ')}")


def day_of(text: str) -> date:
    """A local date in ISO form. Raises `UsageError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date; write it like 2026-11-24") from None
