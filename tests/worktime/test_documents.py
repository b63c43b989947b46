"""A calendar's document: what is accepted, what is refused and how, and the way back."""

import copy
import pickle
from datetime import date, datetime, time, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from deskterm.worktime import CalendarError, WorkingCalendar
from tests.worktime.calendars import calendars
from tests.worktime.kit import at, hours, spans

FULL: dict[str, Any] = {
    "tz": "Europe/London",
    "weekly": {"mon": [["08:00", "12:00"], ["13:00", "24:00"]], "fri": [["22:00", "06:00"]]},
    "holidays": {"2026-12-25": "Christmas Day", "2026-12-28": ""},
    "shutdowns": [["2026-12-24", "2027-01-03", "Christmas"], ["2027-08-02", "2027-08-06"]],
    "overrides": {"2026-12-23": [["08:00", "12:00"]], "2026-11-09": []},
    "extra": {"2026-11-28": [["09:00", "13:00"], ["14:00", "15:00:30.000001"]]},
    "weekly_extra": [
        {"day": "sat", "from": "09:00", "to": "13:00", "first": "2026-11-01"},
        {"day": "sun", "from": "23:00", "to": "01:00", "first": "2026-11-01", "last": "2027-03-31"},
    ],
    "breaks": [["2026-11-20T13:00", "2026-11-20T14:30"], ["2026-11-21T13:00", "2026-11-21T24:00"]],
}


def test_a_document_comes_back_as_it_was() -> None:
    assert WorkingCalendar.from_dict(FULL).to_dict() == FULL


def test_missing_keys_mean_none() -> None:
    small = {"tz": "Europe/London", "weekly": {"mon": [["08:00", "16:30"]]}}
    assert WorkingCalendar.from_dict(small).to_dict() == small
    empty: dict[str, Any] = {
        "holidays": [],
        "shutdowns": [],
        "overrides": {},
        "extra": {},
        "breaks": [],
    }
    assert WorkingCalendar.from_dict(small | empty) == WorkingCalendar.from_dict(small)


@given(calendars())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_document_makes_the_same_calendar_again(made: tuple[dict[str, Any], date]) -> None:
    try:
        cal = WorkingCalendar.from_dict(made[0])
    except CalendarError:
        return
    again = WorkingCalendar.from_dict(cal.to_dict())
    assert again == cal
    assert hash(again) == hash(cal)
    assert again.to_dict() == cal.to_dict()
    week = ("2026-03-20T00:00+00:00", "2026-04-10T00:00+00:00")
    assert spans(again, *week) == spans(cal, *week)


def test_a_calendar_can_be_copied_and_sent_elsewhere() -> None:
    cal = WorkingCalendar.from_dict(FULL)
    assert pickle.loads(pickle.dumps(cal)) == cal
    assert copy.deepcopy(cal) == cal
    assert cal != WorkingCalendar.from_dict(FULL | {"tz": "Europe/Dublin"})
    assert cal != "a calendar"
    assert cal.tz == "Europe/London"
    assert repr(cal).startswith("WorkingCalendar.from_dict({'tz': 'Europe/London', 'weekly':")


def test_what_is_given_is_not_kept_hold_of() -> None:
    given = copy.deepcopy(FULL)
    cal = WorkingCalendar.from_dict(given)
    given["weekly"]["mon"].clear()
    cal.to_dict()["weekly"].clear()
    assert cal.to_dict() == FULL


def test_dates_and_times_may_be_given_as_such() -> None:
    monday = date(2026, 11, 23)
    cal = WorkingCalendar.from_dict(
        {
            "tz": "Europe/London",
            "weekly": {"tue": ((time(8), time(16, 30)),)},
            "holidays": {date(2026, 12, 22): "Closed"},
            "shutdowns": ((monday, date(2026, 11, 24)),),
            "overrides": {monday: ((time(9), time(12)),)},
            "breaks": ((datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 11)),),  # noqa: DTZ001
        }
    )
    assert cal.between(at("2026-11-23T00:00+00:00"), at("2026-11-25T00:00+00:00")) == hours(2)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"tz": None}, "tz: found nothing, expected the name of a time zone"),
    ({"tz": "Europe/Londn"}, "tz: found 'Europe/Londn', expected the name of a time zone"),
    ({"tz": "Europe"}, "tz: found 'Europe', expected"),
    ({"tz": "../etc/passwd"}, "tz: found '../etc/passwd', expected"),
    ({"tz": ""}, "tz: found '', expected"),
    ({"tz": 1}, "tz: found 1, expected"),
    ({"weekly": [1]}, "weekly: found [1], expected a table with the keys mon, tue"),
    ({"weekly": {"monday": []}}, "weekly.monday: found 'monday', expected \"mon\": this key is"),
    ({"weekly": {"x": []}}, "weekly.x: found 'x', expected one of mon, tue, wed"),
    ({"weekly": {"mon": "08:00-16:30"}}, "weekly.mon: found '08:00-16:30', expected a list of"),
    ({"weekly": {"mon": ["08:00", "16:30"]}}, "weekly.mon[0]: found '08:00', expected a pair"),
    ({"weekly": {"mon": [["08:00"]]}}, "weekly.mon[0]: found ['08:00'], expected a pair"),
    ({"weekly": {"mon": [["8:00", "16:30"]]}}, "weekly.mon[0][0]: found '8:00', expected a time"),
    ({"weekly": {"mon": [["24:00", "16:30"]]}}, "weekly.mon[0][0]: found '24:00', expected a"),
    ({"weekly": {"mon": [["08:00", "24:01"]]}}, "weekly.mon[0][1]: found '24:01', expected a"),
    ({"weekly": {"mon": [[8, 16.5]]}}, "weekly.mon[0][1]: found 16.5, expected a time of day"),
    ({"weekly": {"mon": [[None, "16:30"]]}}, "weekly.mon[0][0]: found nothing, expected a time"),
    (
        {"weekly": {"mon": [[time(8, tzinfo=timezone.utc), "16:30"]]}},  # noqa: UP017
        "weekly.mon[0][0]: found datetime.time(8, 0,",
    ),
    ({"holidays": "2026-12-25"}, "holidays: found '2026-12-25', expected a list of dates or a"),
    ({"holidays": ["2026-12-32"]}, "holidays[0]: found '2026-12-32', expected a date such as"),
    ({"holidays": ["20261225"]}, "holidays[0]: found '20261225', expected a date such as"),
    ({"holidays": {"2026-12-25": 1}}, "holidays.2026-12-25: found 1, expected the holiday's name"),
    ({"holidays": {"Christmas": ""}}, "holidays.Christmas: found 'Christmas', expected a date"),
    (
        {"holidays": [datetime(2026, 12, 25)]},  # noqa: DTZ001
        "holidays[0]: found datetime.datetime(2026, 12, 25",
    ),
    ({"shutdowns": [["2026-12-24"]]}, "shutdowns[0]: found ['2026-12-24'], expected"),
    (
        {"shutdowns": [["2027-01-03", "2026-12-24"]]},
        "shutdowns[0][1]: found '2026-12-24', expected a date not before 2027-01-03",
    ),
    (
        {"shutdowns": [["2026-12-24", "2027-01-03", 1]]},
        "shutdowns[0][2]: found 1, expected the shutdown's name",
    ),
    ({"shutdowns": {"2026-12-24": 1}}, "shutdowns: found {'2026-12-24': 1}, expected a list"),
    ({"overrides": [["2026-12-23"]]}, "overrides: found [['2026-12-23']], expected a table"),
    ({"overrides": {"soon": []}}, "overrides.soon: found 'soon', expected a date"),
    (
        {"overrides": {"2026-12-23": [["08:00", "noon"]]}},
        "overrides.2026-12-23[0][1]: found 'noon', expected a time of day",
    ),
    ({"extra": [["2026-11-28", "09:00"]]}, "extra[0]: found ['2026-11-28', '09:00'], expected"),
    ({"extra": [["soon", "09:00", "10:00"]]}, "extra[0][0]: found 'soon', expected a date"),
    ({"extra": [["2026-11-28", "09:00", ""]]}, "extra[0][2]: found '', expected a time of day"),
    ({"extra": 1}, "extra: found 1, expected a table or a list of"),
    ({"weekly_extra": ["sat"]}, "weekly_extra[0]: found 'sat', expected a table with the keys"),
    (
        {"weekly_extra": [{"day": "Sat", "from": "09:00", "to": "10:00", "first": "2026-11-28"}]},
        "weekly_extra[0].day: found 'Sat', expected one of mon, tue",
    ),
    ({"weekly_extra": [{"day": "sat"}]}, "weekly_extra[0].from: found nothing, expected a time"),
    (
        {
            "weekly_extra": [
                {
                    "day": "sat",
                    "from": "09:00",
                    "to": "10:00",
                    "first": "2026-11-28",
                    "last": "2026-11-27",
                    "form": 1,
                }
            ]
        },
        "weekly_extra[0].last: found '2026-11-27', expected a date not before 2026-11-28",
    ),
    (
        {"breaks": [["2026-11-20T14:30", "2026-11-20T13:00"]]},
        "breaks[0][1]: found '2026-11-20T13:00', expected a time after 2026-11-20T14:30",
    ),
    (
        {"breaks": [["2026-11-20T13:00", "2026-11-20T13:00"]]},
        "breaks[0][1]: found '2026-11-20T13:00', expected a time after 2026-11-20T13:00",
    ),
    (
        {"breaks": [["2026-11-20T13:00+00:00", "2026-11-20T14:30"]]},
        "breaks[0][0]: found '2026-11-20T13:00+00:00', expected a local date and time",
    ),
    ({"breaks": [["2026-11-20", "2026-11-21"]]}, "breaks[0][0]: found '2026-11-20', expected a"),
    ({"breaks": None}, "breaks: found nothing, expected a list of"),
    ({"holiday": []}, "holiday: found 'holiday', expected \"holidays\": this key is unknown"),
    ({"colour": "red"}, "colour: found 'colour', expected one of tz, weekly, holidays,"),
]


@pytest.mark.parametrize(("wrong", "sentence"), REFUSED, ids=[text for _, text in REFUSED])
def test_a_mistake_is_named_with_its_place(wrong: dict[str, Any], sentence: str) -> None:
    document = {"tz": "Europe/London", "weekly": {"mon": [["08:00", "16:30"]]}} | wrong
    with pytest.raises(CalendarError) as refused:
        WorkingCalendar.from_dict(document)
    assert sentence in str(refused.value)
    assert isinstance(refused.value, ValueError)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(CalendarError) as refused:
        WorkingCalendar.from_dict({"weekly": {"mon": [["a", "b"]]}, "holidays": ["c"], "d": 1})
    assert [problem.path for problem in refused.value.problems] == [
        "d",
        "tz",
        "weekly.mon[0][0]",
        "weekly.mon[0][1]",
        "holidays[0]",
    ]
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems


@pytest.mark.parametrize("nothing", [None, [], "calendar", 1])
def test_what_is_no_table_is_refused(nothing: Any) -> None:
    with pytest.raises(CalendarError, match="calendar: found"):
        WorkingCalendar.from_dict(nothing)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"weekly": {"mon": []}},
        {"overrides": {"2026-11-20": []}},
        {"weekly": {"mon": [["08:00", "16:30"]]}, "shutdowns": [["0001-01-01", "9999-12-31"]]},
        {
            "weekly": {"mon": [["08:00", "16:30"]]},
            "shutdowns": [["0001-01-01", "2026-01-01"], ["2026-01-02", "9999-12-31"]],
        },
        {
            "weekly": {"mon": [["08:00", "16:30"]]},
            "shutdowns": [["0001-01-01", "2026-11-22"], ["2026-11-24", "9999-12-31"]],
            "holidays": ["2026-11-23"],
        },
        {
            "weekly": {"mon": [["08:00", "16:30"]]},
            "breaks": [["0001-01-01T00:00", "9999-12-31T24:00"]],
        },
        {
            "extra": {"2026-11-20": [["08:00", "16:30"]]},
            "breaks": [
                ["2026-11-20T08:00", "2026-11-20T12:00"],
                ["2026-11-20T12:00", "2026-11-21T00:00"],
            ],
        },
        # The clocks go from 01:00 to 02:00 that day.
        {"extra": {"2026-03-29": [["01:30", "02:15"]]}},
    ],
)
def test_a_calendar_that_never_opens_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(CalendarError, match="no hours on any date"):
        WorkingCalendar.from_dict({"tz": "Europe/London"} | parts)


@pytest.mark.parametrize(
    "parts",
    [
        {"overrides": {"2026-11-20": [["08:00", "09:00"]]}, "holidays": ["2026-11-20"]},
        {
            "extra": {"2026-11-20": [["08:00", "09:00"]]},
            "shutdowns": [["0001-01-01", "9999-12-31"]],
        },
        {
            "weekly": {"mon": [["08:00", "16:30"]]},
            "shutdowns": [["0001-01-01", "2026-11-22"], ["2026-11-24", "9999-12-31"]],
        },
        {
            "weekly": {"mon": [["08:00", "16:30"]]},
            "breaks": [
                ["0001-01-01T00:00", "2026-11-23T16:29"],
                ["2026-11-24T08:00", "9999-12-31T24:00"],
            ],
        },
        {
            "weekly": {"fri": [["22:00", "06:00"]]},
            "breaks": [["2026-11-20T22:00", "2026-11-21T05:59"]],
        },
    ],
)
def test_a_calendar_that_opens_once_is_not(parts: dict[str, Any]) -> None:
    cal = WorkingCalendar.from_dict({"tz": "Europe/London"} | parts)
    assert cal.spans(at("2026-11-20T00:00+00:00"), at("2026-11-24T00:00+00:00"))
