"""A ticket's next fitting visits, late ones said to be so, and the booked time it lacks."""

from __future__ import annotations

from deskterm.visits.interval import MINUTE_US
from deskterm.visits.roster import Roster
from deskterm.visits.ticketslots import late_warning, missing_booked_us, next_fitting
from tests.visits.world import (
    KIM,
    MARLOW,
    SAM,
    engineers,
    free,
    onsite,
    promise,
    situation,
    slot,
    span,
    us,
)

HOUR_US = 60 * MINUTE_US


def test_the_next_three_slots_and_which_end_after_the_fix_is_due() -> None:
    found = next_fitting(situation(), us("2026-11-23 15:30"))
    assert [each.offer.time.words() for each in found] == [
        "Mon 23 Nov 2026, AM 08:30–11:30",
        "Mon 23 Nov 2026, PM 12:30–15:30",
        "Tue 24 Nov 2026, AM 08:30–11:30",
    ]
    assert [each.warning for each in found] == [
        "", "", "ends after the fix is due, Mon 23 Nov 2026 15:30",
    ]  # fmt: skip


def test_what_is_taken_is_passed_over() -> None:
    busy = [
        promise(1, "2026-11-23", "08:30", "11:30", SAM, MARLOW),
        promise(2, "2026-11-23", "08:30", "11:30", KIM, MARLOW),
    ]
    asked = situation(roster=Roster(engineers()[:2], busy, 30))
    assert next_fitting(asked, count=1)[0].offer.time == slot("scheduled", "pm", "2026-11-23")


def test_on_demand_visits_are_offered_at_free_times_from_the_next_quarter_hour() -> None:
    found = next_fitting(situation("on-demand"), minutes=120)
    assert [each.offer.time.interval for each in found] == [
        span("2026-11-20", "14:30", "16:30"),
        span("2026-11-20", "14:45", "16:45"),
        span("2026-11-20", "15:00", "17:00"),
    ]


def test_a_package_with_both_offers_slots_unless_told_otherwise() -> None:
    asked = situation("scheduled-on-demand")
    assert next_fitting(asked)[0].offer.time.name == "PM"
    assert next_fitting(asked, scheduled=False)[0].offer.time.is_free


def test_without_a_window_only_some_weeks_are_looked_at() -> None:
    nobody = situation(window=None, roster=Roster(()))
    assert next_fitting(nobody) == ()
    assert len(next_fitting(situation(window=None))) == 3
    assert next_fitting(situation("cloud")) == ()


def test_after_the_window_there_is_no_time_left() -> None:
    assert next_fitting(situation(now="2027-07-20 08:00")) == ()
    assert next_fitting(situation("on-demand", now="2027-07-20 08:00")) == ()


def test_ending_when_the_fix_is_due_is_soon_enough() -> None:
    time = free("2026-11-23", "10:00", 60)
    assert late_warning(time, us("2026-11-23 11:00")) == ""
    assert late_warning(time, us("2026-11-23 10:59")) != ""
    assert late_warning(time, None) == ""


def test_without_a_visit_all_the_promised_time_is_missing() -> None:
    assert missing_booked_us(4 * HOUR_US, us("2026-11-20 14:00"), (), onsite()) == 4 * HOUR_US


def test_booked_time_inside_onsite_hours_after_the_ticket_counts() -> None:
    opened_us = us("2026-11-20 14:00")
    before = span("2026-11-20", "08:30", "11:30")
    half = span("2026-11-20", "13:00", "15:00")
    evening = span("2026-11-20", "17:30", "19:00")
    counted = [before, half, evening]
    assert missing_booked_us(4 * HOUR_US, opened_us, counted, onsite()) == 150 * MINUTE_US
    twice = [*counted, span("2026-11-20", "14:00", "15:00")]
    assert missing_booked_us(4 * HOUR_US, opened_us, twice, onsite()) == 150 * MINUTE_US
    enough = [*counted, span("2026-11-23", "08:30", "11:30")]
    assert missing_booked_us(4 * HOUR_US, opened_us, enough, onsite()) == 0
