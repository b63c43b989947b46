"""A customer's agreement with everything that decides its visits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.desk.customer_rows import log_customer, sites_of
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.model import Agent, SiteView
from deskterm.desk.opening import find_agreement
from deskterm.desk.shelf import TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.people import load_engineers
from deskterm.desk.visits.rosters import load_promises
from deskterm.desk.visits.termdates import load_terms
from deskterm.policy.document import Package, Policy
from deskterm.sla.terms import ONSITE
from deskterm.visits.bookable import Situation
from deskterm.visits.roster import Roster
from deskterm.visits.wallclock import instant_us
from deskterm.visits.window import Window, delivery_window
from deskterm.worktime import WorkingCalendar

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_BEFORE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement as the planner needs it.

    `granted` is what was bought for the window: as agreed, else what the package usually has, else
    not known (`open_ended`).
    """

    agreement_id: int
    customer_id: int
    customer: CleanText
    policy: Policy
    package: Package
    zone: str
    onsite: WorkingCalendar
    window: Window | None
    granted: int
    open_ended: bool
    fair_use: int | None
    starts: date


def find_held(tx: Tx, desk: Desk, customer: int | str) -> Held:
    """The agreement a customer's visits are booked under: the newest in force.

    Raises `NotFound` for an unknown customer and `Refused` where it has none, or one whose policy
    has no packages or onsite hours.
    """
    return load_held(tx, desk, find_agreement(tx, customer).id)


def load_held(tx: Tx, desk: Desk, agreement_id: int) -> Held:
    """An agreement by its id. Raises like `find_held`."""
    row = tx.one(
        "SELECT a.id, a.customer_id, c.name AS customer, a.policy, a.snapshot, a.package, a.region,"
        " a.starts, a.ends, a.visits, a.fair_use, a.zone FROM agreement a"
        " JOIN customer c ON c.id = a.customer_id WHERE a.id = :id",
        id=agreement_id,
    )
    if row is None:
        raise NotFound(f"There is no agreement {agreement_id}.")
    policy = desk.shelf.policy(tx, row.snapshot)
    package = policy.packages.get(row.package) if row.package is not None else None
    name = clean(row.customer)
    if package is None:
        raise Refused(f"{name}'s agreement, {policy.name}, has no visits.")
    if policy.calendar_id(ONSITE, row.region) is None:
        raise Refused(f"{policy.name} states no onsite hours, so no visits can be planned.")
    terms = desk.shelf.terms(tx, TermsOf(row.snapshot, row.policy, row.id, row.package, row.region))
    starts = date.fromisoformat(row.starts)
    ends = None if row.ends is None else date.fromisoformat(row.ends)
    usual = package.typical_visits[0] if package.typical_visits else 0
    return Held(
        agreement_id=row.id,
        customer_id=row.customer_id,
        customer=name,
        policy=policy,
        package=package,
        zone=row.zone,
        onsite=terms.calendar(ONSITE, desk.now_us()),
        window=delivery_window(starts, package.window_weeks, ends),
        granted=usual if row.visits is None else int(row.visits),
        open_ended=row.visits is None and not package.typical_visits,
        fair_use=row.fair_use,
        starts=starts,
    )


def find_site(tx: Tx, held: Held, site: int | str | None) -> SiteView | None:
    """A customer's site by id or name, or its first; None where it has none yet.

    Raises `NotFound` for one it does not have.
    """
    sites = sites_of(tx, held.customer_id)
    if site is None:
        return sites[0] if sites else None
    for each in sites:
        if site == each.id or str(clean(str(site))).casefold() == each.name.casefold():
            return each
    known = ", ".join(each.name for each in sites) or "none yet"
    raise NotFound(f"{held.customer} has no site “{clean(str(site))}”; it has {known}.")


def ensure_site(tx: Tx, desk: Desk, me: Agent, held: Held, site: int | str | None) -> SiteView:
    """The same, but a customer without any gets one of its own name: it has to be somewhere."""
    found = find_site(tx, held, site)
    if found is not None:
        return found
    site_id = tx.value(
        "INSERT INTO site (customer_id, name, address, access, active)"
        " VALUES (:id, :name, '', '', :active) RETURNING id",
        id=held.customer_id,
        name=str(held.customer),
        active=True,
    )
    fields = {"name": [None, str(held.customer)]}
    data = {"part": "site", "part_id": site_id, "fields": fields}
    log_customer(tx, desk.now_us(), me, held.customer_id, data)
    return sites_of(tx, None, site_id)[0]


def situation(tx: Tx, desk: Desk, held: Held, site: int, first: date, last: date) -> Situation:
    """What decides the bookings of a site from one local date to another.

    The roster knows what is booked a fortnight before too, and when the site was last visited, so
    that the last engineer there is known.
    """
    from_us = instant_us(first - timedelta(days=_BEFORE_DAYS), 0, held.zone)
    promises = {each.visit: each for each in load_promises(tx, from_us, _after_us(held, last))}
    promises |= {p.visit: p for p in load_promises(tx, None, from_us, site=site, limit=1)}
    return Situation(
        package=held.package,
        onsite=held.onsite,
        roster=Roster(load_engineers(tx), promises.values(), held.policy.travel_minutes),
        site=site,
        zone=held.zone,
        now_us=desk.now_us(),
        terms=load_terms(tx, held.customer_id),
        window=held.window,
    )


def further(tx: Tx, held: Held, asked: Situation, first: date, last: date) -> Situation:
    """The same situation for other dates, reading only what is booked on them."""
    from_us = instant_us(first - timedelta(days=2), 0, held.zone)
    promises = load_promises(tx, from_us, _after_us(held, last))
    return replace(
        asked, roster=Roster(asked.roster.engineers, promises, asked.roster.travel_minutes)
    )


def _after_us(held: Held, last: date) -> int:
    return instant_us(last + timedelta(days=2), 0, held.zone)
