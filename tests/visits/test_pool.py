"""Customers who want the same engineers: what is too many is found together, and never wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskterm.visits.bookable import Situation, slot_times, why_not_day
from deskterm.visits.feasibility import outlook
from deskterm.visits.interval import MINUTE_US, Interval, collide
from deskterm.visits.openings import Claim
from deskterm.visits.pool import Shortage, shortages
from deskterm.visits.roster import Absence, Engineer, Promise, Roster
from deskterm.visits.slots import SlotTime
from deskterm.visits.terms import TermDates
from deskterm.visits.window import Window
from tests.visits.world import KIM, SAM, engineers, situation, span, us

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def claim(
    agreement: int,
    owed: int,
    roster: Roster,
    name: str = "scheduled",
    last: date = FRIDAY,
    first: date = MONDAY,
) -> Claim:
    asked = situation(
        name, roster=roster, site=agreement, terms=TermDates(), window=Window(first, last)
    )
    return Claim(agreement, owed, asked, outlook(asked))


def test_each_alone_fits_and_both_together_do_not() -> None:
    """One engineer has ten half days in the week; two schools of eight each are six too many."""
    alone = Roster(engineers()[:1], (), 30)
    claims = [claim(1, 8, alone), claim(2, 8, alone)]
    assert shortages([claims[0]]) == shortages([claims[1]]) == {}
    assert shortages(claims) == {2: Shortage(6, (1,))}
    assert shortages([claim(1, 8, two()), claim(2, 8, two())]) == {}


def two() -> Roster:
    return Roster(engineers()[:2], (), 30)


def test_it_is_said_on_the_first_day_it_is_true_and_not_before() -> None:
    """Ten half days in the week, and each day gone takes two; eight visits are owed together."""
    alone = Roster(engineers()[:1], (), 30)
    said = []
    for day in range(4):
        now_us = us(f"{MONDAY + timedelta(days=day)} 06:00")
        claims = []
        for school in (1, 2):
            asked = replace(claim(school, 4, alone).situation, now_us=now_us)
            claims.append(Claim(school, 4, asked, outlook(asked)))
        said.append(shortages(claims).get(2, Shortage(0)).too_many)
    assert said == [0, 0, 2, 4]


def test_whose_window_ends_first_is_served_first() -> None:
    alone = Roster(engineers()[:1], (), 30)
    claims = [claim(1, 8, alone, last=FRIDAY + timedelta(days=2)), claim(2, 8, alone)]
    assert shortages(claims) == {1: Shortage(6, (2,))}


def test_a_later_window_makes_room_for_what_cannot_wait() -> None:
    """The first to be asked moves to the days only it has: nothing is owed too much."""
    alone = Roster(engineers()[:1], (), 30)
    week, fortnight = claim(1, 10, alone), claim(2, 10, alone, last=FRIDAY + timedelta(days=7))
    assert shortages([week, fortnight]) == {}
    more = claim(2, 11, alone, last=FRIDAY + timedelta(days=7))
    assert shortages([week, more]) == {2: Shortage(1, (1,))}


def test_what_is_too_much_for_its_own_times_is_nobody_elses_doing() -> None:
    alone = Roster(engineers()[:1], (), 30)
    assert shortages([claim(1, 12, alone), claim(2, 1, two())])[1] == Shortage(2)


def test_those_who_want_other_times_are_not_named() -> None:
    """Only the school that stands in the way is, not the one that is done a week before."""
    alone = Roster(engineers()[:1], (), 30)
    week_before = claim(
        3, 10, alone, first=MONDAY - timedelta(days=7), last=FRIDAY - timedelta(days=7)
    )
    early = replace(week_before.situation, now_us=0)
    week_before = Claim(3, 10, early, outlook(early))
    claims = [week_before, claim(1, 8, alone), claim(2, 8, alone)]
    assert shortages(claims) == {2: Shortage(6, (1,))}


def test_the_other_grid_takes_whole_days_of_the_engineer() -> None:
    """Three-hour visits morning and afternoon all week leave no room for one of two hours."""
    alone = Roster(engineers()[:1], (), 30)
    full = claim(1, 10, alone)
    assert shortages([full, claim(2, 1, alone, "scheduled-on-demand")]) == {2: Shortage(1, (1,))}
    assert shortages([claim(1, 9, alone), claim(2, 1, alone, "scheduled-on-demand")]) == {}


def test_without_a_window_nothing_is_ever_too_many() -> None:
    asked = situation(window=None)
    assert shortages([Claim(1, 99, asked, outlook(asked))]) == {}


# By trying everything -------------------------------------------------------------------------


def halves(day: date) -> st.SearchStrategy[Interval]:
    return st.sampled_from(
        [("08:00", "12:00"), ("12:00", "18:00"), ("10:30", "11:00"), ("13:00", "14:00")]
    ).map(lambda each: span(day.isoformat(), *each))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    at = st.sampled_from([MONDAY, MONDAY + timedelta(days=1)]).flatmap(halves)
    away = [Absence("leave", each) for each in draw(st.lists(at, max_size=1))]
    people = [Engineer(SAM, "Sam", None, tuple(away))]
    if draw(st.booleans()):
        people.append(Engineer(KIM, "Kim"))
    booked = draw(
        st.lists(st.tuples(at, st.sampled_from([SAM, KIM]), st.integers(1, 4)), max_size=2)
    )
    return Roster(people, [Promise(n, *each) for n, each in enumerate(booked)], 30)


@st.composite
def desks(draw: st.DrawFn, names: list[str]) -> list[Claim]:
    roster = draw(rosters())
    return [
        claim(
            number,
            draw(st.integers(1, 5)),
            roster,
            draw(st.sampled_from(names)),
            first=MONDAY,
            last=MONDAY + timedelta(days=draw(st.integers(0, 1))),
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]


def best_by_trying(claims: list[Claim]) -> list[int]:
    """How many visits each can be given, the first as many as possible, then the second, …"""
    best = [0] * len(claims)
    all_owed = [claim.owed for claim in claims]
    todo = [
        (place, time.interval, engineer)
        for place, claim in enumerate(claims)
        for time in times_of(claim.situation)
        for engineer in claim.situation.roster.engineers
        if claim.situation.roster.is_free(engineer, time.interval, claim.situation.site)
    ]

    def go_on(at: int, made: list[tuple[int, Interval, Engineer]], counts: list[int]) -> None:
        nonlocal best
        best = max(best, counts)
        if best == all_owed:
            return
        for number in range(at, len(todo)):
            place = todo[number][0]
            if counts[place] < claims[place].owed and all(
                possible(todo[number], other, claims) for other in made
            ):
                more = [n + (each == place) for each, n in enumerate(counts)]
                go_on(number + 1, [*made, todo[number]], more)

    go_on(0, [], [0] * len(claims))
    return best


def times_of(asked: Situation) -> list[SlotTime]:
    assert asked.window is not None
    return [
        time
        for time in slot_times(asked.package, asked.window.first, asked.window.last, asked.zone)
        if why_not_day(asked, time) is None
        and asked.roster.site_clash(time.interval, asked.site) is None
    ]


def possible(
    one: tuple[int, Interval, Engineer], other: tuple[int, Interval, Engineer], claims: list[Claim]
) -> bool:
    if one[0] == other[0]:
        return not collide(one[1], other[1])
    return one[2] is not other[2] or not collide(one[1], other[1], 30 * MINUTE_US)


def compare(claims: list[Claim]) -> tuple[list[int], list[int]]:
    """What is said can be given, and what can."""
    claims = sorted(claims, key=lambda each: (each.last, each.agreement))
    times = sum(len(times_of(each.situation)) for each in claims)
    assume(sum(each.owed for each in claims) <= 8)
    assume(times * len(claims[0].situation.roster.engineers) <= 22)
    short = shortages(claims)
    said = [each.owed - short.get(each.agreement, Shortage(0)).too_many for each in claims]
    return said, best_by_trying(claims)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["scheduled", "scheduled-on-demand"]).flatmap(lambda each: desks([each])))
def test_on_one_grid_the_answer_is_what_trying_everything_finds(claims: list[Claim]) -> None:
    said, can = compare(claims)
    assert said == can


@settings(max_examples=150, deadline=None)
@given(desks(["scheduled", "scheduled-on-demand"]))
def test_on_both_grids_nothing_is_called_too_many_that_could_be_given(claims: list[Claim]) -> None:
    said, can = compare(claims)
    assert said >= can
