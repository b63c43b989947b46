"""Series: weekly or fortnightly in term; what does not fit stays owed and is offered elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deskterm.visits.bookable import Reason
from deskterm.visits.errors import VisitRefused
from deskterm.visits.events import Booked
from deskterm.visits.interval import Interval
from deskterm.visits.ledger import Ledger
from deskterm.visits.roster import Engineer, Roster
from deskterm.visits.series import plan_series
from deskterm.visits.seriesscope import in_scope, propose_engineer, propose_moves
from deskterm.visits.state import VisitState
from tests.visits.world import (
    ALEX,
    KIM,
    MARLOW,
    OAKFIELD,
    SAM,
    away,
    engineers,
    package,
    promise,
    situation,
    span,
)


def test_a_fortnightly_autumn_skips_the_gaps_and_says_why() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "am", date(2026, 9, 16), "fortnightly", 23, until=date(2026, 12, 31))
    assert [visit.time.date.isoformat()[5:] for visit in plan.visits] == [
        "09-16", "09-30", "10-14", "11-11", "12-09",
    ]  # fmt: skip
    assert [(gap.time.date.isoformat()[5:], gap.why_not.short) for gap in plan.gaps] == [
        ("10-28", "Autumn half term"),
        ("11-25", "INSET day"),
    ]
    assert plan.stays_owed == 18
    assert plan.rule == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231T000000"


def test_a_gap_offers_the_nearest_slots_of_its_weeks() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "am", date(2026, 11, 11), "fortnightly", 23, count=2)
    (gap,) = plan.gaps
    assert [each.time.words() for each in gap.second] == [
        "Tue 24 Nov 2026, PM 12:30–15:30",
        "Tue 24 Nov 2026, AM 08:30–11:30",
        "Thu 26 Nov 2026, AM 08:30–11:30",
    ]
    assert all(each.bookable for each in gap.second)


def test_holidays_between_terms_are_no_gaps_and_count_for_nothing() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "pm", date(2026, 12, 8), "weekly", 23, count=4)
    assert [visit.time.date for visit in plan.visits] == [
        date(2026, 12, 8), date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 12),
    ]  # fmt: skip
    assert plan.gaps == ()


def test_a_bank_holiday_in_term_is_a_gap() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "am", date(2027, 4, 26), "weekly", 23, count=2)
    assert [gap.why_not.reason for gap in plan.gaps] == [Reason.HOLIDAY]
    assert [visit.time.date for visit in plan.visits] == [date(2027, 4, 26)]


def test_forty_six_visits_do_not_fit_into_a_year_of_weeks_and_second_slots_are_offered() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "am", date(2026, 9, 3), "weekly", 46)
    assert len(plan.visits) == 39
    assert plan.stays_owed == 7
    assert len(plan.second) == 7
    taken = {visit.time.date.isocalendar()[:2] for visit in plan.visits}
    assert {each.time.date.isocalendar()[:2] for each in plan.second} <= taken
    own = {visit.time.interval for visit in plan.visits}
    assert len({each.time.interval for each in plan.second} - own) == 7


def test_no_more_is_planned_than_is_owed() -> None:
    asked = situation(now="2026-09-01 08:00")
    plan = plan_series(asked, "am", date(2026, 9, 16), "weekly", 2, count=3)
    assert len(plan.visits) == 2
    assert [gap.why_not.reason for gap in plan.gaps] == [Reason.NONE_OWED]
    assert plan.gaps[0].second == ()


def test_the_engineer_asked_for_comes_and_another_stands_in() -> None:
    people = [
        *engineers()[:1],
        Engineer(KIM, "Kim", None, away("leave", "2026-09-21", "2026-09-25")),
    ]
    asked = situation(now="2026-09-01 08:00", roster=Roster(people))
    plan = plan_series(asked, "am", date(2026, 9, 16), "weekly", 9, count=3, engineer=KIM)
    assert [(visit.engineer, visit.stands_in) for visit in plan.visits] == [
        (KIM, False),
        (SAM, True),
        (KIM, False),
    ]


def test_the_same_engineer_is_kept_where_nobody_is_asked_for() -> None:
    seen = promise(1, "2026-09-09", "08:30", "11:30", ALEX, OAKFIELD)
    asked = situation(now="2026-09-10 08:00", roster=Roster(engineers(), [seen]))
    plan = plan_series(asked, "am", date(2026, 9, 16), "weekly", 9, count=3)
    assert {visit.engineer for visit in plan.visits} == {ALEX}


def test_a_series_the_package_does_not_have_is_refused() -> None:
    with pytest.raises(VisitRefused, match="On-Demand Support has no weekly series; it has none"):
        plan_series(situation("on-demand"), "am", date(2026, 9, 16), "weekly", 9, count=3)
    with pytest.raises(VisitRefused, match="until when"):
        plan_series(situation(window=None), "am", date(2026, 9, 16), "weekly", 9)
    with pytest.raises(VisitRefused, match="has no slot “lunch”"):
        plan_series(situation(), "lunch", date(2026, 9, 16), "weekly", 9, count=3)


def visits() -> list[VisitState]:
    """Four Wednesdays of one series, and one visit beside it."""
    ledger = Ledger(package("scheduled"))
    days = ["2026-11-04", "2026-11-11", "2026-11-18", "2026-12-02"]
    for number, day in enumerate(days, 1):
        ledger._visits[number] = VisitState(
            number, "scheduled", True, "am", span(day, "08:30", "11:30"), OAKFIELD, SAM, series=1
        )
    ledger._visits[9] = VisitState(
        9, "scheduled", True, "pm", span("2026-11-12", "12:30", "15:30"), OAKFIELD, SAM
    )
    return list(ledger.visits.values())


def test_this_this_and_later_or_all() -> None:
    own = visits()
    assert [v.visit for v in in_scope(own, own[1], "this")] == [2]
    assert [v.visit for v in in_scope(own, own[1], "later")] == [2, 3, 4]
    assert [v.visit for v in in_scope(own, own[1], "all")] == [1, 2, 3, 4]
    assert [v.visit for v in in_scope(own, own[4], "all")] == [9]


def test_what_is_done_or_cancelled_is_left_as_it_is() -> None:
    own = visits()
    done = VisitState(
        1, "scheduled", True, "am", own[0].interval, OAKFIELD, SAM, series=1, stage="delivered"
    )
    assert [v.visit for v in in_scope([done, *own[1:]], own[1], "all")] == [2, 3, 4]


def roster(*others: tuple[str, str, str, int]) -> Roster:
    own = [
        promise(v.visit, f"{day:%Y-%m-%d}", "08:30", "11:30", SAM, OAKFIELD)
        for v in visits()[:4]
        for day in [date.fromisoformat(DAYS[v.visit])]
    ]
    more = [
        promise(50 + n, day, start, end, engineer, MARLOW)
        for n, (day, start, end, engineer) in enumerate(others)
    ]
    return Roster(engineers()[:2], [*own, *more], 30)


DAYS = {1: "2026-11-04", 2: "2026-11-11", 3: "2026-11-18", 4: "2026-12-02"}


def test_a_series_moves_to_another_day_and_slot_visit_by_visit() -> None:
    asked = situation(now="2026-11-02 08:00", roster=roster(("2026-11-19", "12:30", "15:30", SAM)))
    own = visits()
    moves = propose_moves(asked, in_scope(own, own[1], "later"), own[1], date(2026, 11, 12), "pm")
    assert [(m.visit.visit, m.offer.time.date.day, m.engineer) for m in moves] == [
        (2, 12, SAM),
        (3, 19, KIM),
        (4, 3, SAM),
    ]
    assert all(m.offer.bookable for m in moves)


def test_a_visit_of_the_series_that_cannot_move_says_why() -> None:
    asked = situation(now="2026-11-02 08:00", roster=roster())
    own = visits()
    moves = propose_moves(asked, in_scope(own, own[2], "this"), own[2], date(2026, 11, 25), "am")
    assert moves[0].engineer is None
    assert moves[0].offer.why_not is not None
    assert moves[0].offer.why_not.short == "INSET day"


def test_a_series_shifted_by_a_week_does_not_stand_in_its_own_way() -> None:
    asked = situation(now="2026-11-02 08:00", roster=roster())
    own = visits()
    moves = propose_moves(asked, in_scope(own, own[0], "all"), own[0], date(2026, 11, 11), "am")
    assert [m.offer.time.date.isoformat()[5:] for m in moves] == [
        "11-11", "11-18", "11-25", "12-09",
    ]  # fmt: skip
    assert [m.offer.bookable for m in moves] == [True, True, False, True]


def test_two_visits_of_a_series_do_not_land_on_each_other() -> None:
    morning = visits()[0]
    afternoon = replace(morning, visit=2, slot="pm", interval=span("2026-11-04", "12:30", "15:30"))
    moves = propose_moves(
        situation(now="2026-11-02 08:00"), [morning, afternoon], morning, date(2026, 11, 5), "am"
    )
    assert [m.offer.bookable for m in moves] == [True, False]


def test_a_series_is_given_to_another_engineer_where_free() -> None:
    asked = situation(now="2026-11-02 08:00", roster=roster(("2026-11-18", "10:00", "12:00", KIM)))
    own = visits()
    proposals = propose_engineer(asked, in_scope(own, own[1], "later"), KIM)
    assert [each.engineer for each in proposals] == [KIM, None, KIM]


def test_a_series_knows_its_visits_by_its_number() -> None:
    ledger = Ledger(package("scheduled-on-demand"))
    booked = Booked(
        id=1, at_us=0, visit=1, visit_kind="on_demand", slot="free",
        interval=Interval(0, 60), site=1, engineer=1, series=4,
    )  # fmt: skip
    ledger.apply(booked)
    assert ledger.visits[1].series == 4
