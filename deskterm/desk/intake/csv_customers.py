"""Customers from a spreadsheet, with their contacts and sites.

Pure: lines in, customers out. One customer may have several lines, each with another contact or
site; the agreement is read from the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from deskterm.desk.intake.csv_reading import Record, Refused, Table
from deskterm.desk.intake.headers import Columns, guess
from deskterm.desk.intake.local_times import local_date
from deskterm.desk.text import CleanText, clean

#: What a column holds, and what else people call it.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": ("customer", "customer name", "school", "school name", "organisation",
                 "organization", "company", "account", "client"),
        "policy": ("agreement", "policy id", "sla", "contract"),
        "package": ("service", "product", "plan", "support package"),
        "region": (),
        "tier": ("level",),
        "domain": ("email domain", "mail domain", "website", "domains"),
        "start": ("starts", "start date", "agreement start", "from", "since"),
        "end": ("ends", "end date", "until", "to", "expires"),
        "visits": ("visits bought", "number of visits"),
        "phase": (),
        "phone": ("telephone", "tel", "phone number"),
        "notes": ("note", "comment", "comments", "remarks"),
        "contact": ("contact name", "named contact", "person"),
        "contact_role": ("role", "job title", "position"),
        "contact_email": ("email", "e-mail", "mail", "email address"),
        "contact_phone": ("mobile", "direct line", "contact telephone"),
        "contact_tier": (),
        "site": ("site name", "location", "building", "campus"),
        "address": ("site address", "street", "postal address"),
        "access": ("site access", "how to get in", "directions"),
    }
)  # fmt: skip

#: Columns of our own export that say what follows from others.
DERIVED: Final = ("open_tickets", "active", "id")

_AGREEMENT: Final = ("policy", "package", "region", "tier", "phase")


@dataclass(slots=True)
class IncomingCustomer:
    """A customer on its way in; values are clean and unknown to be right."""

    line: int
    name: CleanText
    agreement: dict[str, str]
    start: str | None = None
    end: str | None = None
    visits: int | None = None
    domain: CleanText | None = None
    phone: CleanText | None = None
    notes: CleanText | None = None
    contacts: dict[str, dict[str, str]] = field(default_factory=dict)
    """By name: role, email, phone, tier."""
    sites: dict[str, dict[str, str]] = field(default_factory=dict)
    """By name: address, access."""


@dataclass(frozen=True, slots=True)
class Customers:
    """What a file of customers held."""

    customers: tuple[IncomingCustomer, ...]
    refused: tuple[Refused, ...]
    passed_over: tuple[str, ...]
    """Columns nobody knows."""


def read_customers(
    table: Table, progress: Callable[[int, int], None] = lambda done, total: None
) -> Customers:
    """Read every customer. A line that cannot be read is refused with its number.

    Raises TableError where there is no column for the name.
    """
    columns = guess(table.header, COLUMNS, ("name",), DERIVED)
    found: dict[str, IncomingCustomer] = {}
    refused: list[Refused] = []
    total = len(table)
    for entry in table:
        if entry.line % 500 == 0:
            progress(entry.line, total)
        if isinstance(entry, Refused):
            refused.append(entry)
            continue
        try:
            _read(entry, columns, found)
        except ValueError as error:
            refused.append(Refused(entry.line, str(error)))
    progress(total, total)
    return Customers(tuple(found.values()), tuple(refused), columns.others)


def _read(record: Record, columns: Columns, found: dict[str, IncomingCustomer]) -> None:
    def cell(key: str) -> str:
        return columns.cell(record.cells, key)

    name = clean(cell("name"))
    if not name:
        raise ValueError("has no name")
    made = IncomingCustomer(
        line=record.line,
        name=name,
        agreement={key: cell(key) for key in _AGREEMENT if cell(key)},
        start=_date("start", cell("start")),
        end=_date("end", cell("end")),
        visits=_count(cell("visits")),
        domain=clean(cell("domain")) or None,
        phone=clean(cell("phone")) or None,
        notes=clean(cell("notes"), lines=True) or None,
    )
    customer = found.setdefault(name, made)
    if cell("contact"):
        customer.contacts.setdefault(clean(cell("contact")), _said(cell, _CONTACT))
    if cell("site"):
        customer.sites.setdefault(clean(cell("site")), _said(cell, _SITE))


_CONTACT: Final = (
    ("role", "contact_role"),
    ("email", "contact_email"),
    ("phone", "contact_phone"),
    ("tier", "contact_tier"),
)
_SITE: Final = (("address", "address"), ("access", "access"))


def _said(cell: Callable[[str], str], names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: cell(key) for name, key in names if cell(key)}


def _date(key: str, value: str) -> str | None:
    if not value:
        return None
    try:
        return local_date(value).isoformat()
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _count(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 6):
        raise ValueError(f"visits: {clean(value)!r} is no number")
    return int(value)
