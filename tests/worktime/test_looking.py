"""Is it open, what changes next, and which spans are open: half open, clipped, in the zone."""

from datetime import date, timedelta

import pytest

from deskterm.worktime import Closure, WorkingCalendar
from tests.worktime.kit import ALWAYS, EVERY_DAY, at, calendar, iso, spans

OFFICE = calendar()
MICROSECOND = timedelta(microseconds=1)


def test_it_is_open_from_the_opening_until_just_before_the_closing() -> None:
    opening, closing = at("2026-11-20T08:00+00:00"), at("2026-11-20T16:30+00:00")
    assert not OFFICE.is_open(opening - MICROSECOND)
    assert OFFICE.is_open(opening)
    assert OFFICE.is_open(closing - MICROSECOND)
    assert not OFFICE.is_open(closing)


def test_the_next_change_is_after_the_instant() -> None:
    opening, closing = at("2026-11-20T08:00+00:00"), at("2026-11-20T16:30+00:00")
    assert OFFICE.next_change(opening - MICROSECOND) == opening
    assert OFFICE.next_change(opening) == closing
    assert iso(OFFICE.next_change(closing)) == "2026-11-23T08:00+00:00"


def test_the_turn_of_a_year_within_a_nights_hours_is_no_change() -> None:
    night = calendar([["22:00", "06:00"]], EVERY_DAY)
    assert iso(night.next_change(at("2026-12-31T23:00+00:00"))) == "2027-01-01T06:00+00:00"
    assert spans(night, "2026-12-31T22:00+00:00", "2027-01-01T06:00+00:00") == [
        ("2026-12-31T22:00+00:00", "2027-01-01T06:00+00:00")
    ]


def test_a_change_at_the_very_turn_of_a_year_is_one() -> None:
    until_midnight = calendar([["12:00", "24:00"]], EVERY_DAY)
    assert iso(until_midnight.next_change(at("2026-12-31T23:00+00:00"))) == "2027-01-01T00:00+00:00"
    from_midnight = calendar([["00:00", "12:00"]], EVERY_DAY)
    assert iso(from_midnight.next_change(at("2026-12-31T23:00+00:00"))) == "2027-01-01T00:00+00:00"


def test_nothing_changes_on_a_desk_that_never_closes() -> None:
    assert calendar(ALWAYS, EVERY_DAY).next_change(at("2026-11-20T08:00+00:00")) is None


def test_a_holiday_years_away_is_the_next_change_of_a_desk_that_else_never_closes() -> None:
    always = calendar(ALWAYS, EVERY_DAY, holidays=["2040-06-01"])
    assert iso(always.next_change(at("2026-11-20T08:00+00:00"))) == "2040-06-01T00:00+01:00"
    assert iso(always.next_change(at("2040-06-01T08:00+01:00"))) == "2040-06-02T00:00+01:00"
    assert always.next_change(at("2040-06-02T00:00+01:00")) is None


def test_nothing_changes_once_the_hours_have_ended() -> None:
    extra = {"2026-11-28": [["09:00", "13:00"]]}
    once = WorkingCalendar.from_dict({"tz": "Europe/London", "extra": extra})
    assert iso(once.next_change(at("2026-01-01T00:00+00:00"))) == "2026-11-28T09:00+00:00"
    assert iso(once.next_change(at("2026-11-28T09:00+00:00"))) == "2026-11-28T13:00+00:00"
    assert once.next_change(at("2026-11-28T13:00+00:00")) is None


def test_spans_are_clipped() -> None:
    assert spans(OFFICE, "2026-11-20T10:00-05:00", "2026-11-23T08:15+00:00") == [
        ("2026-11-20T15:00+00:00", "2026-11-20T16:30+00:00"),
        ("2026-11-23T08:00+00:00", "2026-11-23T08:15+00:00"),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-20T16:30+00:00", "2026-11-23T08:00+00:00"),
        ("2026-11-20T10:00+00:00", "2026-11-20T10:00+00:00"),
        ("2026-11-20T12:00+00:00", "2026-11-20T10:00+00:00"),
    ],
)
def test_there_are_no_empty_spans(start: str, end: str) -> None:
    assert spans(OFFICE, start, end) == []


def test_holidays_have_names_where_they_were_given() -> None:
    named = calendar(holidays={"2026-12-25": "Christmas Day"})
    listed = calendar(holidays=["2026-12-25"])
    assert named.holiday_name(date(2026, 12, 25)) == "Christmas Day"
    assert listed.holiday_name(date(2026, 12, 25)) == ""
    assert named.holiday_name(date(2026, 12, 24)) is None


def test_a_closure_says_why_a_date_has_no_hours() -> None:
    office = calendar(
        holidays={"2026-12-25": "Christmas Day", "2026-12-26": "Boxing Day"},
        shutdowns=[
            ["2026-12-24", "2027-01-03", "Christmas shutdown"],
            ["2027-05-01", "2027-05-01"],
        ],
        overrides={"2026-12-28": [["09:00", "10:00"]], "2026-11-20": []},
        extra={"2026-12-29": [["09:00", "10:00"]]},
    )
    shutdown = (date(2026, 12, 24), date(2027, 1, 3))
    assert office.closure(date(2026, 12, 24)) == Closure(
        "shutdown", "Christmas shutdown", *shutdown
    )
    assert office.closure(date(2026, 12, 25)) == Closure(
        "holiday", "Christmas Day", date(2026, 12, 25), date(2026, 12, 25)
    )
    boxing_day = office.closure(date(2026, 12, 26))
    assert boxing_day is not None
    assert boxing_day.name == "Boxing Day"
    unnamed = office.closure(date(2027, 5, 1))
    assert unnamed is not None
    assert (unnamed.kind, unnamed.name) == ("shutdown", "")
    for open_or_merely_shut in (
        date(2026, 12, 28),
        date(2026, 12, 29),
        date(2026, 11, 20),
        date(2026, 11, 21),
        date(2026, 11, 23),
    ):
        assert office.closure(open_or_merely_shut) is None
