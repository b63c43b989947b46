"""What an agreement adds to a calendar: more shutdowns, hours and breaks, made cheaply."""

import gc
import weakref
from datetime import date
from typing import Any

import pytest

from deskterm.worktime import CalendarError, WorkingCalendar
from tests.worktime.kit import at, calendar, hours, iso, spans

BASE = calendar(
    holidays={"2026-12-25": "Christmas Day"},
    overrides={"2026-12-23": [["08:00", "12:00"]]},
    shutdowns=[["2026-12-29", "2026-12-30", "Stocktaking"]],
)
AGREED: dict[str, Any] = {
    "shutdowns": [["2026-12-21", "2027-01-03", "School holidays"]],
    "extra": {"2026-12-25": [["09:00", "13:00"]]},
    "weekly_extra": [{"day": "sat", "from": "10:00", "to": "12:00", "first": "2026-12-01"}],
    "breaks": [["2026-12-25T10:00", "2026-12-25T11:00"]],
}
CHRISTMAS = ("2026-12-18T00:00+00:00", "2027-01-05T00:00+00:00")


def test_a_variation_is_the_calendar_of_both_documents() -> None:
    varied = BASE.varied(**AGREED)
    assert spans(varied, *CHRISTMAS) == [
        ("2026-12-18T08:00+00:00", "2026-12-18T16:30+00:00"),
        ("2026-12-19T10:00+00:00", "2026-12-19T12:00+00:00"),
        ("2026-12-23T08:00+00:00", "2026-12-23T12:00+00:00"),
        ("2026-12-25T09:00+00:00", "2026-12-25T10:00+00:00"),
        ("2026-12-25T11:00+00:00", "2026-12-25T13:00+00:00"),
        ("2026-12-26T10:00+00:00", "2026-12-26T12:00+00:00"),
        ("2027-01-02T10:00+00:00", "2027-01-02T12:00+00:00"),
        ("2027-01-04T08:00+00:00", "2027-01-04T16:30+00:00"),
    ]
    plain = WorkingCalendar.from_dict(varied.to_dict())
    assert plain == varied
    assert spans(plain, *CHRISTMAS) == spans(varied, *CHRISTMAS)
    closure = varied.closure(date(2026, 12, 29))
    assert closure is not None
    assert closure.name == "Stocktaking"
    assert varied.holiday_name(date(2026, 12, 25)) == "Christmas Day"


def test_the_calendar_varied_stays_as_it_was() -> None:
    before = spans(BASE, *CHRISTMAS)
    BASE.varied(**AGREED).add(at("2026-12-18T10:00+00:00"), hours(100))
    assert spans(BASE, *CHRISTMAS) == before


def test_varying_twice_is_varying_by_both() -> None:
    first = BASE.varied(shutdowns=AGREED["shutdowns"], extra=AGREED["extra"])
    second = first.varied(weekly_extra=AGREED["weekly_extra"], breaks=AGREED["breaks"])
    assert second == BASE.varied(**AGREED)
    assert spans(second, *CHRISTMAS) == spans(BASE.varied(**AGREED), *CHRISTMAS)


def test_nothing_agreed_is_the_calendar_itself() -> None:
    assert BASE.varied() is BASE


def test_the_same_variation_is_the_same_calendar() -> None:
    assert BASE.varied(**AGREED) is BASE.varied(**AGREED)
    assert BASE.varied(shutdowns=AGREED["shutdowns"]) is not BASE.varied(**AGREED)


def test_a_variation_just_made_is_kept_for_whoever_asks_next() -> None:
    made = weakref.ref(BASE.varied(extra=[["2026-11-28", "09:00", "10:00"]]))
    gc.collect()
    assert made() is BASE.varied(extra=[["2026-11-28", "09:00", "10:00"]])


def test_a_variation_long_unused_is_let_go() -> None:
    base = calendar()
    dropped = weakref.ref(base.varied(extra=[["2026-11-28", "09:00", "10:00"]]))
    for minute in range(60):
        for hour in range(10, 15):
            base.varied(extra=[["2026-11-28", "09:00", f"{hour}:{minute:02d}"]])
    gc.collect()
    assert dropped() is None


def test_a_night_reaches_from_an_untouched_date_into_a_varied_one() -> None:
    night = calendar([["22:00", "06:00"]])
    night.is_open(at("2026-12-31T23:00+00:00"))
    shut = night.varied(shutdowns=[["2027-01-01", "2027-01-10"]])
    assert spans(shut, "2026-12-31T12:00+00:00", "2027-01-02T12:00+00:00") == [
        ("2026-12-31T22:00+00:00", "2027-01-01T06:00+00:00")
    ]
    cut = night.varied(breaks=[["2027-01-01T01:00", "2027-01-01T02:00"]])
    assert cut.between(at("2026-12-31T12:00+00:00"), at("2027-01-01T12:00+00:00")) == hours(7)
    bought = night.varied(extra={"2026-12-31": [["20:00", "07:00"]]})
    assert iso(bought.next_change(at("2027-01-01T00:00+00:00"))) == "2027-01-01T07:00+00:00"


def test_a_break_on_a_date_that_never_was_moves_on_to_the_next() -> None:
    base = calendar(days=["sat"], tz="Pacific/Apia")
    base.is_open(at("2011-12-29T00:00-10:00"))
    cut = base.varied(breaks=[["2011-12-30T00:00", "2011-12-30T09:00"]])
    assert iso(cut.next_change(at("2011-12-29T00:00-10:00"))) == "2011-12-31T09:00+14:00"


def test_hours_may_be_bought_before_the_calendars_own_begin_and_after_they_end() -> None:
    once = WorkingCalendar.from_dict(
        {"tz": "Europe/London", "extra": {"2026-11-28": [["09:00", "13:00"]]}}
    )
    once.is_open(at("2026-11-28T09:00+00:00"))
    more = once.varied(
        extra=[["2020-01-01", "09:00", "10:00"], ["2030-01-01", "09:00", "10:00"]],
        shutdowns=[["2026-11-28", "2026-11-28"]],
    )
    assert more.between(at("2000-01-01T00:00+00:00"), at("2040-01-01T00:00+00:00")) == hours(6)


def test_mistakes_in_a_variation_are_named_by_their_place() -> None:
    with pytest.raises(CalendarError) as refused:
        BASE.varied(
            shutdowns=[["2027-01-03", "2026-12-24"]],
            extra=[["2026-11-28", "09:00"]],
            weekly_extra=[{"day": "sat"}],
            breaks="2026-11-20",
        )
    assert {problem.path.split("[")[0] for problem in refused.value.problems} == {
        "shutdowns",
        "extra",
        "weekly_extra",
        "breaks",
    }


def test_a_variation_that_never_opens_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(CalendarError, match="no hours on any date"):
            calendar().varied(shutdowns=[["0001-01-01", "9999-12-31"]])
