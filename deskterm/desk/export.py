"""Tickets and customers as lines of a spreadsheet, under the headings that `import csv` reads.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which the import
takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk.customer_rows import contacts_of, sites_of
from deskterm.desk.instants import from_us
from deskterm.desk.intake.headers import FORMULA
from deskterm.desk.journal import JournalEvent
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import standing

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.filters import Filter
    from deskterm.desk.model import QueueRow

TICKET_COLUMNS: Final = (
    "number", "reference", "customer", "subject", "body", "status", "type", "priority", "impact",
    "urgency", "channel", "tier", "contact", "site", "agent", "opened", "responded", "held",
    "hold_reason", "resolved", "closed", "updated", "policy", "clock", "due", "late",
)  # fmt: skip
CUSTOMER_COLUMNS: Final = (
    "name", "policy", "package", "region", "tier", "phase", "domain", "start", "end", "visits",
    "phone", "notes", "contact", "contact_role", "contact_email", "contact_phone", "contact_tier",
    "site", "address", "access", "open_tickets",
)  # fmt: skip

#: Tickets read in one go.
_PAGE: Final = 500

Progress = Callable[[int, int], None]
"""(done, in all)"""


def csv_line(cells: Sequence[object]) -> str:
    """One line of CSV with its line end, formulas defused."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_defused(cell) for cell in cells])
    return out.getvalue()


def _defused(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if FORMULA.match(text) else text


def tickets(
    desk: Desk, wanted: Filter | None = None, progress: Progress = lambda done, total: None
) -> Iterator[QueueRow]:
    """Every ticket that `wanted` asks for, by number, read a page at a time."""
    offset, total = 0, None
    while True:
        page = desk.queue.page(
            "all", wanted, "number", offset=offset, limit=_PAGE, counted=total is None
        )
        total = page.total if total is None else total
        for place, row in enumerate(page.rows):
            yield row
            progress(offset + place + 1, total or 0)
        offset += len(page.rows)
        if len(page.rows) < _PAGE:
            return


def ticket_lines(
    desk: Desk, wanted: Filter | None = None, progress: Progress = lambda done, total: None
) -> Iterator[str]:
    """Every ticket that `wanted` asks for as CSV, the header first."""
    yield csv_line(TICKET_COLUMNS)
    for row in tickets(desk, wanted, progress):
        with desk.store.read() as tx:
            cells = _ticket_cells(tx, desk, row)
        yield csv_line([cells.get(name) for name in TICKET_COLUMNS])


def _ticket_cells(tx: Tx, desk: Desk, row: QueueRow) -> dict[str, Any]:
    ticket = desk.rewriter.load(tx, row.number)
    state = ticket.state
    stands = standing(ticket.history)
    contact = () if state.contact_id is None else contacts_of(tx, None, state.contact_id)
    site = () if state.site_id is None else sites_of(tx, None, state.site_id)
    now_us = desk.now_us()
    due = next((cell for cell in row.clocks if cell.name == row.next_clock), None)
    return {
        "number": row.number,
        "reference": row.reference,
        "customer": row.customer,
        "subject": row.subject,
        "body": state.body,
        "status": row.status,
        "type": row.type,
        "priority": row.priority,
        "impact": row.impact,
        "urgency": row.urgency,
        "channel": state.channel,
        "tier": state.opened.get("tier"),
        "contact": contact[0].name if contact else state.fields.get("contact"),
        "site": site[0].name if site else state.fields.get("site"),
        "agent": row.agent,
        "opened": _iso(row.opened_us),
        "responded": _iso(_first(stands, "responded")),
        "held": _iso(_held_since(stands)) if row.status == "held" else None,
        "hold_reason": row.hold_reason,
        "resolved": _iso(state.resolved_us),
        "closed": _iso(state.closed_us),
        "updated": _iso(row.updated_us),
        "policy": row.policy,
        "clock": row.next_clock,
        "due": _iso(row.next_due_us),
        "late": "" if due is None else str(due.state(now_us) == "overdue").lower(),
    }


def _first(history: Sequence[JournalEvent], kind: str) -> int | None:
    return next((event.at_us for event in history if event.kind == kind), None)


def _held_since(history: Sequence[JournalEvent]) -> int | None:
    return next((event.at_us for event in reversed(history) if event.kind == "held"), None)


def _iso(us: int | None) -> str | None:
    return None if us is None else from_us(us).isoformat()


def customer_lines(desk: Desk) -> Iterator[str]:
    """Every customer as CSV, the header first; one with several contacts has several lines."""
    yield csv_line(CUSTOMER_COLUMNS)
    for line in desk.customers.list():
        card = desk.customers.card(line.customer.id)
        agreement = line.agreement
        customer: dict[str, Any] = {
            "name": card.customer.name,
            "domain": card.customer.domain,
            "phone": card.customer.phone,
            "notes": card.customer.notes,
            "open_tickets": line.open_tickets,
        }
        if agreement is not None:
            customer |= {
                "policy": agreement.policy,
                "package": agreement.package,
                "region": agreement.region,
                "tier": agreement.tier,
                "phase": agreement.phase,
                "start": agreement.start,
                "end": agreement.end,
                "visits": agreement.visits,
            }
        for place, (contact, site) in enumerate(zip_longest(card.contacts, card.sites)):
            cells = dict(customer) if place == 0 else {"name": card.customer.name}
            if contact is not None:
                cells |= {
                    "contact": contact.name,
                    "contact_role": contact.role,
                    "contact_email": contact.email,
                    "contact_phone": contact.phone,
                    "contact_tier": contact.tier,
                }
            if site is not None:
                cells |= {"site": site.name, "address": site.address, "access": site.access}
            yield csv_line([cells.get(name) for name in CUSTOMER_COLUMNS])
        if not card.contacts and not card.sites:
            yield csv_line([customer.get(name) for name in CUSTOMER_COLUMNS])
