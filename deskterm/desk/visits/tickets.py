"""What visits and tickets have to do with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.desk import journal
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What visits need of a ticket."""

    number: int
    customer_id: int
    customer: CleanText
    site_id: int | None
    priority: str | None
    snapshot: str
    package: str | None
    live: bool
    emergency_callout: bool


def load_ticket(tx: Tx, number: int, customer_id: int | None = None) -> TicketLine:
    """A ticket that is still to be done, of that customer.

    Raises `NotFound`, and `Refused` where it is done or somebody else's.
    """
    row = tx.one(
        "SELECT number, customer_id, customer_name, site_id, priority, snapshot, package, live,"
        " emergency_callout FROM ticket WHERE number = :number",
        number=number,
    )
    if row is None:
        raise NotFound(f"There is no ticket {number}.")
    if customer_id is not None and row.customer_id != customer_id:
        raise Refused(f"Ticket {number} is {clean(row.customer_name)}'s.")
    if not row.live:
        raise Refused(f"Ticket {number} is done; reopen it first.")
    return TicketLine(
        row.number,
        row.customer_id,
        clean(row.customer_name),
        row.site_id,
        row.priority,
        row.snapshot,
        row.package,
        bool(row.live),
        bool(row.emergency_callout),
    )


def fix_due_us(tx: Tx, desk: Desk, ticket: TicketLine) -> int | None:
    """When the work on a ticket is promised to be done; None where nothing such is running."""
    policy = desk.shelf.policy(tx, ticket.snapshot)
    names = {target.clock for target in policy.targets if target.reopens}
    due = [
        row.due_us
        for row in tx.rows(
            "SELECT name, due_us FROM clock WHERE number = :number AND phase = 'running'"
            " AND due_us IS NOT NULL",
            number=ticket.number,
        )
        if row.name in names
    ]
    return min(due, default=None)


def send_callout(tx: Tx, desk: Desk, me: Agent, ticket: TicketLine, visit: int) -> None:
    """Note on the ticket that a callout was sent: its limits do not apply from the opening on."""
    if ticket.emergency_callout:
        return
    data = {"field": "emergency_callout", "old": False, "new": True, "visit": visit}
    _write(tx, desk, me, ticket.number, desk.now_us(), "edited", data)


def recall(tx: Tx, desk: Desk, me: Agent, number: int, visit: int, kind: str) -> None:
    """Take back what a visit wrote into its ticket: a callout that was called off (``edited``; the
    promises count again), or an arrival recorded by mistake (``arrived``).
    """
    history = journal.history(tx, "ticket", number)
    undone = {event.data.get("undoes") for event in history if event.kind == "undone"}
    for event in history:
        if event.kind == kind and event.data.get("visit") == visit and event.id not in undone:
            _write(tx, desk, me, number, desk.now_us(), "undone", {"undoes": event.id})


def note_arrival(tx: Tx, desk: Desk, me: Agent, number: int, visit: int, at_us: int) -> None:
    """Write into the ticket that an engineer has arrived for it."""
    _write(tx, desk, me, number, at_us, "arrived", {"visit": visit})


def hold_for_third_party(tx: Tx, desk: Desk, me: Agent, number: int, who: str) -> None:
    """Hold the ticket: the fault is a third party's and was passed on at its highest urgency."""
    from deskterm.desk.doing import find_step, take

    fields = {
        "reason": "awaiting_third_party",
        "awaiting": f"{clean(who)}, passed on at their highest urgency",
    }
    take(tx, desk.rewriter, find_step("hold"), number, fields, me, desk.now_us(), None)


def _write(
    tx: Tx, desk: Desk, me: Agent, number: int, at_us: int, kind: str, data: dict[str, object]
) -> None:
    now_us = desk.now_us()
    event = NewEvent("ticket", number, at_us, kind, data, me.id)
    journal.append(tx, [event], recorded_us=now_us)
    desk.rewriter.rewrite(tx, desk.rewriter.load(tx, number), now_us)
