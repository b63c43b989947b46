"""Changing a series: this visit, this and later ones, or all that are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from deskterm.visits.bookable import Offer, Situation, offer
from deskterm.visits.roster import Promise
from deskterm.visits.slots import SlotTime, find_slot
from deskterm.visits.state import VisitState
from deskterm.visits.wallclock import local_date

Scope = Literal["this", "later", "all"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a visit would go; `offer.why_not` says why it cannot go there."""

    visit: VisitState
    offer: Offer
    engineer: int | None


def in_scope(
    visits: Iterable[VisitState], chosen: VisitState, scope: Scope
) -> tuple[VisitState, ...]:
    """The visits meant by a change to `chosen`, in order of time; only those still booked."""
    if scope == "this" or chosen.series is None:
        return (chosen,)
    return tuple(
        sorted(
            (
                each
                for each in visits
                if each.series == chosen.series
                and each.stage == "booked"
                and (scope == "all" or each.interval >= chosen.interval)
            ),
            key=lambda each: each.interval,
        )
    )


def propose_moves(
    situation: Situation, visits: Iterable[VisitState], chosen: VisitState, day: date, slot: str
) -> tuple[Proposal, ...]:
    """Each visit moved by as many days as `chosen` is to reach `day`, to the slot named.

    The engineer stays where free, else another is proposed. Later proposals know the earlier ones.
    """
    moved = tuple(visits)
    shift = day - local_date(chosen.interval.start_us, situation.zone)
    asked = situation.moving(*(each.visit for each in moved))
    proposals = []
    for each in moved:
        target = local_date(each.interval.start_us, situation.zone) + shift
        proposal = _place(asked, each, find_slot(situation.package, slot, target, situation.zone))
        asked = _kept(asked, proposal)
        proposals.append(proposal)
    return tuple(proposals)


def propose_engineer(
    situation: Situation, visits: Iterable[VisitState], engineer: int
) -> tuple[Proposal, ...]:
    """Each visit at its own time with another engineer; `engineer` is None where they cannot."""
    asked = situation.moving(*(each.visit for each in visits))
    proposals = []
    for each in visits:
        found = offer(asked, time_of(each, situation))
        fits = engineer if engineer in found.engineers else None
        proposals.append(Proposal(each, found, fits))
        if fits is not None:
            asked = _kept(asked, proposals[-1])
    return tuple(proposals)


def time_of(visit: VisitState, situation: Situation) -> SlotTime:
    """The time a visit is booked for, with its slot's name."""
    names = {slot.id: slot.name for slot in situation.package.slots}
    day = local_date(visit.interval.start_us, situation.zone)
    name = names.get(visit.slot, "any time")
    return SlotTime(visit.slot, name, day, situation.zone, visit.interval)


def _place(situation: Situation, visit: VisitState, time: SlotTime) -> Proposal:
    found = offer(situation, time)
    engineer = visit.engineer if visit.engineer in found.engineers else found.suggested
    return Proposal(visit, found, engineer)


def _kept(situation: Situation, proposal: Proposal) -> Situation:
    if proposal.engineer is None:
        return situation
    promise = Promise(
        proposal.visit.visit, proposal.offer.time.interval, proposal.engineer, situation.site
    )
    return replace(situation, roster=situation.roster.plus(promise))
