"""A spreadsheet taken in, from the bytes of the file to tickets or customers on the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskterm.desk.errors import DeskError, NotFound
from deskterm.desk.intake.csv_customers import IncomingCustomer, read_customers
from deskterm.desk.intake.csv_reading import Refused, Table
from deskterm.desk.intake.csv_tickets import COLUMNS as TICKET_COLUMNS
from deskterm.desk.intake.csv_tickets import read_tickets
from deskterm.desk.intake.headers import plain
from deskterm.desk.intake.taking_in import TakenIn, take_in
from deskterm.desk.opening import find_agreement
from deskterm.policy.document import Policy

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

PROGRAM = "csv"

Progress = Callable[[str, int, int], None]
"""(what is being done, how much is done, of how much)"""


def holds_tickets(data: bytes) -> bool:
    """Whether a file is of tickets: these have a subject, customers have none."""
    subjects = {plain(name) for name in ("subject", *TICKET_COLUMNS["subject"])}
    return any(plain(name) in subjects for name in Table(data).header)


def import_tickets(
    desk: Desk,
    data: bytes,
    zone: ZoneInfo,
    *,
    customer: str | None = None,
    policy_id: str | None = None,
    progress: Progress = lambda what, done, total: None,
) -> tuple[TakenIn, tuple[str, ...]]:
    """Take tickets in; what became of them, and the columns that were kept as they are.

    They belong to `customer`, else to the one each line names; with `policy_id` customers there
    are not yet are added under it. Raises `TableError` for a file that is no such table.
    """
    policies: dict[str | None, Policy] = {}

    def policy_of(named: str | None) -> Policy:
        if named not in policies:
            try:
                policies[named] = _policy(desk, named or customer or "", policy_id)
            except DeskError as error:
                raise ValueError(error.sentence) from None
        return policies[named]

    read = read_tickets(
        Table(data),
        policy_of,
        zone,
        desk.now_us(),
        customer=customer is None,
        progress=lambda done, total: progress("lines read", done, total),
    )
    result = take_in(
        desk,
        read.tickets,
        PROGRAM,
        customer=customer,
        progress=lambda done, total: progress("tickets", done, total),
    )
    result.refused = sorted([*read.refused, *result.refused], key=lambda one: one.line)
    return result, read.kept


def _policy(desk: Desk, customer: str, policy_id: str | None) -> Policy:
    try:
        with desk.store.read() as tx:
            return desk.shelf.policy(tx, find_agreement(tx, customer).snapshot)
    except NotFound:
        if policy_id is None:
            raise
    desk.customers.add(customer, policy_id)
    return _policy(desk, customer, None)


def import_customers(
    desk: Desk,
    data: bytes,
    *,
    policy_id: str | None = None,
    progress: Progress = lambda what, done, total: None,
) -> tuple[TakenIn, tuple[str, ...]]:
    """Take customers in; what became of them, and the columns nobody knows.

    Lines that name no policy come under `policy_id`. A customer that is here keeps what is known
    of it and gains the contacts and sites it did not have. Raises `TableError` for a file that is
    no such table.
    """
    read = read_customers(Table(data), lambda done, total: progress("lines read", done, total))
    result = TakenIn(refused=list(read.refused))
    for done, customer in enumerate(read.customers):
        progress("customers", done, len(read.customers))
        try:
            _take_in(desk, customer, policy_id, result)
        except DeskError as error:
            result.refused.append(Refused(customer.line, error.sentence))
    progress("customers", len(read.customers), len(read.customers))
    result.refused.sort(key=lambda one: one.line)
    return result, read.passed_over


def _take_in(
    desk: Desk, customer: IncomingCustomer, policy_id: str | None, result: TakenIn
) -> None:
    with desk.store.read() as tx:
        there = tx.value("SELECT id FROM customer WHERE name = :name", name=str(customer.name))
    new = there is None
    if new:
        agreement = {"policy": policy_id, **customer.agreement}
        policy = agreement.pop("policy")
        if policy is None:
            result.refused.append(
                Refused(customer.line, "names no policy; add a column for it or say --policy ID")
            )
            return
        there = desk.customers.add(
            customer.name,
            policy,
            package=agreement.get("package"),
            region=agreement.get("region"),
            tier=agreement.get("tier"),
            phase=agreement.get("phase"),
            domain=customer.domain,
            phone=customer.phone,
            notes=customer.notes or "",
            start=customer.start,
            end=customer.end,
            visits=customer.visits,
        ).id
    grown = _add_parts(desk, int(there), customer)
    result.created += new
    result.updated += grown and not new
    result.unchanged += not grown and not new


def _add_parts(desk: Desk, customer_id: int, customer: IncomingCustomer) -> bool:
    """Add the contacts and sites that are new; whether there were any."""
    card = desk.customers.card(customer_id)
    contacts = {contact.name for contact in card.contacts}
    sites = {site.name for site in card.sites}
    grown = False
    for name, said in customer.contacts.items():
        if name not in contacts:
            desk.customers.add_contact(
                customer_id,
                name,
                role=said.get("role", ""),
                email=said.get("email"),
                phone=said.get("phone"),
                tier=said.get("tier"),
            )
            grown = True
    for name, said in customer.sites.items():
        if name not in sites:
            desk.customers.add_site(
                customer_id,
                name,
                address=said.get("address", ""),
                access=said.get("access", ""),
            )
            grown = True
    return grown
