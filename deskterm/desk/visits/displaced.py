"""Booked visits that a closure, leave or term date entered since has made impossible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.held import Held, load_held
from deskterm.desk.visits.model import Choice, OfferView, VisitView
from deskterm.desk.visits.people import load_engineers
from deskterm.desk.visits.reading import offer_view, visits_between
from deskterm.desk.visits.rosters import load_promises
from deskterm.desk.visits.termdates import load_terms
from deskterm.visits.affected import REACH_DAYS, Booking, affected
from deskterm.visits.bookable import Offer, Situation
from deskterm.visits.interval import Interval
from deskterm.visits.roster import Roster
from deskterm.visits.state import VisitState

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


@dataclass(frozen=True, slots=True)
class InQuestion:
    """The first visits that cannot be kept, and how many more there are after them."""

    first: tuple[Displaced, ...] = ()
    more: int = 0


def displaced(desk: Desk) -> tuple[Displaced, ...]:
    """All the visits to come that can no longer be kept as they are booked, in order of time."""
    return in_question(desk, None).first


def in_question(desk: Desk, limit: int | None = 200) -> InQuestion:
    """The visits to come that can no longer be kept as they are booked, the first `limit` by time
    each with a proposal.

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
            return InQuestion()
        people = load_engineers(tx)
        reach_us = (REACH_DAYS + 2) * 24 * 3600 * 1_000_000
        promises = list(load_promises(tx, now_us - reach_us, now_us + _YEARS_US))
        held: dict[int, Held] = {}
        asked: dict[tuple[int, int], Situation] = {}
        bookings = []
        for view in views.values():
            if view.agreement_id not in held:
                held[view.agreement_id] = load_held(tx, desk, view.agreement_id)
            key = (view.agreement_id, view.site_id)
            if key not in asked:
                own = held[view.agreement_id]
                asked[key] = Situation(
                    package=own.package,
                    onsite=own.onsite,
                    roster=Roster(people),
                    site=view.site_id,
                    zone=own.zone,
                    now_us=now_us,
                    terms=load_terms(tx, own.customer_id),
                    window=own.window,
                )
            bookings.append(Booking(_state(view), asked[key]))
        travel = max(each.policy.travel_minutes for each in held.values())
        roster = Roster(people, promises, travel)
        names = {each.id: clean(each.name) for each in people}
        found = affected(bookings, roster, limit)
        entries = tuple(
            Displaced(
                views[each.visit.visit],
                clean(each.why),
                None
                if each.time is None
                else offer_view(Offer(each.time, _ids(each.engineer), each.engineer, None), people),
                None if each.engineer is None else Choice(each.engineer, names[each.engineer]),
            )
            for each in found.entries
        )
        return InQuestion(entries, found.more)


def _state(view: VisitView) -> VisitState:
    return VisitState(
        visit=view.id,
        visit_kind="on_demand" if view.kind == "on_demand" else "scheduled",
        draws=view.draws,
        slot=view.slot,
        interval=Interval(view.from_us, view.to_us),
        site=view.site_id,
        engineer=view.engineer_id,
        series=view.series,
    )


def _ids(engineer: int | None) -> tuple[int, ...]:
    return () if engineer is None else (engineer,)
