"""Booked visits that a closure, leave or term date entered since has made impossible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from deskterm.desk.errors import Refused
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.held import Held, load_held, situation
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.model import Choice, OfferView, VisitView
from deskterm.desk.visits.people import load_engineers
from deskterm.desk.visits.reading import offer_view, visits_between
from deskterm.desk.visits.rosters import load_promises
from deskterm.visits.affected import REACH_DAYS, Booking, affected
from deskterm.visits.bookable import Offer
from deskterm.visits.roster import Roster
from deskterm.visits.wallclock import local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: How far ahead visits are looked at.
_YEARS_US = 3 * 366 * 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Displaced:
    """A visit that cannot be kept, why, and where it could go instead.

    `proposal` is None where nothing fits near it; where only the engineer has to change it is the
    visit's own time.
    """

    visit: VisitView
    why: CleanText
    proposal: OfferView | None
    engineer: Choice | None

    @property
    def reassigns(self) -> bool:
        """True where only the engineer would change."""
        return self.proposal is not None and self.proposal.from_us == self.visit.from_us


def displaced(desk: Desk) -> tuple[Displaced, ...]:
    """Every visit to come that can no longer be kept as it is booked, in order of time.

    Proposals do not collide with each other; nothing moves until somebody takes one.
    """
    with desk.store.read() as tx:
        now_us = desk.now_us()
        views = {
            view.id: view
            for view in visits_between(tx, now_us, now_us + _YEARS_US, holding=True)
            if view.stage == "booked" and view.kind != "callout"
        }
        if not views:
            return ()
        people = load_engineers(tx)
        held: dict[int, Held] = {}
        bookings = []
        for view in views.values():
            if view.agreement_id not in held:
                held[view.agreement_id] = load_held(tx, desk, view.agreement_id)
            own = held[view.agreement_id]
            state = load_ledger(tx, own).visits.get(view.id)
            if state is None:
                raise Refused(f"Visit {view.id} has no booking in the journal; run doctor.")
            last = view.day + timedelta(days=REACH_DAYS)
            first = max(local_date(now_us, own.zone), view.day - timedelta(days=REACH_DAYS))
            asked = situation(tx, desk, own, view.site_id, first, last, people=people)
            bookings.append(Booking(state, asked))
        travel = max(each.policy.travel_minutes for each in held.values())
        reach_us = (REACH_DAYS + 2) * 24 * 3600 * 1_000_000
        roster = Roster(people, load_promises(tx, now_us - reach_us, now_us + _YEARS_US), travel)
        names = {each.id: clean(each.name) for each in people}
        return tuple(
            Displaced(
                views[each.visit.visit],
                clean(each.why),
                None
                if each.time is None
                else offer_view(Offer(each.time, _ids(each.engineer), each.engineer, None), people),
                None if each.engineer is None else Choice(each.engineer, names[each.engineer]),
            )
            for each in affected(bookings, roster)
        )


def _ids(engineer: int | None) -> tuple[int, ...]:
    return () if engineer is None else (engineer,)
