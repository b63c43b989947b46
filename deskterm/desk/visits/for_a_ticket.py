"""What can be booked for a ticket: the next times, a callout, and fair use, in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.desk.visits.held import find_held
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.model import OfferView
from deskterm.desk.visits.planning import for_ticket
from deskterm.desk.visits.tickets import load_ticket
from deskterm.desk.visits.usage import fair_use_of
from deskterm.visits.callout import check_callout
from deskterm.visits.errors import VisitRefused
from deskterm.visits.fairuse import FairUse
from deskterm.visits.slots import FREE
from deskterm.visits.wallclock import local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: How many free times may begin within one visit, of three hours at most.
_STARTS_PER_VISIT = 12


@dataclass(frozen=True, slots=True)
class TicketVisits:
    """`callout` says what a callout sent now would use up, or is None and `no_callout` says why."""

    ticket: int
    customer_id: int
    offers: tuple[OfferView, ...]
    callout: str | None
    no_callout: str
    fair_use: FairUse | None
    """Of the school year, where one of the offers would count towards it."""


def ticket_visits(desk: Desk, ticket: int, *, count: int = 3) -> TicketVisits:
    """What can be booked for a ticket.

    Raises `NotFound`, and `Refused` where the ticket is done or the customer has no visits.
    """
    offers = _apart(for_ticket(desk, ticket, count=count * _STARTS_PER_VISIT), count)
    with desk.store.read() as tx:
        line = load_ticket(tx, ticket)
        held = find_held(tx, desk, line.customer_id)
        now_us = desk.now_us()
        callout, why_not = None, ""
        try:
            callout = check_callout(
                held.package, line.priority, now_us, held.onsite, held.policy.priority_name
            ).sentence
        except VisitRefused as refused:
            why_not = refused.sentence
        used = None
        if any(each.slot == FREE for each in offers):
            used = fair_use_of(tx, held, load_ledger(tx, held), local_date(now_us, held.zone))
    return TicketVisits(ticket, line.customer_id, offers, callout, why_not, used)


def _apart(offers: tuple[OfferView, ...], count: int) -> tuple[OfferView, ...]:
    """The first ones that do not overlap: free times begin every quarter of an hour."""
    chosen: list[OfferView] = []
    for each in offers:
        if not chosen or each.from_us >= chosen[-1].to_us:
            chosen.append(each)
    return tuple(chosen[:count])
