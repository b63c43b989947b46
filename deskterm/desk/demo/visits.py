"""The visits of the demo desk, told through the desk's own functions as they would have happened.

What the moment it is made for does not allow, a visit on a Sunday for instance, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from deskterm.desk.demo.school_year import school_years
from deskterm.desk.desk import Desk
from deskterm.desk.errors import Refused
from deskterm.desk.instants import from_us
from deskterm.desk.rewriting import runs_on_visits
from deskterm.desk.visits.serieses import Wish
from deskterm.desk.visits.termdates import TermEntry
from deskterm.visits.slots import FREE

if TYPE_CHECKING:
    from deskterm.desk.agents import Login
    from deskterm.desk.model import Agent
    from deskterm.desk.store.base import Store
    from deskterm.desk.visits.model import CheckLine, VisitDone, VisitView

Told = TypeVar("Told")

_MINUTE_US: Final = 60_000_000
_DAY_US: Final = 86_400_000_000
_DAY: Final = timedelta(days=1)
_AREA: Final = "North"
#: How far ahead visits are usually booked.
_AHEAD: Final = timedelta(weeks=4)
#: A level that engineers are sent out for at once, and when they can be (UTC).
_HIGHEST: Final = "high"
_OFFICE_HOURS: Final = range(9, 15)
_UNITS: Final = (
    ("Projector", "Room 4"), ("Projector", "Hall"), ("Interactive panel", "Room 12"),
    ("Wall display", "Library"),
)  # fmt: skip
_FAULTS: Final = ("Picture dim, filter clogged", "Remote control missing", "Fan is loud")
_NOT_DONE: Final = ("Inspection that day, nobody may come in", "Snow, the school was closed",
                    "Site manager away, no keys")  # fmt: skip


class _At:
    """A clock that is set to whenever something happened."""

    def __init__(self, us: int) -> None:
        self.us = us

    def __call__(self) -> int:
        return self.us


def tell_visits(store: Store, seed: str, now_us: int, login: Login) -> None:
    """Term dates, working patterns, leave, and visits of the past and the coming weeks."""
    _Rounds(store, seed, now_us, login).tell()


class _Rounds:
    def __init__(self, store: Store, seed: str, now_us: int, login: Login) -> None:
        self._rng = Random(f"{seed}:visits")
        self._now_us = now_us
        self._at = _At(now_us)
        self._desk = Desk(store, clock=self._at, login=login)
        self._visits = self._desk.visits
        self._today = from_us(now_us).date()

    def tell(self) -> None:
        """Everything, in the order in which one thing needs another."""
        checks = self._visits.check()
        if not checks:
            return
        engineers = [each for each in self._desk.agents.list() if each.role == "engineer"]
        self._enter_times(checks, engineers)
        for place, check in enumerate(checks):
            if check.window is not None and check.balance.granted:
                if self._rows(check):
                    self._regular(place, check)
                else:
                    self._on_demand(check)
        self._at.us = self._now_us
        for check in checks:
            if check.balance.granted:
                self._units(check)
        self._attend()
        self._call_out(checks)
        self._at.us = self._now_us
        self._for_tickets(checks)
        self._leave(engineers)
        self._at.us = self._now_us
        self._bring_clocks_up_to_date()

    def _tried(self, act: Callable[[], Told]) -> Told | None:
        """What `act` returns, or None where the desk's rules do not allow it then."""
        try:
            return act()
        except Refused:
            return None

    def _rows(self, check: CheckLine) -> list[str]:
        planner = self._visits.planner(check.customer_id, self._today)
        return [row.slot for row in planner.rows if row.starts]

    # Before anything is booked ---------------------------------------------------------------

    def _enter_times(self, checks: tuple[CheckLine, ...], engineers: list[Agent]) -> None:
        first, last = self._today - timedelta(days=400), self._today + timedelta(days=370)
        self._at.us = self._now_us - 320 * _DAY_US
        terms = school_years(first, last)
        self._visits.add_terms(terms)
        # A training day within sight, which only one area has.
        inset = _weekday(self._today + 5 * _DAY, 2)
        self._visits.add_terms([*terms, TermEntry("day_off", "INSET day", inset, inset)],
                               area=_AREA)  # fmt: skip
        for check in checks[1::3]:
            self._visits.set_area(check.customer_id, _AREA)
        if len(engineers) > 1:
            hours = ("08:00", "17:00")
            four_days = {day: [hours] for day in ("mon", "tue", "wed", "thu")}
            self._visits.set_pattern(engineers[1].id, four_days)

    # Visits every week or fortnight ----------------------------------------------------------

    def _regular(self, place: int, check: CheckLine) -> None:
        """A series from the agreement's first weeks on, booked some weeks ahead."""
        assert check.window is not None, "only agreements with a window come here"
        bought = check.balance.granted
        first = check.window[0] + 7 * _DAY
        # One of them has a visit today.
        weekday = (self._today.weekday() + place) % 7 % 5
        slots = self._rows(check)
        begins = _weekday(first, weekday)
        self._at.us = self._now_us - (self._today - begins).days * _DAY_US - 3 * _DAY_US
        wish = Wish(
            slots[place % len(slots)],
            begins,
            "weekly" if bought >= 40 else "fortnightly",
            until=min(self._today + _AHEAD, check.window[1]),
        )
        self._tried(lambda: self._visits.book_series(check.customer_id, wish))

    def _on_demand(self, check: CheckLine) -> None:
        """A visit every few weeks, asked for two days before."""
        assert check.window is not None, "only agreements with a window come here"
        day = check.window[0] + self._rng.randrange(20, 40) * _DAY
        while day < self._today:
            self._at.us = self._now_us - ((self._today - day).days + 2) * _DAY_US
            at = _weekday(day, self._rng.randrange(5))
            start = self._rng.choice(("09:00", "10:30", "13:30"))
            self._tried(partial(self._visits.book, check.customer_id, at, start, minutes=120))
            day += self._rng.randrange(25, 50) * _DAY

    def _attend(self) -> None:
        """What became of every visit whose time has come."""
        past = self._booked_before_now()
        unlucky = self._rng.sample(range(len(past)), min(4, len(past)))
        fates: dict[int, Callable[[VisitView], object]] = dict(
            zip(unlucky, (self._cancelled, self._missed, self._replaced, self._cancelled),
                strict=False)
        )  # fmt: skip
        recent = {visit.id for visit in past[-6:]}
        for at, visit in enumerate(past):
            fate = fates.get(at)
            under_way = visit.to_us > self._now_us
            if fate is not None and not under_way:
                fate(visit)
                continue
            arrived_us = visit.from_us + self._rng.randrange(-6, 10) * _MINUTE_US
            if arrived_us > self._now_us:
                continue
            self._at.us = arrived_us
            self._visits.arrive(visit.id)
            if visit.id in recent:
                self._tick(visit)
            left_us = visit.to_us + self._rng.randrange(-20, 15) * _MINUTE_US
            if left_us <= self._now_us and not under_way:
                self._at.us = left_us
                self._visits.depart(visit.id)

    def _booked_before_now(self) -> list[VisitView]:
        """Booked visits that have begun, in order of time."""
        found: list[VisitView] = []
        week = self._today - timedelta(days=400)
        while week <= self._today + 7 * _DAY:
            found += self._visits.week(week)
            week += 7 * _DAY
        return [each for each in found if each.from_us <= self._now_us and each.stage == "booked"]

    def _cancelled(self, visit: VisitView) -> object:
        self._at.us = visit.from_us - _DAY_US
        return self._visits.cancel(visit.id, "customer", self._rng.choice(_NOT_DONE))

    def _missed(self, visit: VisitView) -> object:
        self._at.us = visit.to_us
        return self._visits.no_show(visit.id, "provider", "The van broke down on the way")

    def _replaced(self, visit: VisitView) -> object:
        self._at.us = visit.to_us
        minutes = (visit.to_us - visit.from_us) // _MINUTE_US
        return self._tried(
            lambda: self._visits.in_lieu(visit.id, minutes, "Road closed by a flood")
        )

    # Checklists ------------------------------------------------------------------------------

    def _units(self, check: CheckLine) -> None:
        """Classroom AV at the customer's first site, where its package looks after some."""
        sites = self._desk.customers.card(check.customer_id).sites
        for name, room in _UNITS[: self._rng.randrange(2, 5)]:
            self._visits.add_unit(sites[0].id, name, room)

    def _tick(self, visit: VisitView) -> None:
        faults = 0
        for line in self._visits.report(visit.id):
            if self._rng.random() < 0.25:
                continue  # Nobody finishes every list.
            bad = line.unit is not None and not faults and self._rng.random() < 0.15
            faults += bad
            note = self._rng.choice(_FAULTS) if bad else ""
            self._visits.tick(
                visit.id,
                line.checklist_id,
                line.place,
                "fault" if bad else "ok",
                unit=None if line.unit is None else line.unit.id,
                note=note,
            )

    # Tickets ---------------------------------------------------------------------------------

    def _live(self) -> list[tuple[int, int, int]]:
        """(number, customer, last event's instant) of tickets still to be done."""
        with self._desk.store.read() as tx:
            rows = tx.rows(
                "SELECT t.number, t.customer_id, max(e.at_us) AS last_us FROM ticket t"
                " JOIN event e ON e.subject = 'ticket' AND e.subject_id = t.number"
                " WHERE t.live = 1 AND t.status <> 'held'"
                " GROUP BY t.number, t.customer_id ORDER BY t.number DESC"
            )
            return [(row.number, row.customer_id, row.last_us) for row in rows]

    def _for_tickets(self, checks: tuple[CheckLine, ...]) -> None:
        """Visits in the coming days for two tickets."""
        known, booked = {check.customer_id for check in checks}, 0
        for number, customer, _ in self._live():
            if customer not in known or booked == 2:
                continue
            booked += self._tried(partial(self._book_for, number, customer)) is not None

    def _book_for(self, number: int, customer: int) -> VisitDone | None:
        offers = self._visits.for_ticket(number)
        if not offers:
            return None
        chosen = offers[-1]
        free = chosen.slot == FREE
        return self._visits.book(
            customer,
            chosen.day,
            chosen.starts if free else chosen.slot,
            minutes=(chosen.to_us - chosen.from_us) // _MINUTE_US if free else None,
            ticket=number,
        )

    def _call_out(self, checks: tuple[CheckLine, ...]) -> None:
        """Somebody was sent out at once for the first ticket that allows it."""
        known = {check.customer_id for check in checks}
        live = [each for each in self._live() if each[1] in known]
        for number, _, last_us in live:
            sent = self._sent(number, last_us + 4 * _MINUTE_US)
            if sent is not None:
                return
        for number, _, last_us in live:
            at = from_us(last_us)
            if at.weekday() < 5 and at.hour in _OFFICE_HOURS:
                # It turned out to be as urgent as it takes.
                self._at.us = min(last_us + 4 * _MINUTE_US, self._now_us)
                fields = {"priority": _HIGHEST, "reason": "The whole site is down by now."}
                if self._tried(partial(self._desk.tickets.do, "triage", number, fields)):
                    self._sent(number, self._at.us + 2 * _MINUTE_US)
                    return

    def _sent(self, number: int, at_us: int) -> VisitDone | None:
        if at_us > self._now_us:
            return None
        self._at.us = at_us
        done = self._tried(partial(self._visits.callout, number))
        if done is None:
            return None
        for happens, after in ((self._visits.arrive, 35), (self._visits.depart, 105)):
            self._at.us = at_us + after * _MINUTE_US
            if self._at.us <= self._now_us:
                happens(done.visit.id)
        return done

    def _leave(self, engineers: list[Agent]) -> None:
        """One engineer asked for two days off after visits were booked on them."""
        self._at.us = self._now_us
        coming = [
            visit for weeks in (0, 1) for visit in self._visits.week(self._today + weeks * 7 * _DAY)
            if visit.stage == "booked" and visit.day > self._today
        ]  # fmt: skip
        if coming:
            first = coming[0]
            self._visits.add_absence(first.engineer_id, "leave", first.day, first.day + _DAY)
        if len(engineers) > 1:
            day = _weekday(self._today + 12 * _DAY, 1)
            self._visits.add_absence(engineers[0].id, "training", day, day)

    def _bring_clocks_up_to_date(self) -> None:
        """Clocks that run on engineer time, of tickets that are done too."""
        desk = self._desk
        with desk.store.write() as tx:
            for row in tx.rows("SELECT number, snapshot, package FROM ticket ORDER BY number"):
                if runs_on_visits(desk.shelf.policy(tx, row.snapshot), row.package):
                    desk.rewriter.rewrite(tx, desk.rewriter.load(tx, row.number), self._now_us)


def _weekday(day: date, weekday: int) -> date:
    """That day or the first one after it that is such a weekday."""
    return day + (weekday - day.weekday()) % 7 * _DAY
