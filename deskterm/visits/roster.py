"""Engineers, when they are at work, and what they and the sites are booked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from deskterm.visits.interval import MINUTE_US, Interval, collide
from deskterm.visits.openhours import covers
from deskterm.visits.wallclock import clock_words
from deskterm.worktime import WorkingCalendar

AbsenceKind = Literal["leave", "sickness", "training", "other"]

ABSENCE_WORDS: dict[AbsenceKind, str] = {
    "leave": "on leave",
    "sickness": "off sick",
    "training": "in training",
    "other": "away",
}


@dataclass(frozen=True, slots=True)
class Absence:
    """Time an engineer is not at work though the pattern says so."""

    kind: AbsenceKind
    interval: Interval


@dataclass(frozen=True, slots=True)
class Engineer:
    """Somebody who makes visits. Without `hours` of their own they work all onsite hours."""

    id: int
    name: str
    hours: WorkingCalendar | None = None
    absences: tuple[Absence, ...] = ()

    def why_away(self, interval: Interval) -> str | None:
        """Why they are not at work for all of it, e.g. ``Sam is on leave``; None if they are."""
        for absence in self.absences:
            if collide(absence.interval, interval):
                return f"{self.name} is {ABSENCE_WORDS[absence.kind]}"
        if self.hours is not None and not covers(self.hours, interval):
            return f"{self.name} does not work then"
        return None


@dataclass(frozen=True, slots=True)
class Promise:
    """Time that an engineer and a site are taken for a visit; `place` is the site in words.

    `travel_minutes` lie between it and a later visit at another site; None is the roster's.
    """

    visit: int
    interval: Interval
    engineer: int
    site: int
    place: str = ""
    travel_minutes: int | None = None


class _Line:
    """Promises of one engineer or one site, found by time."""

    __slots__ = ("promises", "reach_us", "starts")

    def __init__(self, promises: Iterable[Promise]) -> None:
        self.promises = sorted(promises, key=lambda each: (each.interval, each.visit))
        self.starts = [each.interval.start_us for each in self.promises]
        self.reach_us = max(
            (
                each.interval.length_us + (each.travel_minutes or 0) * MINUTE_US
                for each in self.promises
            ),
            default=0,
        )

    def near(self, interval: Interval, gap_us: int) -> Iterator[Promise]:
        """Those that begin late enough and early enough to come within the gap."""
        low = bisect_left(self.starts, interval.start_us - gap_us - self.reach_us)
        high = bisect_right(self.starts, interval.end_us + gap_us)
        yield from self.promises[low:high]


class Roster:
    """Who can be sent when. Immutable; `plus` and `without` give another one.

    `travel_minutes` (of the policy) lie between two visits of one engineer at different sites; a
    promise may have its own, which count where it is the earlier.
    """

    def __init__(
        self,
        engineers: Iterable[Engineer],
        promises: Iterable[Promise] = (),
        travel_minutes: int = 0,
    ) -> None:
        self.engineers = tuple(engineers)
        self.travel_minutes = travel_minutes
        by_engineer: dict[int, list[Promise]] = defaultdict(list)
        by_site: dict[int, list[Promise]] = defaultdict(list)
        self._promises = {each.visit: each for each in promises}
        for each in self._promises.values():
            by_engineer[each.engineer].append(each)
            by_site[each.site].append(each)
        self._by_engineer = {key: _Line(line) for key, line in by_engineer.items()}
        self._by_site = {key: _Line(line) for key, line in by_site.items()}

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Everything booked, in the order given."""
        return tuple(self._promises.values())

    def plus(self, *promises: Promise) -> Roster:
        """The same with these booked as well, in place of earlier ones of the same visits."""
        return self._changed({each.visit for each in promises}, promises)

    def without(self, *visits: int) -> Roster:
        """The same without those visits."""
        return self._changed(set(visits), ())

    def travelling(self, minutes: int) -> Roster:
        """The same seen from an agreement with that travel time."""
        if minutes == self.travel_minutes:
            return self
        other = Roster(self.engineers, (), minutes)
        other._promises = self._promises
        other._by_engineer, other._by_site = self._by_engineer, self._by_site
        return other

    def _changed(self, gone: set[int], added: tuple[Promise, ...]) -> Roster:
        other = Roster(self.engineers, (), self.travel_minutes)
        touched = [self._promises[visit] for visit in gone if visit in self._promises]
        other._promises = {k: v for k, v in self._promises.items() if k not in gone}
        other._promises.update((each.visit, each) for each in added)
        other._by_engineer = dict(self._by_engineer)
        other._by_site = dict(self._by_site)
        for engineer in {each.engineer for each in (*touched, *added)}:
            kept = self._by_engineer.get(engineer)
            stay = [p for p in (kept.promises if kept else ()) if p.visit not in gone]
            other._by_engineer[engineer] = _Line(
                [*stay, *(p for p in added if p.engineer == engineer)]
            )
        for site in {each.site for each in (*touched, *added)}:
            kept = self._by_site.get(site)
            stay = [p for p in (kept.promises if kept else ()) if p.visit not in gone]
            other._by_site[site] = _Line([*stay, *(p for p in added if p.site == site)])
        return other

    def clash(self, engineer: int, interval: Interval, site: int) -> Promise | None:
        """The visit that keeps the engineer from that site then: at the time, or too near it."""
        line = self._by_engineer.get(engineer)
        if line is None:
            return None
        own_us = self.travel_minutes * MINUTE_US
        for promise in line.near(interval, own_us):
            if promise.site == site:
                taken = collide(promise.interval, interval)
            else:
                taken = collide(interval, promise.interval, own_us, self._travel_us(promise))
            if taken:
                return promise
        return None

    def _travel_us(self, promise: Promise) -> int:
        minutes = promise.travel_minutes
        return (self.travel_minutes if minutes is None else minutes) * MINUTE_US

    def site_clash(self, interval: Interval, site: int) -> Promise | None:
        """A visit the site has already at that time, by any engineer."""
        line = self._by_site.get(site)
        if line is None:
            return None
        return next((p for p in line.near(interval, 0) if collide(p.interval, interval)), None)

    def is_free(self, engineer: Engineer, interval: Interval, site: int) -> bool:
        """True where the engineer is at work and can be there."""
        return (
            self.clash(engineer.id, interval, site) is None and engineer.why_away(interval) is None
        )

    def free(self, interval: Interval, site: int) -> tuple[Engineer, ...]:
        """The engineers who can be there, in the order given."""
        return tuple(each for each in self.engineers if self.is_free(each, interval, site))

    def any_free(self, interval: Interval, site: int) -> bool:
        """True where at least one engineer can be there."""
        return any(self.is_free(each, interval, site) for each in self.engineers)

    def last_there(self, site: int, before_us: int) -> int | None:
        """The engineer of the site's last visit begun before the instant."""
        line = self._by_site.get(site)
        if line is None:
            return None
        index = bisect_left(line.starts, before_us)
        return line.promises[index - 1].engineer if index else None

    def why_not_free(self, engineer: Engineer, interval: Interval, site: int, zone: str) -> str:
        """Why the engineer cannot be there, in words; empty where they can."""
        away = engineer.why_away(interval)
        if away is not None:
            return away
        promise = self.clash(engineer.id, interval, site)
        if promise is None:
            return ""
        start = clock_words(promise.interval.start_us, zone)
        end = clock_words(promise.interval.end_us, zone)
        where = f" at {promise.place}" if promise.place else ""
        if collide(promise.interval, interval):
            return f"{engineer.name} is booked {start}–{end}{where}"
        earlier_us = promise.interval.start_us < interval.start_us
        minutes = self._travel_us(promise) // MINUTE_US if earlier_us else self.travel_minutes
        return (
            f"{engineer.name} is booked {start}–{end}{where} and needs {minutes} minutes to travel"
        )
