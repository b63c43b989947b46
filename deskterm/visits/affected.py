"""Visits that a closure, a leave or a term date entered after booking has made impossible.

Each is listed with a proposal; nothing moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from deskterm.visits.bookable import Offer, Situation, offer, why_not_day
from deskterm.visits.roster import Engineer, Promise, Roster
from deskterm.visits.seriesscope import time_of
from deskterm.visits.slots import SlotTime, find_slot
from deskterm.visits.state import VisitState
from deskterm.visits.wallclock import instant_us, local_time

#: How far from its day a visit is proposed to go, in days, nearest first.
REACH_DAYS = 28


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked visit with the situation of its customer as it is now known."""

    visit: VisitState
    situation: Situation


@dataclass(frozen=True, slots=True)
class Affected:
    """A visit that cannot be kept, why, and what is proposed.

    `engineer` and `time` are where it would go: another engineer at the same time, or another time.
    Both are None where nothing fits within `REACH_DAYS`.
    """

    visit: VisitState
    why: str
    time: SlotTime | None
    engineer: int | None

    @property
    def reassigns(self) -> bool:
        """True where only the engineer would change."""
        return self.time is not None and self.time.interval == self.visit.interval


@dataclass(frozen=True, slots=True)
class Found:
    """Visits that cannot be kept, the first of them with proposals; `more` come after those."""

    entries: tuple[Affected, ...]
    more: int = 0


def affected(bookings: Iterable[Booking], roster: Roster, limit: int | None = None) -> Found:
    """The visits to come that cannot be kept, in order of time, each with a proposal.

    `roster` has every engineer with today's hours and absences, and everything booked; proposals do
    not collide with each other. After `limit` of them the others are only counted.
    """
    found: list[Affected] = []
    more = 0
    people = {engineer.id: engineer for engineer in roster.engineers}
    for booking in sorted(bookings, key=lambda each: each.visit.interval):
        visit = booking.visit
        if visit.stage != "booked" or visit.interval.start_us < booking.situation.now_us:
            continue
        if _kept(booking, people):
            continue
        asked = replace(booking.situation, roster=roster.without(visit.visit))
        now = offer(asked, time_of(visit, asked))
        if visit.engineer in now.engineers:
            continue
        if len(found) == limit:
            more += 1
            continue
        entry = _propose(asked, visit, now)
        if entry.time is not None and entry.engineer is not None:
            roster = roster.plus(
                Promise(visit.visit, entry.time.interval, entry.engineer, visit.site)
            )
        found.append(entry)
    return Found(tuple(found), more)


def _kept(booking: Booking, people: Mapping[int, Engineer]) -> bool:
    """True where calendar, terms and engineer still allow the visit; it has its place already."""
    visit = booking.visit
    engineer = people.get(visit.engineer)
    return (
        engineer is not None
        and engineer.why_away(visit.interval) is None
        and why_not_day(booking.situation, time_of(visit, booking.situation)) is None
    )


def _propose(situation: Situation, visit: VisitState, now: Offer) -> Affected:
    if now.bookable:
        return Affected(visit, _why_engineer(situation, visit), now.time, now.suggested)
    why = now.why_not.sentence if now.why_not is not None else ""
    for time in _nearby(situation, visit):
        there = offer(situation, time)
        if there.bookable:
            keeps = visit.engineer in there.engineers
            return Affected(visit, why, time, visit.engineer if keeps else there.suggested)
    return Affected(visit, why, None, None)


def _why_engineer(situation: Situation, visit: VisitState) -> str:
    for engineer in situation.roster.engineers:
        if engineer.id == visit.engineer:
            why = situation.roster.why_not_free(
                engineer, visit.interval, visit.site, situation.zone
            )
            return f"{why}."
    return "The engineer no longer makes visits."


def _nearby(situation: Situation, visit: VisitState) -> Iterator[SlotTime]:
    """Times for the visit on its own day and the days around it, later before earlier."""
    start = local_time(visit.interval.start_us, situation.zone)
    for distance in range(REACH_DAYS + 1):
        for days in (distance, -distance) if distance else (0,):
            day = start.date() + timedelta(days=days)
            if visit.slot in {slot.id for slot in situation.package.slots}:
                others = [s.id for s in situation.package.slots if s.id != visit.slot]
                for slot in (visit.slot, *others):
                    yield find_slot(situation.package, slot, day, situation.zone)
            else:
                at_us = instant_us(day, start.hour * 60 + start.minute, situation.zone)
                moved = replace(
                    visit.interval, start_us=at_us, end_us=at_us + visit.interval.length_us
                )
                yield replace(time_of(visit, situation), date=day, interval=moved)
