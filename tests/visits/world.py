"""A small desk for the stories: packages of the shipped agreements, a calendar, three engineers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from deskterm.policy import Package, Policy, read_policy
from deskterm.visits.bookable import Situation
from deskterm.visits.interval import Interval
from deskterm.visits.roster import Absence, AbsenceKind, Engineer, Promise, Roster
from deskterm.visits.slots import SlotTime, find_slot, free_time
from deskterm.visits.terms import DayOff, Term, TermDates
from deskterm.visits.wallclock import instant_us, minute_of_day
from deskterm.visits.window import Window
from deskterm.worktime import WorkingCalendar

ROOT = Path(__file__).resolve().parents[2]
ZONE = "Europe/London"

OAKFIELD, ST_BEDES, MARLOW = 1, 2, 3
SAM, KIM, ALEX = 11, 12, 13

HOLIDAYS = {
    "2026-08-31": "Summer Bank Holiday",
    "2026-12-25": "Christmas Day",
    "2026-12-28": "Boxing Day (substitute)",
    "2027-01-01": "New Year's Day",
    "2027-03-26": "Good Friday",
    "2027-03-29": "Easter Monday",
    "2027-05-03": "May Day",
    "2027-05-31": "Spring Bank Holiday",
}

TERMS = TermDates(
    (
        Term("Autumn 2026", date(2026, 9, 3), date(2026, 12, 18)),
        Term("Spring 2027", date(2027, 1, 5), date(2027, 3, 25)),
        Term("Summer 2027", date(2027, 4, 13), date(2027, 7, 21)),
    ),
    (
        DayOff("Autumn half term", date(2026, 10, 26), date(2026, 10, 30)),
        DayOff("INSET day", date(2026, 11, 25), date(2026, 11, 25)),
        DayOff("Spring half term", date(2027, 2, 15), date(2027, 2, 19)),
        DayOff("Summer half term", date(2027, 5, 31), date(2027, 6, 4)),
    ),
)


YEAR = Window(date(2026, 9, 1), date(2027, 7, 19))


@cache
def policy() -> Policy:
    """The shipped agreement with onsite visits."""
    path = ROOT / "policies" / "concero.toml"
    return read_policy(path.read_text(encoding="utf-8"), "concero.toml")


def package(name: str) -> Package:
    """One of its five packages."""
    return policy().packages[name]


@cache
def onsite() -> WorkingCalendar:
    """Its onsite hours with a year's holidays and one Christmas shutdown."""
    return WorkingCalendar.from_dict(
        {
            "tz": ZONE,
            "weekly": {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            "holidays": HOLIDAYS,
            "shutdowns": [["2026-12-24", "2027-01-03", "Christmas shutdown"]],
        }
    )


def us(text: str, zone: str = ZONE) -> int:
    """The instant of a local ``YYYY-MM-DD HH:MM``."""
    day, clock = text.split()
    return instant_us(date.fromisoformat(day), minute_of_day(clock), zone)


def span(day: str, start: str, end: str) -> Interval:
    """From one local time of a day to another."""
    return Interval(us(f"{day} {start}"), us(f"{day} {end}"))


def days(first: str, last: str) -> Interval:
    """Whole local days, both included."""
    return Interval(us(f"{first} 00:00"), us(f"{last} 24:00"))


def away(kind: AbsenceKind, first: str, last: str) -> tuple[Absence, ...]:
    """Whole days away."""
    return (Absence(kind, days(first, last)),)


def engineers() -> tuple[Engineer, ...]:
    """Sam, Kim and Alex, at work in all onsite hours."""
    return Engineer(SAM, "Sam"), Engineer(KIM, "Kim"), Engineer(ALEX, "Alex")


def situation(
    package_id: str = "scheduled",
    *,
    roster: Roster | None = None,
    now: str = "2026-11-20 14:16",
    site: int = OAKFIELD,
    terms: TermDates = TERMS,
    window: Window | None = YEAR,
) -> Situation:
    """What decides the bookings of Oakfield, unless told otherwise."""
    return Situation(
        package=package(package_id),
        onsite=onsite(),
        roster=roster if roster is not None else Roster(engineers(), (), 30),
        site=site,
        zone=ZONE,
        now_us=us(now),
        terms=terms,
        window=window,
    )


def slot(package_id: str, slot_id: str, day: str) -> SlotTime:
    """A slot of a package on a day."""
    return find_slot(package(package_id), slot_id, date.fromisoformat(day), ZONE)


def free(day: str, clock: str, minutes: int = 60) -> SlotTime:
    """A free time of the on-demand package."""
    return free_time(package("on-demand"), date.fromisoformat(day), clock, minutes, ZONE)


def promise(
    visit: int, day: str, start: str, end: str, engineer: int, site: int, place: str = ""
) -> Promise:
    """A visit that is booked."""
    return Promise(visit, span(day, start, end), engineer, site, place)
