"""On pace, behind, or too many to deliver: from the first day on which it is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from deskterm.visits.balance import Balance
from deskterm.visits.bookable import Situation
from deskterm.visits.pace import expected, pace, visit_days
from deskterm.visits.roster import Engineer, Roster
from deskterm.visits.window import Window
from tests.visits.world import SAM, away, engineers, situation, us


def on(asked: Situation, day: date) -> Situation:
    return replace(asked, now_us=us(f"{day.isoformat()} 06:00"))


def test_at_the_start_with_room_for_all_it_is_on_pace() -> None:
    found = pace(situation(now="2026-09-01 08:00"), Balance(granted=46, owed=46))
    assert (found.verdict, found.words) == ("on_pace", "on pace")
    assert found.weeks == 40


def test_what_is_booked_ahead_counts_as_kept_up_with() -> None:
    asked = situation(now="2027-01-20 08:00")
    behind = pace(asked, Balance(granted=38, delivered=10, booked=2, owed=26))
    assert behind.words == f"behind by {expected(asked, 38) - 12}"
    assert pace(asked, Balance(granted=38, delivered=10, booked=20, owed=8)).words == "on pace"


def test_all_delivered_or_booked_needs_nothing_more() -> None:
    asked = situation(now="2027-07-19 17:00")
    assert pace(asked, Balance(granted=3, delivered=1, booked=2)).words == "all delivered or booked"


@pytest.mark.parametrize("name", ["cloud", "full-managed"])
def test_packages_without_visits_have_none_to_deliver(name: str) -> None:
    assert pace(situation(name), Balance(granted=5, owed=5)).words == "no visits to deliver"


def test_without_a_number_granted_there_is_nothing_to_deliver() -> None:
    assert pace(situation("on-demand"), Balance()).verdict == "no_visits"


def test_without_a_window_nothing_is_late() -> None:
    assert pace(situation(window=None), Balance(granted=5, owed=5)).words == "on pace"


def test_too_many_is_said_on_the_first_day_it_is_true_and_not_before() -> None:
    """Twelve visits, two slots a day: a fortnight holds twenty, and each day gone takes two."""
    window = Window(date(2026, 11, 2), date(2026, 11, 13))
    asked = situation(window=window, now="2026-11-02 06:00")
    balance = Balance(granted=12, owed=12)
    words = [pace(on(asked, window.first + timedelta(days=n)), balance).words for n in range(9)]
    assert words == [
        "on pace",
        "behind by 1",
        "behind by 2",
        "behind by 3",
        "behind by 4",
        "cannot be delivered: 2 too many",
        "cannot be delivered: 2 too many",
        "cannot be delivered: 2 too many",
        "cannot be delivered: 4 too many",
    ]


def test_it_is_true_at_once_when_leave_takes_the_days_away() -> None:
    window = Window(date(2026, 11, 2), date(2026, 11, 13))
    asked = situation(window=window, now="2026-11-02 06:00", roster=Roster(engineers()[:1]))
    balance = Balance(granted=12, owed=12)
    assert pace(asked, balance).verdict == "on_pace"
    leave = Engineer(SAM, "Sam", None, away("leave", "2026-11-09", "2026-11-13"))
    assert pace(replace(asked, roster=Roster([leave])), balance).words == (
        "cannot be delivered: 2 too many"
    )


def test_the_days_of_visits_are_those_the_agreement_allows() -> None:
    days = visit_days(situation())
    assert date(2026, 11, 25) not in days
    assert date(2026, 12, 24) not in days
    assert date(2026, 11, 24) in days
    assert visit_days(situation(window=None)) == ()
    every_weekday = visit_days(situation("on-demand"))
    assert date(2026, 11, 25) in every_weekday
    assert date(2026, 12, 24) not in every_weekday
