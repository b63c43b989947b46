"""Visits that can still be booked are counted exactly: the same as by trying every way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.policy import Package, Slot
from deskterm.visits.bookable import Situation, slot_times, why_not_day
from deskterm.visits.feasibility import deliverable_times, weeks_left
from deskterm.visits.interval import Interval, collide
from deskterm.visits.roster import Absence, Engineer, Promise, Roster
from deskterm.visits.terms import TermDates
from deskterm.visits.window import Window
from tests.visits.world import (
    KIM,
    MARLOW,
    OAKFIELD,
    SAM,
    ST_BEDES,
    ZONE,
    engineers,
    onsite,
    package,
    situation,
    span,
    us,
)

#: A grid whose own slots overlap, as no agreement has it yet.
OVERLAPPING = Package(
    "overlapping",
    "Overlapping slots",
    onsite="slots",
    slots=(
        Slot("a", "A", "08:30", "10:30"),
        Slot("b", "B", "10:00", "12:00"),
        Slot("c", "C", "11:30", "13:30"),
        Slot("d", "D", "08:00", "13:30"),
    ),
)
MONDAY = date(2026, 11, 23)


def most_by_trying(asked: Situation) -> int:
    """The most visits, by giving each slot to each engineer or to nobody in every way there is."""
    assert asked.window is not None
    times = [
        time
        for time in slot_times(asked.package, asked.window.first, asked.window.last, asked.zone)
        if why_not_day(asked, time) is None
    ]
    best = 0
    for choice in product([None, *asked.roster.engineers], repeat=len(times)):
        made = [(t.interval, e) for t, e in zip(times, choice, strict=True) if e is not None]
        if len(made) > best and possible(asked, made):
            best = len(made)
    return best


def possible(asked: Situation, made: list[tuple[Interval, Engineer]]) -> bool:
    gap_us = asked.roster.travel_minutes * 60_000_000
    for place, (interval, engineer) in enumerate(made):
        if engineer.why_away(interval) is not None:
            return False
        if any(collide(interval, other) for other, _ in made[:place]):
            return False
        for booked in asked.roster.promises:
            if booked.site == asked.site and collide(interval, booked.interval):
                return False
            travel = 0 if booked.site == asked.site else gap_us
            if booked.engineer == engineer.id and collide(interval, booked.interval, travel):
                return False
    return True


def intervals(day: str) -> st.SearchStrategy[Interval]:
    half_hours = st.integers(16, 32)
    return st.tuples(half_hours, st.integers(1, 8)).map(
        lambda each: span(day, half_hour(each[0]), half_hour(each[0] + each[1]))
    )


def half_hour(count: int) -> str:
    return f"{count // 2:02d}:{count % 2 * 30:02d}"


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    day = st.sampled_from(["2026-11-23", "2026-11-24"]).flatmap(intervals)
    away = st.lists(day.map(lambda interval: Absence("leave", interval)), max_size=2)
    people = [Engineer(SAM, "Sam", None, tuple(draw(away)))]
    if draw(st.booleans()):
        people.append(Engineer(KIM, "Kim", None, tuple(draw(away))))
    booked = draw(
        st.lists(
            st.tuples(
                day, st.sampled_from([SAM, KIM]), st.sampled_from([OAKFIELD, ST_BEDES, MARLOW])
            ),
            max_size=4,
        )
    )
    promises = [Promise(number, *each) for number, each in enumerate(booked)]
    return Roster(people, promises, draw(st.sampled_from([0, 30, 60])))


@settings(max_examples=150, deadline=None)
@given(
    roster=rosters(),
    chosen=st.sampled_from([package("scheduled"), package("scheduled-on-demand"), OVERLAPPING]),
    days=st.integers(1, 2),
)
def test_the_count_is_what_trying_everything_finds(
    roster: Roster, chosen: Package, days: int
) -> None:
    if chosen is not package("scheduled"):
        days = 1
    window = Window(MONDAY, date(2026, 11, 22 + days))
    asked = replace(situation(roster=roster, window=window), package=chosen)
    times = deliverable_times(asked)
    assert len(times) == most_by_trying(asked)
    assert len({time.interval for time in times}) == len(times)


def test_a_slot_of_the_other_grid_takes_the_engineer_from_every_slot_it_overlaps() -> None:
    alone = Roster(engineers()[:1], [Promise(1, span("2026-11-23", "11:00", "13:00"), SAM, 9)], 30)
    asked = situation(roster=alone, window=Window(MONDAY, MONDAY))
    assert deliverable_times(asked) == ()
    two = Roster(engineers()[:2], alone.promises, 30)
    assert len(deliverable_times(replace(asked, roster=two))) == 2


def test_a_year_in_term_has_so_many_slots_and_weeks() -> None:
    # 15 weeks of autumn, 11 of spring and 14 of summer have a day in term within the window.
    asked = situation(now="2026-09-01 00:00")
    times = deliverable_times(asked)
    assert weeks_left(times) == 40
    assert len(times) == 2 * len({time.date for time in times})
    free = situation(now="2026-09-01 00:00", terms=TermDates())
    assert len(deliverable_times(free)) > len(times)


def test_visits_at_free_times_are_counted_one_after_the_other() -> None:
    one_day = Window(MONDAY, MONDAY)
    asked = situation("on-demand", window=one_day)
    assert len(deliverable_times(asked)) == 10
    late = replace(asked, now_us=us("2026-11-23 16:10"))
    assert [time.interval for time in deliverable_times(late)] == [
        span("2026-11-23", "16:15", "17:15")
    ]
    past = replace(asked, now_us=us("2026-11-24 08:00"))
    assert deliverable_times(past) == ()


def test_where_no_window_or_no_visits_are_there_is_nothing_to_count() -> None:
    assert deliverable_times(situation(window=None)) == ()
    assert deliverable_times(situation("cloud")) == ()
    assert onsite().tz == ZONE
