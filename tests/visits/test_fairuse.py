"""Fair use: counted by school year against the agreement's threshold."""

from __future__ import annotations

from datetime import date

import pytest

from deskterm.visits.errors import VisitRefused
from deskterm.visits.events import VisitKind
from deskterm.visits.fairuse import fair_use, school_year
from deskterm.visits.state import Stage, VisitState
from tests.visits.world import OAKFIELD, SAM, ZONE, package, policy, span, us


def visit(day: str, kind: VisitKind = "on_demand", stage: Stage = "booked") -> VisitState:
    return VisitState(
        1, kind, False, "free", span(day, "09:00", "10:00"), OAKFIELD, SAM, stage=stage
    )


def test_a_school_year_runs_from_the_first_of_september() -> None:
    year = school_year(date(2026, 9, 1), policy().school_year_starts)
    assert (year.first, year.last, year.name) == (date(2026, 9, 1), date(2027, 8, 31), "2026/27")
    assert school_year(date(2026, 8, 31)).name == "2025/26"
    assert school_year(date(2026, 5, 1), "01-01").name == "2026"


@pytest.mark.parametrize("wrong", ["1 September", "02-29", "13-01", "09"])
def test_a_start_that_is_no_date_of_every_year_is_refused(wrong: str) -> None:
    with pytest.raises(VisitRefused, match="write MM-DD"):
        school_year(date(2026, 11, 20), wrong)


def test_visits_and_sessions_of_the_year_are_counted_against_the_threshold() -> None:
    year = school_year(date(2026, 11, 20))
    found = fair_use(
        package("on-demand"),
        year,
        [visit("2026-09-01"), visit("2026-11-02"), visit("2026-08-31")],
        [us("2026-08-31 23:59"), us("2026-09-01 00:00")],
        ZONE,
        visit_threshold=2,
    )
    assert found is not None
    assert (found.visits, found.sessions, found.over) == (2, 1, False)
    assert found.words == "school year 2026/27: 2 of 2 on-demand visits, 1 remote sessions"


def test_one_more_than_the_threshold_is_over_it() -> None:
    year = school_year(date(2026, 11, 20))
    three = [visit(f"2026-11-0{day}") for day in (2, 3, 4)]
    assert fair_over(package_id="on-demand", visits=three, threshold=2)
    assert not fair_over(package_id="on-demand", visits=three, threshold=3)
    assert not fair_over(package_id="on-demand", visits=three, threshold=None)
    sessions = fair_use(
        package("cloud"), year, (), [us("2026-11-02 09:00")], ZONE, session_threshold=0
    )
    assert sessions is not None
    assert sessions.over


def fair_over(package_id: str, visits: list[VisitState], threshold: int | None) -> bool:
    year = school_year(date(2026, 11, 20))
    found = fair_use(package(package_id), year, visits, (), ZONE, visit_threshold=threshold)
    assert found is not None
    return found.over


@pytest.mark.parametrize("stage", ["cancelled", "missed", "prevented", "in_lieu", "forfeited"])
def test_what_did_not_happen_is_not_counted(stage: Stage) -> None:
    assert not fair_over("on-demand", [visit("2026-11-02", stage=stage)], 0)
    assert fair_over("on-demand", [visit("2026-11-02", stage="delivered")], 0)


def test_scheduled_visits_are_not_on_demand_visits() -> None:
    assert not fair_over("scheduled-on-demand", [visit("2026-11-02", "scheduled")], 0)


@pytest.mark.parametrize(("name", "counts"), [("on-demand", True), ("scheduled-on-demand", False)])
def test_a_callout_counts_where_the_package_says_it_is_an_on_demand_visit(
    name: str, counts: bool
) -> None:
    assert fair_over(name, [visit("2026-11-02", "callout")], 0) == counts


@pytest.mark.parametrize("name", ["scheduled", "full-managed"])
def test_packages_without_fair_use_count_nothing(name: str) -> None:
    assert fair_use(package(name), school_year(date(2026, 11, 20)), (), (), ZONE) is None
