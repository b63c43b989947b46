"""Emergency callouts: five packages, four priorities, in and out of hours."""

from __future__ import annotations

from itertools import product

import pytest

from deskterm.visits import events as ev
from deskterm.visits.callout import check_callout
from deskterm.visits.errors import VisitRefused
from deskterm.visits.ledger import Ledger
from tests.visits.world import OAKFIELD, SAM, onsite, package, policy, span, us

USES = {
    "scheduled-on-demand": "scheduled_visit",
    "cloud": None,
    "scheduled": "scheduled_visit",
    "full-managed": "nothing",
    "on-demand": "on_demand_visit",
}
IN_HOURS = {"in hours": "2026-11-20 17:59", "out of hours": "2026-11-20 18:00"}

CASES = list(product(USES, ["urgent", "high", "medium", "low"], IN_HOURS))


@pytest.mark.parametrize(("name", "priority", "when"), CASES)
def test_a_callout_is_for_the_two_highest_levels_in_onsite_hours(
    name: str, priority: str, when: str
) -> None:
    def ask() -> str:
        rule = check_callout(
            package(name), priority, us(IN_HOURS[when]), onsite(), policy().priority_name
        )
        return rule.uses

    if USES[name] is None:
        expected = "not_offered"
    elif priority in ("medium", "low"):
        expected = "wrong_priority"
    elif when == "out of hours":
        expected = "closed"
    else:
        assert ask() == USES[name]
        return
    with pytest.raises(VisitRefused) as refused:
        ask()
    assert refused.value.kind == expected


def test_there_are_forty_cases() -> None:
    assert len(CASES) == 40


def test_refusals_say_what_would_do() -> None:
    with pytest.raises(VisitRefused, match="needs priority Urgent or High; the ticket is Low"):
        check_callout(
            package("scheduled"), "low", us("2026-11-20 12:00"), onsite(), policy().priority_name
        )
    with pytest.raises(VisitRefused, match="they begin again Mon 23 Nov 2026 08:00"):
        check_callout(package("scheduled"), "urgent", us("2026-11-20 18:00"), onsite())
    with pytest.raises(VisitRefused, match=r"needs priority .*; the ticket is not triaged"):
        check_callout(package("scheduled"), None, us("2026-11-20 12:00"), onsite())


def callout(visit: int = 1, priority: str = "urgent") -> ev.CalledOut:
    return ev.CalledOut(
        id=100 + visit, at_us=us("2026-11-20 14:00"), visit=visit, priority=priority,
        interval=span("2026-11-20", "14:30", "16:30"), site=OAKFIELD, engineer=SAM,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "granted", "used"),
    [
        ("scheduled", 46, 1),
        ("scheduled-on-demand", 46, 1),
        ("full-managed", 0, 0),
        ("on-demand", 0, 0),
        ("on-demand", 12, 1),
    ],
)
def test_a_callout_uses_up_what_the_package_says(name: str, granted: int, used: int) -> None:
    ledger = Ledger(package(name), [ev.Granted(id=1, at_us=0, visits=granted)])
    ledger.apply(callout())
    assert ledger.balance.callouts == used
    assert ledger.balance.owed == granted - used
    assert ledger.visits[1].visit_kind == "callout"


def test_a_callout_that_is_called_off_gives_its_visit_back() -> None:
    ledger = Ledger(package("scheduled"), [ev.Granted(id=1, at_us=0, visits=2)])
    ledger.apply(callout())
    ledger.apply(ev.Cancelled(id=2, at_us=0, visit=1, by="customer", why="it works again"))
    assert (ledger.balance.callouts, ledger.balance.owed) == (0, 2)


def test_an_attended_callout_stays_in_the_line_of_callouts() -> None:
    ledger = Ledger(package("scheduled"), [ev.Granted(id=1, at_us=0, visits=2)])
    ledger.apply(callout())
    ledger.apply(ev.Arrived(id=2, at_us=us("2026-11-20 14:40"), visit=1))
    ledger.apply(ev.Departed(id=3, at_us=us("2026-11-20 16:00"), visit=1))
    assert (ledger.balance.callouts, ledger.balance.delivered) == (1, 0)
    assert ledger.visits[1].attended == span("2026-11-20", "14:40", "16:00")


def test_when_no_visit_is_left_a_callout_needs_one_freed_or_granted() -> None:
    ledger = Ledger(package("scheduled"), [ev.Granted(id=1, at_us=0, visits=0)])
    with pytest.raises(VisitRefused, match="none is left to use for a callout"):
        ledger.apply(callout())


def test_the_ledger_refuses_what_the_package_does_not_offer() -> None:
    with pytest.raises(VisitRefused, match="no emergency callouts"):
        Ledger(package("cloud")).apply(callout())
    with pytest.raises(VisitRefused, match="urgent and high only"):
        Ledger(package("full-managed")).apply(callout(priority="low"))
