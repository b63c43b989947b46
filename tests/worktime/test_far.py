"""Questions far away: years are added as asked for, and the ends of all datetimes are clear."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from deskterm.worktime import NeverReached, OutOfRange, WorkingCalendar, WorktimeError
from tests.worktime.kit import ALWAYS, EVERY_DAY, WEEKDAYS, at, calendar, hours, iso

OFFICE: dict[str, Any] = {
    "tz": "Europe/London",
    "weekly": {day: [["08:00", "16:30"], ["22:00", "01:00"]] for day in WEEKDAYS},
    "holidays": ["2026-12-25", "2031-01-01"],
    "extra": {"2044-02-27": [["09:00", "13:00"]]},
}
YEARS = [1, 1500, 1799, 1801, 1850, 2020, 2026, 2027, 2045, 2099, 2101, 2103, 2900, 9999]


def new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def office() -> WorkingCalendar:
    return WorkingCalendar.from_dict(OFFICE)


def test_far_answers_do_not_depend_on_what_was_asked_before() -> None:
    asked_upwards, asked_downwards = office(), office()
    for year in YEARS[1:-1]:
        asked_upwards.is_open(new_year(year))
    for year in reversed(YEARS[1:-1]):
        asked_downwards.is_open(new_year(year))
    for earlier, later in pairwise(YEARS):
        worked = asked_upwards.between(new_year(earlier), new_year(later))
        assert worked == asked_downwards.between(new_year(earlier), new_year(later))
        assert worked == office().between(new_year(earlier), new_year(later))


def test_a_far_stretch_is_the_sum_of_its_years() -> None:
    for first, last in [(1795, 1810), (2090, 2120), (2500, 2530)]:
        alone = office()
        years = [alone.between(new_year(year), new_year(year + 1)) for year in range(first, last)]
        assert office().between(new_year(first), new_year(last)) == sum(years, timedelta())


def test_a_year_in_which_a_zone_skips_a_date_is_not_taken_for_one_like_it() -> None:
    apia = calendar(tz="Pacific/Apia")
    spans = apia.spans(new_year(2005), new_year(2050))
    counted = sum((closes - opens for opens, closes in spans), timedelta())
    asked_from_far = calendar(tz="Pacific/Apia")
    asked_from_far.is_open(new_year(2050))
    assert asked_from_far.between(new_year(2005), new_year(2050)) == counted


def test_a_year_without_dates_of_its_own_is_the_sum_of_its_spans() -> None:
    for year in (1700, 2150, 2151, 2152, 2400):
        cal = office()
        cal.is_open(new_year(2026))
        spans = cal.spans(new_year(year), new_year(year + 1))
        counted = sum((closes - opens for opens, closes in spans), timedelta())
        assert cal.between(new_year(year), new_year(year + 1)) == counted


def test_adding_reaches_over_centuries_and_back() -> None:
    cal, start = office(), at("2026-11-20T10:00+00:00")
    for years in (1, 30, 300, 3000):
        far = cal.add(start, timedelta(days=70 * years))
        assert cal.between(start, far) == timedelta(days=70 * years)
        assert cal.add(far, -timedelta(days=70 * years)) == start
    long_ago = cal.add(start, -timedelta(days=70 * 1000))
    assert cal.between(long_ago, start) == timedelta(days=70 * 1000)


def test_growing_backwards_keeps_positions() -> None:
    axis = office().axis
    now = 1_795_000_000_000_000
    position = axis.position(now)
    for years in (1, 5, 40, 400):
        earlier = now - years * 31_557_600_000_000
        assert axis.position(earlier) < position
        assert axis.position(now) == position
        assert (
            axis.earliest(axis.position(earlier)) <= earlier <= axis.latest(axis.position(earlier))
        )


def test_an_absurd_amount_is_refused_at_once() -> None:
    for cal in (calendar(), calendar(ALWAYS, EVERY_DAY)):
        for amount in (timedelta.max, timedelta.min, timedelta(days=4_000_000)):
            with pytest.raises(NeverReached, match="The calendar's hours"):
                cal.add(at("2026-11-20T10:00+00:00"), amount)


def test_hours_that_end_in_the_year_after_the_last_or_begin_in_the_year_before_the_first() -> None:
    night = WorkingCalendar.from_dict(
        {"tz": "Europe/London", "extra": {"2026-12-31": [["22:00", "06:00"]]}}
    )
    assert iso(night.add(at("2026-12-31T23:00+00:00"), hours(3))) == "2027-01-01T02:00+00:00"
    early = WorkingCalendar.from_dict(
        {"tz": "Pacific/Kiritimati", "extra": {"2027-01-01": [["06:00", "16:00"]]}}
    )
    assert iso(early.add(at("2027-01-01T15:00+14:00"), -hours(3))) == "2027-01-01T12:00+14:00"
    assert iso(early.next_change(at("2025-06-01T00:00+14:00"))) == "2027-01-01T06:00+14:00"


def test_a_shutdown_without_end_ends_the_hours() -> None:
    cal = calendar(shutdowns=[["2027-01-01", "9999-12-31"]])
    start = at("2026-12-31T16:00+00:00")
    assert iso(cal.add(start, hours(0.5))) == "2026-12-31T16:30+00:00"
    with pytest.raises(NeverReached):
        cal.add(start, hours(1))
    with pytest.raises(NeverReached):
        cal.add_days(start, 1)
    assert cal.next_change(at("2026-12-31T16:30+00:00")) is None


@pytest.mark.parametrize("tz", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"])
def test_the_first_and_the_last_year(tz: str) -> None:
    always = calendar(ALWAYS, EVERY_DAY, tz=tz)
    first = datetime(1, 1, 2, tzinfo=UTC)
    last = datetime(9999, 12, 30, tzinfo=UTC)
    for at_the_edge in (first, last):
        assert always.is_open(at_the_edge)
        assert always.between(at_the_edge - hours(1), at_the_edge) == hours(1)
    assert always.next_change(last) is None
    assert always.between(first, last) == last - first
    assert len(list(always.working_days(date(9999, 12, 1), date(9999, 12, 30)))) == 30
    assert len(list(always.working_days(date(1, 1, 2), date(1, 1, 31)))) == 30


def test_beyond_all_datetimes_is_a_clear_error() -> None:
    always = calendar(ALWAYS, EVERY_DAY, tz="Pacific/Kiritimati")
    last = datetime.max.replace(tzinfo=UTC)
    questions: list[Callable[[], object]] = [
        lambda: always.add(last, timedelta(0)),
        lambda: always.add_days(last, 1),
        lambda: always.next_business_day(last),
        lambda: always.working_day_of(last),
        lambda: always.add(last, hours(1)),
        lambda: always.is_open(datetime.min.replace(tzinfo=timezone(hours(14)))),
        lambda: always.is_open(datetime.max.replace(tzinfo=timezone(-hours(12)))),
        lambda: always.between(datetime.min.replace(tzinfo=timezone(hours(14))), last),
        lambda: calendar(tz="America/New_York").add(datetime.min.replace(tzinfo=UTC), timedelta(0)),
    ]
    for ask in questions:
        with pytest.raises((OutOfRange, NeverReached)) as refused:
            ask()
        assert isinstance(refused.value, WorktimeError)
    with pytest.raises(OutOfRange, match="outside the years 1 to 9999"):
        always.add(last, timedelta(0))
