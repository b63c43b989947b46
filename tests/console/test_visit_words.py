"""What the planner says above what it shows."""

from __future__ import annotations

from datetime import date

import pytest

from deskterm.visits.wallclock import week_to_plan


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 20), date(2026, 11, 16)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
    ],
)
def test_at_a_weekend_it_is_the_next_week_that_is_planned(today: date, monday: date) -> None:
    assert week_to_plan(today) == monday
