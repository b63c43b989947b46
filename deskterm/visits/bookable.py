"""Which times of a customer can be booked, by whom, and why the others cannot.

Reasons are asked in the order in which a planner would: what the package offers, then the window,
the calendar, the terms, the site, and the engineers last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from deskterm.policy.document import Package
from deskterm.visits.openhours import Closed, covers, why_closed
from deskterm.visits.roster import Roster
from deskterm.visits.slots import SlotTime, slots_on
from deskterm.visits.terms import TermDates
from deskterm.visits.wallclock import clock_words, day_words
from deskterm.visits.window import Window
from deskterm.worktime import WorkingCalendar


class Reason(Enum):
    """Why a time cannot be booked."""

    NO_VISITS = "no visits"
    PAST = "past"
    BEFORE_WINDOW = "before the window"
    AFTER_WINDOW = "after the window"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SHUTDOWN = "shutdown"
    OUTSIDE_HOURS = "outside onsite hours"
    NOT_IN_TERM = "not in term"
    SITE_BOOKED = "site booked"
    ENGINEERS_BOOKED = "all engineers booked"
    NO_ENGINEER = "no engineer"
    NONE_OWED = "none owed"


_CLOSED = {
    "weekend": Reason.WEEKEND,
    "holiday": Reason.HOLIDAY,
    "shutdown": Reason.SHUTDOWN,
    "hours": Reason.OUTSIDE_HOURS,
}

#: Beginnings of sentences that name what the agreement excludes.
_EXCLUDED = {
    Reason.WEEKEND: "No visits at weekends",
    Reason.HOLIDAY: "No visits on public holidays",
    Reason.SHUTDOWN: "No visits during the shutdown",
    Reason.OUTSIDE_HOURS: "Visits are made in onsite hours only",
}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a time cannot be booked: `short` fits a cell of the planner, `sentence` says it all."""

    reason: Reason
    short: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A time with the engineers who could come (the suggested one first), or why nobody can."""

    time: SlotTime
    engineers: tuple[int, ...]
    suggested: int | None
    why_not: WhyNot | None

    @property
    def bookable(self) -> bool:
        """True where it can be booked."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that decides what can be booked for one customer's site.

    `zone` is the customer's, and `site` the one the visits are for; the roster knows what is
    booked there and elsewhere.
    """

    package: Package
    onsite: WorkingCalendar
    roster: Roster
    site: int
    zone: str
    now_us: int
    terms: TermDates = field(default_factory=TermDates)
    window: Window | None = None

    def moving(self, *visits: int) -> Situation:
        """The same while those visits are being moved: they do not stand in their own way."""
        return replace(self, roster=self.roster.without(*visits))

    def warnings(self) -> tuple[str, ...]:
        """What was assumed because nobody entered it."""
        if self.package.in_term and not self.terms.entered:
            return ("No term dates are entered: any date in the window counts as term time.",)
        return ()


def offers_visits(package: Package) -> bool:
    """True where the package has visits that are booked."""
    return package.onsite in ("slots", "slots+free", "free")


def offer(situation: Situation, time: SlotTime) -> Offer:
    """Who could make a visit at that time, or why nobody can."""
    why_not = why_not_day(situation, time)
    if why_not is not None:
        return Offer(time, (), None, why_not)
    return offer_at_once(situation, time)


def offer_at_once(situation: Situation, time: SlotTime) -> Offer:
    """The same whatever the package's slots, terms and window say: for an emergency callout."""
    taken = _why_not_taken(situation, time)
    if taken is not None:
        return Offer(time, (), None, taken)
    free = situation.roster.free(time.interval, situation.site)
    if not free:
        return Offer(time, (), None, _why_nobody(situation, time))
    ids = [each.id for each in free]
    last = situation.roster.last_there(situation.site, time.interval.start_us)
    suggested = last if last in ids else ids[0]
    ordered = (suggested, *(each for each in ids if each != suggested))
    return Offer(time, ordered, suggested, None)


def offers(situation: Situation, first: date, last: date) -> Iterator[Offer]:
    """Every slot of the package from the first date to the last, bookable or not, in order."""
    for time in slot_times(situation.package, first, last, situation.zone):
        yield offer(situation, time)


def slot_times(package: Package, first: date, last: date, zone: str) -> Iterator[SlotTime]:
    """Every slot the package prints from the first date to the last, in order of time."""
    day = first
    while day <= last:
        yield from sorted(slots_on(package, day, zone), key=lambda time: time.interval)
        day += timedelta(days=1)


def bookable_times(situation: Situation, times: Iterable[SlotTime]) -> Iterator[SlotTime]:
    """Those of the times that can be booked, without working out who could come."""
    roster, site = situation.roster, situation.site
    for time in times:
        # What is taken is known soonest, and a full calendar is mostly that; why hours are closed
        # takes longer than that they are.
        if (
            roster.site_clash(time.interval, site) is None
            and covers(situation.onsite, time.interval)
            and why_not_day(situation, time) is None
            and roster.any_free(time.interval, site)
        ):
            yield time


def why_not_day(situation: Situation, time: SlotTime) -> WhyNot | None:
    """Why the agreement allows no visit at that time, whoever might be free; None if it does."""
    package = situation.package
    if not offers_visits(package):
        return _no_visits(package)
    if time.interval.start_us < situation.now_us:
        return WhyNot(Reason.PAST, "past", f"{time.words()} is in the past.")
    window = situation.window
    if window is not None and not window.holds(time.date):
        return _outside(window, time.date)
    closed = why_closed(situation.onsite, time.interval, time.date)
    if closed is not None:
        return _closed(package, closed)
    out = situation.terms.why_out(time.date) if package.in_term else None
    if out is not None:
        off = situation.terms.day_off(time.date)
        short = "not in term" if off is None else off.name
        sentence = f"{package.name} visits are in term time only: {out}."
        return WhyNot(Reason.NOT_IN_TERM, short, sentence)
    return None


def _no_visits(package: Package) -> WhyNot:
    if package.onsite == "resident":
        return WhyNot(
            Reason.NO_VISITS,
            "resident",
            f"{package.name} has full-time staff onsite: there are no visits to book.",
        )
    return WhyNot(
        Reason.NO_VISITS,
        "no visits",
        f"{package.name} includes no onsite visits; one can be arranged against a quote.",
    )


def _outside(window: Window, day: date) -> WhyNot:
    if day < window.first:
        return WhyNot(
            Reason.BEFORE_WINDOW,
            f"from {day_words(window.first, year=False)}",
            f"{day_words(day)} is before the agreement's visits begin, {day_words(window.first)}.",
        )
    return WhyNot(
        Reason.AFTER_WINDOW,
        f"until {day_words(window.last, year=False)}",
        f"{day_words(day)} is after the last day for this agreement's visits, "
        f"{day_words(window.last)}.",
    )


def _closed(package: Package, closed: Closed) -> WhyNot:
    reason = _CLOSED[closed.kind]
    short = closed.words.split(",")[0]
    clause = f" ({package.clause})" if package.clause else ""
    return WhyNot(reason, short, f"{_EXCLUDED[reason]}: {closed.words}{clause}.")


def _why_not_taken(situation: Situation, time: SlotTime) -> WhyNot | None:
    taken = situation.roster.site_clash(time.interval, situation.site)
    if taken is None:
        return None
    engineer = next((e for e in situation.roster.engineers if e.id == taken.engineer), None)
    who = f" by {engineer.name}" if engineer is not None else ""
    start = clock_words(taken.interval.start_us, situation.zone)
    end = clock_words(taken.interval.end_us, situation.zone)
    return WhyNot(
        Reason.SITE_BOOKED,
        "site booked",
        f"The site has a visit already, {start}–{end}{who} (visit {taken.visit}).",
    )


def _why_nobody(situation: Situation, time: SlotTime) -> WhyNot:
    roster = situation.roster
    if not roster.engineers:
        return WhyNot(
            Reason.NO_ENGINEER, "no engineer", "There is no engineer yet: add an agent as engineer."
        )
    each_why = [
        roster.why_not_free(each, time.interval, situation.site, situation.zone)
        for each in roster.engineers
    ]
    at_work = any(each.why_away(time.interval) is None for each in roster.engineers)
    listed = "; ".join(each_why)
    if at_work:
        return WhyNot(
            Reason.ENGINEERS_BOOKED, "all booked", f"Every engineer at work is booked: {listed}."
        )
    return WhyNot(Reason.NO_ENGINEER, "no engineer", f"No engineer is at work: {listed}.")


def window_words(situation: Situation) -> str:
    """The delivery window in words, for a headline; empty where there is none."""
    if situation.window is None:
        return ""
    return f"{day_words(situation.window.first)} to {day_words(situation.window.last)}"
