"""Working days: a local date on which hours begin, and the same local time N of them on."""

from datetime import date, datetime, timedelta

import pytest

from deskterm.worktime import NeverReached, WorkingCalendar, WorktimeError
from tests.worktime.kit import ALWAYS, EVERY_DAY, NIGHTS, at, calendar, iso

OFFICE = calendar(holidays=["2026-12-25", "2026-12-28"])
NIGHT_DESK = calendar([["08:00", "01:00"]], tz="Europe/London")


def test_the_same_time_so_many_working_days_on() -> None:
    assert iso(OFFICE.add_days(at("2026-11-18T10:00+00:00"), 1)) == "2026-11-19T10:00+00:00"
    assert iso(OFFICE.add_days(at("2026-11-18T10:00+00:00"), 5)) == "2026-11-25T10:00+00:00"


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert iso(OFFICE.add_days(at("2026-12-24T10:00+00:00"), 2)) == "2026-12-30T10:00+00:00"


def test_no_days_on_is_the_start_itself() -> None:
    saturday = at("2026-11-21T10:00+00:00")
    assert OFFICE.add_days(saturday, 0) == saturday


def test_a_start_at_the_first_opening_ends_at_the_close_of_the_nth_day_that_day_counted() -> None:
    assert iso(OFFICE.add_days(at("2026-11-18T08:00+00:00"), 1)) == "2026-11-18T16:30+00:00"
    assert iso(OFFICE.add_days(at("2026-11-18T08:00+00:00"), 3)) == "2026-11-20T16:30+00:00"


def test_a_start_outside_the_hours_counts_from_the_next_opening() -> None:
    for closed in ("2026-11-20T16:30+00:00", "2026-11-21T11:00+00:00", "2026-11-23T07:00+00:00"):
        assert iso(OFFICE.add_days(at(closed), 1)) == "2026-11-23T16:30+00:00"
        assert iso(OFFICE.add_days(at(closed), 2)) == "2026-11-24T16:30+00:00"


def test_after_midnight_it_is_still_the_day_the_hours_began() -> None:
    saturday_half_past_midnight = at("2026-11-21T00:30+00:00")
    assert NIGHT_DESK.working_day_of(saturday_half_past_midnight) == date(2026, 11, 20)
    assert iso(NIGHT_DESK.add_days(saturday_half_past_midnight, 1)) == "2026-11-24T00:30+00:00"


def test_the_time_is_brought_inside_the_target_days_hours() -> None:
    short = calendar(overrides={"2026-11-19": [["10:00", "12:00"]]})
    assert iso(short.add_days(at("2026-11-18T15:00+00:00"), 1)) == "2026-11-19T12:00+00:00"
    # Before the target day's opening nothing of that day has been worked.
    assert iso(short.add_days(at("2026-11-18T09:00+00:00"), 1)) == "2026-11-18T16:30+00:00"


def test_the_target_day_is_neither_the_night_before_it_nor_the_day_after() -> None:
    desk = WorkingCalendar.from_dict(
        {
            "tz": "Europe/London",
            "weekly": {
                "thu": [["00:00", "04:00"]],
                "fri": [["22:00", "06:00"]],
                "sat": [["09:00", "12:00"]],
                "sun": [["00:00", "12:00"]],
            },
        }
    )
    # 02:00 on Saturday is within Friday's night, and before Saturday's own hours.
    assert iso(desk.add_days(at("2026-11-19T02:00+00:00"), 2)) == "2026-11-21T06:00+00:00"
    # 02:00 after Saturday is within Sunday's hours, and after Saturday's own.
    assert iso(desk.add_days(at("2026-11-21T02:00+00:00"), 1)) == "2026-11-21T12:00+00:00"


def test_a_time_in_the_gap_between_two_spans_is_the_closing_before_it() -> None:
    lunch = calendar(overrides={"2026-11-19": [["08:00", "12:00"], ["13:00", "16:30"]]})
    assert iso(lunch.add_days(at("2026-11-18T12:30+00:00"), 1)) == "2026-11-19T12:00+00:00"
    assert iso(lunch.add_days(at("2026-11-18T13:00+00:00"), 1)) == "2026-11-19T12:00+00:00"
    assert iso(lunch.add_days(at("2026-11-18T13:01+00:00"), 1)) == "2026-11-19T13:01+00:00"


def test_bought_hours_make_a_working_day() -> None:
    office = calendar(extra={"2026-11-21": [["09:00", "13:00"]]})
    assert iso(office.add_days(at("2026-11-20T10:00+00:00"), 1)) == "2026-11-21T10:00+00:00"
    assert iso(office.add_days(at("2026-11-20T15:00+00:00"), 1)) == "2026-11-21T13:00+00:00"


def test_a_date_whose_hours_are_all_cut_out_is_no_working_day() -> None:
    office = calendar(breaks=[["2026-11-19T00:00", "2026-11-20T00:00"]])
    assert iso(office.add_days(at("2026-11-18T10:00+00:00"), 1)) == "2026-11-20T10:00+00:00"


def test_where_two_days_overlap_it_is_the_later() -> None:
    office = calendar([["08:00", "10:00"]], EVERY_DAY)
    assert office.working_day_of(at("2026-11-20T09:00+00:00")) == date(2026, 11, 20)
    long = calendar([["20:00", "10:00"], ["08:00", "12:00"]], EVERY_DAY)
    assert long.working_day_of(at("2026-11-20T07:59+00:00")) == date(2026, 11, 19)
    assert long.working_day_of(at("2026-11-20T08:00+00:00")) == date(2026, 11, 20)
    assert iso(long.add_days(at("2026-11-20T09:00+00:00"), 1)) == "2026-11-21T09:00+00:00"
    assert iso(long.add_days(at("2026-11-20T07:00+00:00"), 1)) == "2026-11-21T07:00+00:00"


def test_a_desk_that_never_closes_counts_dates() -> None:
    always = calendar(ALWAYS, EVERY_DAY)
    assert iso(always.add_days(at("2026-11-20T10:00+00:00"), 3)) == "2026-11-23T10:00+00:00"
    # Midnight is where one day's hours end and the next one's begin: the same instant.
    assert iso(always.add_days(at("2026-11-20T00:00+00:00"), 3)) == "2026-11-23T00:00+00:00"
    assert always.working_day_of(at("2026-11-20T00:00+00:00")) == date(2026, 11, 20)


@pytest.mark.parametrize("n", [-1, -100])
def test_working_days_are_not_taken_away(n: int) -> None:
    with pytest.raises(WorktimeError, match="only be added"):
        OFFICE.add_days(at("2026-11-18T10:00+00:00"), n)
    with pytest.raises(TypeError):
        OFFICE.add_days(at("2026-11-18T10:00+00:00"), 1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "close"),
    [
        ("2026-11-18T10:00+00:00", "2026-11-19T16:30+00:00"),
        ("2026-11-18T00:00+00:00", "2026-11-19T16:30+00:00"),
        ("2026-11-20T23:59+00:00", "2026-11-23T16:30+00:00"),
        ("2026-11-21T12:00+00:00", "2026-11-23T16:30+00:00"),
        ("2026-12-24T12:00+00:00", "2026-12-29T16:30+00:00"),
    ],
)
def test_the_next_business_day_is_its_close(start: str, close: str) -> None:
    assert iso(OFFICE.next_business_day(at(start))) == close


def test_the_next_business_day_goes_by_the_local_date_and_not_by_the_hours() -> None:
    saturday_half_past_midnight = at("2026-11-21T00:30+00:00")
    assert iso(NIGHT_DESK.next_business_day(saturday_half_past_midnight)) == (
        "2026-11-24T01:00+00:00"
    )
    new_york = calendar(tz="America/New_York")
    assert iso(new_york.next_business_day(at("2026-11-19T03:00+00:00"))) == (
        "2026-11-19T16:30-05:00"
    )


def test_working_days_between_two_dates() -> None:
    night = calendar(NIGHTS, ["fri", "sat"], holidays=["2026-11-21"])
    assert [
        (str(day), iso(opens), iso(closes))
        for day, opens, closes in night.working_days(date(2026, 11, 20), date(2026, 11, 27))
    ] == [
        ("2026-11-20", "2026-11-20T22:00+00:00", "2026-11-21T06:00+00:00"),
        ("2026-11-27", "2026-11-27T22:00+00:00", "2026-11-28T06:00+00:00"),
    ]
    assert list(night.working_days(date(2026, 11, 27), date(2026, 11, 20))) == []
    turn_of_year = OFFICE.working_days(date(2026, 12, 30), date(2027, 1, 4))
    assert [day.day for day, _, _ in turn_of_year] == [30, 31, 1, 4]


def test_too_few_working_days_are_said_to_be_too_few() -> None:
    once = WorkingCalendar.from_dict(
        {"tz": "Europe/London", "extra": {"2026-11-28": [["09:00", "13:00"]]}}
    )
    start = at("2026-11-28T10:00+00:00")
    with pytest.raises(NeverReached, match="fewer than 1 working days after 2026-11-28"):
        once.add_days(start, 1)
    with pytest.raises(NeverReached):
        once.next_business_day(start)
    with pytest.raises(NeverReached):
        once.add_days(start + timedelta(days=1), 1)
    with pytest.raises(NeverReached):
        OFFICE.add_days(start, 10**12)


def test_the_close_of_a_day_is_no_part_of_it() -> None:
    assert OFFICE.working_day_of(at("2026-11-20T16:30+00:00")) is None
    last = at("2026-11-20T16:30+00:00") - timedelta(microseconds=1)
    assert OFFICE.working_day_of(last) == date(2026, 11, 20)
    assert isinstance(OFFICE.add_days(last, 1), datetime)
