"""The planner's reads: a week, what is free, how deliveries stand, and an engineer's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.desk.agents import find_agent
from deskterm.desk.customer_rows import find_customer
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.checking import check_at_once
from deskterm.desk.visits.checklists import progress
from deskterm.desk.visits.held import Held, find_held, find_site, situation
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.model import OfferView, Planner, Row, Stop, VisitView
from deskterm.desk.visits.reading import load_visit, offer_view, visits_between
from deskterm.desk.visits.tickets import fix_due_us, load_ticket
from deskterm.desk.visits.times import given_date
from deskterm.visits.balance import Balance, Line
from deskterm.visits.bookable import Situation, offer
from deskterm.visits.feasibility import STEP_MINUTES, USUAL_FREE_MINUTES
from deskterm.visits.interval import Interval
from deskterm.visits.roster import Roster
from deskterm.visits.slots import FREE, SlotTime, free_times, slots_on
from deskterm.visits.ticketslots import next_fitting
from deskterm.visits.wallclock import instant_us, local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_DAY_US = 24 * 3600 * 1_000_000


def monday_of(day: date) -> date:
    """The Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def week(
    desk: Desk,
    day: date | str,
    *,
    customer: int | str | None = None,
    engineer: int | str | None = None,
) -> tuple[VisitView, ...]:
    """Every visit of the week a date lies in, in order of time; of one customer or engineer."""
    monday = monday_of(given_date(day))
    with desk.store.read() as tx:
        return visits_between(
            tx,
            instant_us(monday, 0, desk.zone),
            instant_us(monday + timedelta(days=7), 0, desk.zone),
            customer=None if customer is None else find_customer(tx, customer).id,
            engineer=None if engineer is None else find_agent(tx, engineer).id,
        )


def planner(
    desk: Desk,
    customer: int | str,
    day: date | str,
    *,
    engineer: int | str | None = None,
    days: int = 5,
    site: int | str | None = None,
) -> Planner:
    """A week of one customer: who could come in each slot, or why nobody can, and the balance.

    With an `engineer` only they are asked for. The balance's verdict knows of the other agreements
    what was found when `check` last looked at all of them.
    """
    monday = monday_of(given_date(day))
    dates = tuple(monday + timedelta(days=count) for count in range(days))
    with desk.store.read() as tx:
        held = find_held(tx, desk, customer)
        place = find_site(tx, held, site)
        asked = situation(tx, desk, held, place.id if place else 0, dates[0], dates[-1])
        if engineer is not None:
            only = find_agent(tx, engineer).id
            asked = _only(asked, only)
        offers = {
            (found.time.id, day): offer_view(found, asked.roster.engineers)
            for day in dates
            for found in (offer(asked, time) for time in slots_on(held.package, day, held.zone))
        }
        visits = visits_between(
            tx,
            instant_us(monday, 0, held.zone),
            instant_us(monday + timedelta(days=7), 0, held.zone),
            customer=held.customer_id,
        )
        rows = [Row(slot.id, slot.name, slot.start, slot.end) for slot in held.package.slots]
        if held.package.onsite in ("free", "slots+free"):
            rows.append(Row(FREE, "any time", "", ""))
        check = check_at_once(tx, desk, held)
        return Planner(check, monday, dates, tuple(rows), offers, visits)


def _only(asked: Situation, engineer: int) -> Situation:
    roster = asked.roster
    people = [each for each in roster.engineers if each.id == engineer]
    return replace(asked, roster=Roster(people, roster.promises, roster.travel_minutes))


def free(
    desk: Desk,
    customer: int | str,
    first: date | str | None = None,
    *,
    days: int = 14,
    minutes: int | None = None,
    scheduled: bool | None = None,
    site: int | str | None = None,
) -> tuple[OfferView, ...]:
    """Every slot (or free time of `minutes`) of so many days, bookable or with why it is not."""
    with desk.store.read() as tx:
        held = find_held(tx, desk, customer)
        place = find_site(tx, held, site)
        start = given_date(first) if first is not None else local_date(desk.now_us(), held.zone)
        dates = [start + timedelta(days=count) for count in range(days)]
        asked = situation(tx, desk, held, place.id if place else 0, dates[0], dates[-1])
        slots = bool(held.package.slots) if scheduled is None else scheduled
        found: list[OfferView] = []
        for day in dates:
            times = (
                slots_on(held.package, day, held.zone) if slots else _free_on(held, day, minutes)
            )
            found += [offer_view(offer(asked, time), asked.roster.engineers) for time in times]
        return tuple(found)


def _free_on(held: Held, day: date, minutes: int | None) -> list[SlotTime]:
    length = minutes or min(held.package.free_minutes, default=USUAL_FREE_MINUTES)
    opens = instant_us(day, 0, held.zone), instant_us(day + timedelta(days=1), 0, held.zone)
    return [
        time
        for span in held.onsite.axis.open_spans(*opens)
        for time in free_times(Interval(*span), length, 2 * STEP_MINUTES, held.zone)
    ]


def for_ticket(
    desk: Desk, ticket: int, *, count: int = 3, minutes: int | None = None
) -> tuple[OfferView, ...]:
    """The next times that fit a ticket, each with a warning where it ends after the fix is due.

    Raises `NotFound`, and `Refused` where the customer's package has no visits.
    """
    with desk.store.read() as tx:
        line = load_ticket(tx, ticket)
        held = find_held(tx, desk, line.customer_id)
        place = find_site(tx, held, line.site_id)
        today = local_date(desk.now_us(), held.zone)
        asked = situation(
            tx, desk, held, place.id if place else 0, today, today + timedelta(weeks=12)
        )
        fitting = next_fitting(asked, fix_due_us(tx, desk, line), count=count, minutes=minutes)
        return tuple(
            offer_view(each.offer, asked.roster.engineers, each.warning) for each in fitting
        )


def my_day(
    desk: Desk, day: date | str | None = None, engineer: int | str | None = None
) -> tuple[Stop, ...]:
    """An engineer's visits of a day, one's own today unless told otherwise, with the open tickets
    of each site and the checklists to go through.
    """
    with desk.store.read() as tx:
        who = desk.known(tx) if engineer is None else find_agent(tx, engineer)
        when = local_date(desk.now_us(), desk.zone) if day is None else given_date(day)
        visits = visits_between(
            tx,
            instant_us(when, 0, desk.zone),
            instant_us(when + timedelta(days=1), 0, desk.zone),
            engineer=who.id,
            holding=True,
        )
        return tuple(_stop(tx, desk, visit) for visit in visits)


def _stop(tx: Tx, desk: Desk, visit: VisitView) -> Stop:
    return Stop(visit, open_tickets(tx, visit), progress(tx, desk, visit))


def open_tickets(tx: Tx, visit: VisitView) -> tuple[tuple[int, str, CleanText], ...]:
    """What is to be done at a visit's site: number, priority, subject; what breaks next first."""
    rows = tx.rows(
        "SELECT number, priority, subject FROM ticket WHERE live = 1 AND customer_id = :customer"
        " AND (site_id IS NULL OR site_id = :site) ORDER BY breaks_us, number",
        customer=visit.customer_id,
        site=visit.site_id,
    )
    return tuple((row.number, row.priority or "", clean(row.subject)) for row in rows)


def show(desk: Desk, visit: int) -> VisitView:
    """One visit. Raises `NotFound`."""
    with desk.store.read() as tx:
        return load_visit(tx, visit)


def ledger(desk: Desk, customer: int | str) -> tuple[Balance, tuple[Line, ...]]:
    """A customer's balance and every line behind it, oldest first."""
    with desk.store.read() as tx:
        found = load_ledger(tx, find_held(tx, desk, customer))
        return found.balance, found.lines
