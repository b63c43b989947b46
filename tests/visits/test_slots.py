"""Slots are promises of the clock on the wall, also when the clocks change."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.policy import Package, Slot
from deskterm.visits.errors import VisitRefused
from deskterm.visits.interval import MINUTE_US
from deskterm.visits.slots import find_slot, free_time, free_times, slot_time, slots_on
from deskterm.visits.wallclock import instant_us, local_time, minute_of_day
from tests.visits.world import ROOT, ZONE, package, slot, span, us

#: Sundays on which the clocks change in the customer's zone.
CLOCK_CHANGES = [
    date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30), date(2025, 10, 26),
    date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31),
    date(2028, 3, 26), date(2028, 10, 29), date(2029, 3, 25), date(2029, 10, 28),
    date(2030, 3, 31), date(2030, 10, 27),
]  # fmt: skip

PRINTED = {
    "scheduled-on-demand": ["08:30–10:30", "11:00–13:00", "14:30–16:00"],
    "scheduled": ["08:30–11:30", "12:30–15:30"],
    "cloud": [],
    "full-managed": [],
    "on-demand": [],
}

#: Prints every slot of both grids from 2024 to 2030 as instants.
ALL_SLOTS = """
from datetime import date, timedelta
from deskterm.visits.slots import slots_on
from tests.visits.world import package
day = date(2024, 1, 1)
while day.year < 2031:
    for name in ("scheduled-on-demand", "scheduled"):
        for time in slots_on(package(name), day, "Europe/London"):
            print(day, time.id, time.interval.start_us, time.interval.end_us)
    day += timedelta(days=1)
"""


@pytest.mark.parametrize("name", PRINTED)
def test_a_package_has_the_slots_its_agreement_prints(name: str) -> None:
    times = slots_on(package(name), date(2026, 11, 23), ZONE)
    assert [time.words().split()[-1] for time in times] == PRINTED[name]


@pytest.fixture(scope="module")
def instants() -> str:
    """Every slot of seven years, on a host in the customer's zone."""
    return all_slots(ZONE)


def all_slots(host_zone: str) -> str:
    environment = {**os.environ, "TZ": host_zone, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ALL_SLOTS],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("host_zone", ["UTC", "America/New_York", "Pacific/Apia"])
def test_the_zone_of_the_host_changes_nothing(instants: str, host_zone: str) -> None:
    assert all_slots(host_zone) == instants


def test_slots_show_their_printed_times_on_both_sides_of_every_clock_change() -> None:
    london = ZoneInfo(ZONE)
    offsets = set()
    for sunday in CLOCK_CHANGES:
        before, after = sunday - timedelta(days=2), sunday + timedelta(days=1)
        for name in ("scheduled-on-demand", "scheduled"):
            for printed in package(name).slots:
                times = [slot_time(printed, day, ZONE).interval for day in (before, after)]
                for interval in times:
                    start = local_time(interval.start_us, ZONE)
                    end = local_time(interval.end_us, ZONE)
                    assert (f"{start:%H:%M}", f"{end:%H:%M}") == (printed.start, printed.end)
                    offsets.add(start.astimezone(london).utcoffset())
                # Three days on the wall are an hour more or less as time passes.
                assert abs(times[1].start_us - times[0].start_us - 72 * 60 * MINUTE_US) == (
                    60 * MINUTE_US
                )
    assert offsets == {timedelta(0), timedelta(hours=1)}


def test_a_time_the_clocks_skip_moves_forward_and_one_that_comes_twice_is_the_first() -> None:
    night = Slot("night", "Night", "01:30", "03:00")
    spring = slot_time(night, date(2026, 3, 29), ZONE).interval
    assert spring.start_us == instant_us(date(2026, 3, 29), 150, ZONE)
    assert f"{local_time(spring.start_us, ZONE):%H:%M %Z}" == "02:30 BST"
    autumn = slot_time(night, date(2026, 10, 25), ZONE).interval
    assert f"{local_time(autumn.start_us, ZONE):%H:%M %Z}" == "01:30 BST"
    assert f"{local_time(autumn.end_us, ZONE):%H:%M %Z}" == "03:00 GMT"


def test_a_slot_that_ends_at_or_before_its_start_ends_on_the_next_day() -> None:
    late = slot_time(Slot("late", "Late", "22:00", "02:00"), date(2026, 11, 23), ZONE)
    assert late.interval.end_us == us("2026-11-24 02:00")
    assert late.date == date(2026, 11, 23)


def test_a_slot_is_found_by_id_or_name_and_a_wrong_one_is_told_what_there_is() -> None:
    assert slot("scheduled", "PM", "2026-11-23").interval == span("2026-11-23", "12:30", "15:30")
    with pytest.raises(VisitRefused, match=r"no slot “lunch”; it has am \(08:30–11:30\), pm"):
        slot("scheduled", "lunch", "2026-11-23")
    with pytest.raises(VisitRefused, match="On-Demand Support has no slots"):
        slot("on-demand", "am", "2026-11-23")


def test_a_free_visit_has_a_length_the_package_offers() -> None:
    day = date(2026, 11, 23)
    made = free_time(package("on-demand"), day, "9:15", 120, ZONE)
    assert made.interval == span("2026-11-23", "09:15", "11:15")
    assert made.is_free
    with pytest.raises(VisitRefused, match="choose from 60, 120, 180"):
        free_time(package("on-demand"), day, "09:15", 45, ZONE)
    with pytest.raises(VisitRefused, match="15 to 600 minutes, not 5"):
        free_time(Package("any", "Any", onsite="free"), day, "09:15", 5, ZONE)
    with pytest.raises(VisitRefused, match="write it as 08:30"):
        free_time(package("on-demand"), day, "quarter past nine", 60, ZONE)


def test_free_times_fill_an_opening_without_running_over_its_end() -> None:
    times = list(free_times(span("2026-11-23", "08:00", "10:00"), 60, 30, ZONE))
    assert [time.interval for time in times] == [
        span("2026-11-23", "08:00", "09:00"),
        span("2026-11-23", "08:30", "09:30"),
        span("2026-11-23", "09:00", "10:00"),
    ]


@pytest.mark.parametrize("wrong", ["24:01", "8.30", "25:00", "", "12:60"])
def test_what_is_no_time_of_day_is_refused(wrong: str) -> None:
    with pytest.raises(VisitRefused):
        minute_of_day(wrong)


def test_slots_of_a_day_keep_the_printed_order() -> None:
    assert [
        time.id for time in slots_on(package("scheduled-on-demand"), date(2026, 11, 23), ZONE)
    ] == [
        "am",
        "lunch",
        "pm",
    ]
    assert find_slot(package("scheduled"), "am", date(2026, 11, 23), ZONE).zone == ZONE
