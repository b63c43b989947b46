"""A closure, leave or term date entered after booking: who is affected, and what is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deskterm.visits.affected import Affected, Booking, affected
from deskterm.visits.bookable import Situation
from deskterm.visits.roster import Engineer, Promise, Roster
from deskterm.visits.state import VisitState
from deskterm.visits.terms import DayOff, TermDates
from deskterm.worktime import WorkingCalendar
from tests.visits.world import (
    KIM,
    MARLOW,
    OAKFIELD,
    SAM,
    TERMS,
    away,
    engineers,
    onsite,
    situation,
    span,
)


def visit(number: int, day: str, slot: str = "am", site: int = OAKFIELD) -> VisitState:
    hours = {"am": ("08:30", "11:30"), "pm": ("12:30", "15:30"), "free": ("09:15", "10:15")}[slot]
    return VisitState(number, "scheduled", True, slot, span(day, *hours), site, SAM)


def look(
    visits: list[VisitState], people: list[Engineer], change: Situation | None = None
) -> tuple[Affected, ...]:
    asked = change or situation()
    promises = [Promise(v.visit, v.interval, v.engineer, v.site) for v in visits]
    bookings = [Booking(v, replace(asked, site=v.site)) for v in visits]
    return affected(bookings, Roster(people, promises, 30)).entries


def test_nothing_changed_affects_nothing() -> None:
    assert look([visit(1, "2026-11-23"), visit(2, "2026-11-24")], list(engineers())) == ()


def test_leave_gives_the_visit_to_another_engineer_at_the_same_time() -> None:
    people = [
        Engineer(SAM, "Sam", None, away("leave", "2026-11-23", "2026-11-23")),
        Engineer(KIM, "Kim"),
    ]
    (found,) = look([visit(1, "2026-11-23"), visit(2, "2026-11-24")], people)
    assert (found.visit.visit, found.engineer, found.why) == (1, KIM, "Sam is on leave.")
    assert found.reassigns


def test_with_nobody_else_the_nearest_time_with_the_same_engineer_is_proposed() -> None:
    people = [Engineer(SAM, "Sam", None, away("sickness", "2026-11-23", "2026-11-23"))]
    (found,) = look([visit(1, "2026-11-23")], people)
    assert found.why == "No engineer is at work: Sam is off sick."
    assert found.time is not None
    assert found.time.words() == "Tue 24 Nov 2026, AM 08:30–11:30"
    assert not found.reassigns


def test_a_shutdown_moves_visits_apart_from_each_other() -> None:
    shut = WorkingCalendar.from_dict(
        {**onsite().to_dict(), "shutdowns": [["2026-11-23", "2026-11-24", "Boiler works"]]}
    )
    visits = [visit(1, "2026-11-23"), visit(2, "2026-11-24"), visit(3, "2026-11-26")]
    found = look(visits, list(engineers()[:1]), replace(situation(), onsite=shut))
    assert [each.visit.visit for each in found] == [1, 2]
    assert all("Boiler works" in each.why for each in found)
    places = [each.time.words() for each in found if each.time is not None]
    # Wednesday is an INSET day, Thursday morning is taken by the third visit.
    assert places == ["Thu 26 Nov 2026, PM 12:30–15:30", "Fri 27 Nov 2026, AM 08:30–11:30"]


def test_two_sites_are_not_proposed_the_same_engineer_at_once() -> None:
    people = [Engineer(SAM, "Sam", None, away("leave", "2026-11-23", "2026-11-23"))]
    found = look([visit(1, "2026-11-23"), visit(2, "2026-11-23", "pm", MARLOW)], people)
    times = [each.time.interval for each in found if each.time is not None]
    assert times == [span("2026-11-24", "08:30", "11:30"), span("2026-11-24", "12:30", "15:30")]


def test_a_long_list_can_be_cut_short() -> None:
    people = [Engineer(SAM, "Sam", None, away("leave", "2026-11-23", "2026-11-27"))]
    visits = [visit(n, f"2026-11-{22 + n}") for n in (1, 2, 4, 5)]
    bookings = [Booking(each, situation()) for each in visits]
    roster = Roster(people, [Promise(v.visit, v.interval, SAM, v.site) for v in visits])
    assert len(affected(bookings, roster).entries) == 4
    two = affected(bookings, roster, 2)
    assert [each.visit.visit for each in two.entries] == [1, 2]
    assert two.more == 2


def test_an_inset_day_entered_later_affects_the_visits_of_that_day() -> None:
    terms = TermDates(
        TERMS.terms, (*TERMS.days_off, DayOff("Exam day", date(2026, 11, 24), date(2026, 11, 24)))
    )
    (found,) = look([visit(1, "2026-11-24")], list(engineers()), situation(terms=terms))
    assert "Exam day" in found.why
    assert found.time is not None
    assert found.time.date == date(2026, 11, 23)


def test_a_free_visit_keeps_its_time_of_day() -> None:
    people = [Engineer(SAM, "Sam", None, away("leave", "2026-11-20", "2026-11-24"))]
    asked = situation("on-demand")
    (found,) = look([visit(1, "2026-11-23", "free")], people, asked)
    assert found.time is not None
    assert found.time.interval == span("2026-11-25", "09:15", "10:15")


def test_where_nothing_fits_nothing_is_proposed() -> None:
    people = [Engineer(SAM, "Sam", None, away("leave", "2026-10-01", "2027-02-01"))]
    (found,) = look([visit(1, "2026-11-23")], people)
    assert (found.time, found.engineer) == (None, None)


def test_an_engineer_who_left_is_named_so() -> None:
    (found,) = look([visit(1, "2026-11-23")], [Engineer(KIM, "Kim")])
    assert found.why == "The engineer no longer makes visits."
    assert found.engineer == KIM


def test_the_past_and_what_is_not_booked_stay_as_they_are() -> None:
    people = [Engineer(SAM, "Sam", None, away("leave", "2026-11-01", "2026-11-30"))]
    past = visit(1, "2026-11-19")
    cancelled = replace(visit(2, "2026-11-23"), stage="cancelled")
    assert look([past, cancelled], people) == ()
