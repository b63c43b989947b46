"""Series of visits: every week or fortnight in term, at the same slot.

A series only generates: the visits are promises of their own. What cannot be booked stays owed and
is listed with other slots near it.

Source: packages whose visits are `slots`: weekly or fortnightly, during term time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal

from dateutil.rrule import WEEKLY, rrule

from deskterm.visits.bookable import Offer, Reason, Situation, WhyNot, offer, offers
from deskterm.visits.errors import VisitRefused
from deskterm.visits.roster import Promise
from deskterm.visits.slots import SlotTime, find_slot

Every = Literal["weekly", "fortnightly"]

_WEEKS: dict[str, int] = {"weekly": 1, "fortnightly": 2}

#: A series with neither window nor end reaches no further than this.
_FURTHEST = timedelta(weeks=52 * 3)

#: How many other slots are offered for a visit that does not fit.
SECOND_SLOTS = 3


@dataclass(frozen=True, slots=True)
class SeriesVisit:
    """One visit of the series that can be booked. `stands_in`: not the engineer asked for."""

    time: SlotTime
    engineer: int
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class SeriesGap:
    """One visit of the series that cannot be booked, why, and other slots near it."""

    time: SlotTime
    why_not: WhyNot
    second: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """What a series would book. `rule` is its recurrence (RFC 5545); nothing is booked by it."""

    rule: str
    visits: tuple[SeriesVisit, ...]
    gaps: tuple[SeriesGap, ...]
    stays_owed: int
    second: tuple[Offer, ...]
    """Slots beside the series for visits that stay owed, spread over its weeks."""
    warnings: tuple[str, ...]


def plan_series(
    situation: Situation,
    slot: str,
    first: date,
    every: Every,
    owed: int,
    *,
    count: int | None = None,
    until: date | None = None,
    engineer: int | None = None,
) -> SeriesPlan:
    """The visits of a series from `first` on, to the end of the window, `until` or `count`.

    Dates out of term are left out and not counted; a date that falls on a closure, or for which
    nobody is free, is counted and listed as a gap. `owed` is how many visits may be booked. Raises
    `VisitRefused` where the package has no such series or slot, or no end can be known.
    """
    package = situation.package
    if every not in package.series:
        has = " or ".join(package.series) or "none"
        raise VisitRefused("not_offered", f"{package.name} has no {every} series; it has {has}.")
    rule = _recurrence(situation, first, every, count, until)
    visits: list[SeriesVisit] = []
    gaps: list[SeriesGap] = []
    asked = situation
    for time in islice(_in_term(situation, slot, rule), count):
        found = offer(asked, time)
        if len(visits) >= owed and found.bookable:
            found = replace(found, why_not=_NONE_OWED)
        if found.why_not is not None or found.suggested is None:
            assert found.why_not is not None
            gaps.append(SeriesGap(time, found.why_not))
            continue
        chosen = engineer if engineer in found.engineers else found.suggested
        assert chosen is not None
        visits.append(SeriesVisit(time, chosen, engineer is not None and chosen != engineer))
        promise = Promise(-len(visits), time.interval, chosen, situation.site)
        asked = replace(asked, roster=asked.roster.plus(promise))
    weeks = _WEEKS[every]
    return SeriesPlan(
        rule=str(rule).partition("RRULE:")[2],
        visits=tuple(visits),
        gaps=tuple(
            replace(gap, second=_near(asked, gap.time, weeks))
            if gap.why_not is not _NONE_OWED
            else gap
            for gap in gaps
        ),
        stays_owed=max(0, owed - len(visits)),
        second=_beside(asked, visits, max(0, owed - len(visits))),
        warnings=situation.warnings(),
    )


_NONE_OWED = WhyNot(
    Reason.NONE_OWED, "none left", "All visits granted are used or booked; none is left to book."
)


def _recurrence(
    situation: Situation, first: date, every: Every, count: int | None, until: date | None
) -> rrule:
    last = situation.window.last if situation.window is not None else None
    ends = [day for day in (last, until) if day is not None]
    if not ends and count is None:
        raise VisitRefused("unreadable", "Say until when the series goes, or how many visits.")
    end = min(ends, default=first + _FURTHEST)
    return rrule(WEEKLY, interval=_WEEKS[every], dtstart=_midnight(first), until=_midnight(end))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _in_term(situation: Situation, slot: str, rule: rrule) -> Iterator[SlotTime]:
    for moment in rule:
        time = find_slot(situation.package, slot, moment.date(), situation.zone)
        if not _between_terms(situation, time.date):
            yield time


def _between_terms(situation: Situation, day: date) -> bool:
    # An INSET day or half term takes a visit away that the series had; holidays between terms
    # never had one, whatever else the desk is closed for then.
    terms = situation.terms
    out = situation.package.in_term and terms.why_out(day) is not None
    return out and terms.day_off(day) is None


def _near(situation: Situation, time: SlotTime, weeks: int) -> tuple[Offer, ...]:
    """Bookable slots in the gap's own weeks, the nearest first."""
    monday = time.date - timedelta(days=time.date.weekday())
    last = monday + timedelta(weeks=weeks, days=-1)
    found = (each for each in offers(situation, monday, last) if each.bookable)
    start_us = time.interval.start_us
    return tuple(
        sorted(found, key=lambda each: abs(each.time.interval.start_us - start_us))[:SECOND_SLOTS]
    )


def _beside(situation: Situation, visits: list[SeriesVisit], wanted: int) -> tuple[Offer, ...]:
    """For visits that stay owed: one further slot in each of so many weeks, spread evenly."""
    if not wanted or not visits:
        return ()
    by_week = [found[0] for visit in visits if (found := _near(situation, visit.time, 1))]
    if len(by_week) <= wanted:
        return tuple(by_week)
    return tuple(by_week[index * len(by_week) // wanted] for index in range(wanted))
