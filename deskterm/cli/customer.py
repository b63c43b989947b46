"""``deskterm customer``: whose tickets these are, and what they were promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskterm.cli.output import say, say_json, say_json_list, say_table
from deskterm.cli.session import asking, working
from deskterm.cli.times import iso, short
from deskterm.cli.vary import describe
from deskterm.cli.words import AsJson, command, group
from deskterm.desk.counting import counted
from deskterm.desk.model import AgreementView, ContactView, SiteView

if TYPE_CHECKING:
    from deskterm.desk.customer_model import CustomerCard, CustomerLine

Name = Annotated[str, typer.Argument(metavar="NAME", help="The customer, by name or part of it.")]


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The customer's name.")],
    policy: Annotated[str, typer.Option(help="The policy of the agreement.", metavar="ID")],
    package: Annotated[str | None, typer.Option(help="What was bought of it.")] = None,
    region: Annotated[str | None, typer.Option(help="Whose hours count.")] = None,
    tier: Annotated[str | None, typer.Option(help="The usual requester's tier.")] = None,
    domain: Annotated[
        str | None, typer.Option(help="The domain the customer's mail comes from.")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(help="First day of the agreement (default: today).", metavar="DATE"),
    ] = None,
    end: Annotated[str | None, typer.Option(help="Its last day.", metavar="DATE")] = None,
    visits: Annotated[
        int | None,
        typer.Option(
            help="Visits bought (default: the package's usual number; where it has none, the "
            "number grows with what is booked).",
            min=0,
        ),
    ] = None,
    phase: Annotated[str | None, typer.Option(help="Phase of the agreement.")] = None,
    phone: Annotated[str | None, typer.Option(help="The customer's number.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a customer with an agreement."""
    with working(context) as desk:
        added = desk.customers.add(
            name,
            policy,
            package=package,
            region=region,
            tier=tier,
            domain=domain,
            start=start,
            end=end,
            visits=visits,
            phase=phase,
            phone=phone,
        )
        note = desk.visits.number_note(added.id)
    if as_json:
        say_json({"id": added.id, "name": added.name})
        return
    say(f"{added.name} is a customer under {policy}")
    if note:
        say(note)


def list_(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help="Former customers too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the customers with their agreements."""
    with asking(context) as desk:
        lines = desk.customers.list(everybody=all_)
    if as_json:
        say_json_list(map(_line_shape, lines))
        return
    say_table(
        ("customer", "agreement", "package", "region", "open tickets"),
        [
            (
                line.customer.name,
                line.agreement.policy_name if line.agreement else "",
                (line.agreement.package_name if line.agreement else None) or "",
                (line.agreement.region if line.agreement else None) or "",
                line.open_tickets,
            )
            for line in lines
        ],
    )


def show(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Print a customer's card: agreement, contacts, sites, variations."""
    with asking(context) as desk:
        now_us = desk.now_us()
        card = desk.customers.card(name)
    if as_json:
        say_json(card_shape(card))
    else:
        _say_card(card, now_us)


def contact(
    context: typer.Context,
    customer: Name,
    name: Annotated[str, typer.Argument(metavar="PERSON", help="The contact's name.")],
    role: Annotated[str, typer.Option(help="owner, business manager, IT lead, finance, …")] = "",
    email: Annotated[str | None, typer.Option(help="Where mail reaches them.")] = None,
    phone: Annotated[str | None, typer.Option(help="Their number.")] = None,
    tier: Annotated[str | None, typer.Option(help="Their tier, where the policy has some.")] = None,
) -> None:
    """Add a named contact."""
    with working(context) as desk:
        added = desk.customers.add_contact(
            customer, name, role=role, email=email, phone=phone, tier=tier
        )
    say(f"{added.name} is a contact of {customer}")


def site(
    context: typer.Context,
    customer: Name,
    name: Annotated[str, typer.Argument(metavar="SITE", help="What the place is called.")],
    address: Annotated[str, typer.Option(help="Where it is.")] = "",
    access: Annotated[str, typer.Option(help="How to get in.")] = "",
) -> None:
    """Add a place that engineers go to."""
    with working(context) as desk:
        added = desk.customers.add_site(customer, name, address=address, access=access)
    say(f"{added.name} is a site of {customer}")


def changes(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Print every change to a customer, newest first."""
    with asking(context) as desk:
        now_us = desk.now_us()
        log = desk.customers.changes(name)
    if as_json:
        say_json_list(
            {
                "at": iso(line.event.at_us),
                "agent": line.event.agent,
                "what": line.subject,
                "field": line.field,
                "old": line.old,
                "new": line.new,
            }
            for line in log
        )
        return
    say_table(
        ("when", "who", "what", "field", "from", "to"),
        [
            (
                short(line.event.at_us, now_us),
                line.event.agent or "",
                line.subject,
                line.field,
                "" if line.old is None else line.old,
                "" if line.new is None else line.new,
            )
            for line in log
        ],
    )


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    customers = group(app, "customer", "Customers, their agreements, contacts and sites.")
    command(
        customers,
        "add",
        add,
        'customer add "Oakfield Primary" --policy our-school --package scheduled --visits 23',
    )
    command(customers, "list", list_, "customer list", "customer list --json")
    command(customers, "show", show, "customer show Oakfield")
    command(
        customers,
        "contact",
        contact,
        'customer contact Oakfield "Jo Marsh" --role "business manager"',
    )
    command(customers, "site", site, 'customer site Oakfield "Main building" --access "ring twice"')
    command(customers, "changes", changes, "customer changes Oakfield")


def _line_shape(line: CustomerLine) -> dict[str, Any]:
    return {
        "id": line.customer.id,
        "name": line.customer.name,
        "domain": line.customer.domain,
        "agreement": _agreement_shape(line.agreement) if line.agreement else None,
        "open_tickets": line.open_tickets,
    }


def _agreement_shape(agreement: AgreementView) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "policy": agreement.policy,
        "package": agreement.package,
        "region": agreement.region,
        "tier": agreement.tier,
        "phase": agreement.phase,
        "start": agreement.start,
        "end": agreement.end,
        "visits": agreement.visits,
        "zone": agreement.zone,
    }


def _contact_shape(contact: ContactView) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "role": contact.role,
        "email": contact.email,
        "phone": contact.phone,
        "tier": contact.tier,
    }


def _site_shape(site: SiteView) -> dict[str, Any]:
    return {"id": site.id, "name": site.name, "address": site.address, "access": site.access}


def card_shape(card: CustomerCard) -> dict[str, Any]:
    """One customer of ``customer show --json``."""
    return {
        "id": card.customer.id,
        "name": card.customer.name,
        "domain": card.customer.domain,
        "phone": card.customer.phone,
        "notes": card.customer.notes,
        "contacts": [_contact_shape(one) for one in card.contacts],
        "sites": [_site_shape(one) for one in card.sites],
        "agreements": [_agreement_shape(one) for one in card.agreements],
        "variations": [
            {
                "id": one.id,
                "kind": one.kind,
                "data": one.data,
                "reason": one.reason,
                "entered": iso(one.entered_us),
                "withdrawn": iso(one.withdrawn_us),
            }
            for one in card.variations
        ],
        "open_tickets": card.open_tickets,
    }


def _say_card(card: CustomerCard, now_us: int) -> None:
    say(card.customer.name)
    facts = (card.customer.phone, card.customer.domain, counted(card.open_tickets, "open ticket"))
    say(" · ".join(str(fact) for fact in facts if fact))
    for agreement in card.agreements:
        names = (agreement.policy_name, agreement.package_name, agreement.region, agreement.tier)
        until = f" to {agreement.end}" if agreement.end else ""
        said = " · ".join(str(name) for name in names if name)
        say(f"agreement: {said} · from {agreement.start}{until}")
    if card.contacts:
        say()
        say_table(
            ("contact", "role", "mail", "phone"),
            [(one.name, one.role, one.email, one.phone) for one in card.contacts],
        )
    if card.sites:
        say()
        say_table(
            ("site", "address", "access"),
            [(one.name, " ".join(one.address.split()), one.access) for one in card.sites],
        )
    if card.variations:
        say()
        say_table(
            ("variation", "why", "entered"),
            [
                (
                    describe(one),
                    one.reason,
                    short(one.entered_us, now_us)
                    + (" (taken back)" if one.withdrawn_us is not None else ""),
                )
                for one in card.variations
            ],
        )
