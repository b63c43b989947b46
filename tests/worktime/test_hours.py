"""Which hours a date has: nights, holidays, shutdowns, overrides, bought hours and breaks."""

import pytest

from tests.worktime.kit import ALWAYS, EVERY_DAY, NIGHTS, at, calendar, hours, iso, spans

THURSDAY_TO_MONDAY = ("2026-11-19T00:00+00:00", "2026-11-24T00:00+00:00")


def test_hours_that_end_before_they_begin_run_into_the_next_day() -> None:
    night = calendar(NIGHTS, ["fri"])
    assert spans(night, *THURSDAY_TO_MONDAY) == [
        ("2026-11-20T22:00+00:00", "2026-11-21T06:00+00:00")
    ]


def test_hours_that_end_as_they_begin_are_a_whole_day() -> None:
    day = calendar([["09:00", "09:00"]], ["fri"])
    assert spans(day, *THURSDAY_TO_MONDAY) == [("2026-11-20T09:00+00:00", "2026-11-21T09:00+00:00")]


@pytest.mark.parametrize("closing", ["24:00", "00:00"])
def test_midnight_closes_the_day_that_ends_in_it(closing: str) -> None:
    late = calendar([["20:00", closing]], ["fri"])
    assert spans(late, *THURSDAY_TO_MONDAY) == [
        ("2026-11-20T20:00+00:00", "2026-11-21T00:00+00:00")
    ]


def test_a_holiday_takes_the_hours_that_begin_on_it_and_leaves_last_nights() -> None:
    night = calendar(NIGHTS, ["thu", "fri"], holidays=["2026-11-20"])
    assert spans(night, *THURSDAY_TO_MONDAY) == [
        ("2026-11-19T22:00+00:00", "2026-11-20T06:00+00:00")
    ]


def test_a_holiday_on_the_day_after_leaves_the_night_that_runs_into_it() -> None:
    night = calendar(NIGHTS, ["thu", "fri"], holidays=["2026-11-21"])
    assert spans(night, *THURSDAY_TO_MONDAY) == [
        ("2026-11-19T22:00+00:00", "2026-11-20T06:00+00:00"),
        ("2026-11-20T22:00+00:00", "2026-11-21T06:00+00:00"),
    ]


def test_a_shutdown_closes_its_first_and_its_last_date() -> None:
    office = calendar(shutdowns=[["2026-12-24", "2027-01-03"]])
    assert spans(office, "2026-12-23T00:00+00:00", "2027-01-05T00:00+00:00") == [
        ("2026-12-23T08:00+00:00", "2026-12-23T16:30+00:00"),
        ("2027-01-04T08:00+00:00", "2027-01-04T16:30+00:00"),
    ]
    afternoon = at("2026-12-23T15:30+00:00")
    assert iso(office.add(afternoon, hours(2))) == "2027-01-04T09:00+00:00"


def test_an_override_is_the_dates_own_hours_whatever_else_it_is() -> None:
    half_day = {"2026-12-24": [["08:00", "12:00"]]}
    for closed in ({"holidays": ["2026-12-24"]}, {"shutdowns": [["2026-12-24", "2026-12-24"]]}, {}):
        office = calendar(overrides=half_day, **closed)
        assert spans(office, "2026-12-24T00:00+00:00", "2026-12-25T00:00+00:00") == [
            ("2026-12-24T08:00+00:00", "2026-12-24T12:00+00:00")
        ]
        assert iso(office.add(at("2026-12-24T11:00+00:00"), hours(1))) == "2026-12-24T12:00+00:00"


def test_an_override_without_hours_closes_the_date() -> None:
    office = calendar(overrides={"2026-11-20": []})
    assert spans(office, "2026-11-20T00:00+00:00", "2026-11-21T00:00+00:00") == []


def test_an_override_opens_a_date_that_is_usually_closed() -> None:
    office = calendar(overrides={"2026-11-21": [["10:00", "11:00"]]})
    assert spans(office, "2026-11-21T00:00+00:00", "2026-11-22T00:00+00:00") == [
        ("2026-11-21T10:00+00:00", "2026-11-21T11:00+00:00")
    ]


SATURDAY = ("2026-11-28T00:00+00:00", "2026-11-29T00:00+00:00")
BOUGHT = [("2026-11-28T09:00+00:00", "2026-11-28T13:00+00:00")]


@pytest.mark.parametrize(
    "bought",
    [
        {"extra": {"2026-11-28": [["09:00", "13:00"]]}},
        {"extra": [["2026-11-28", "09:00", "13:00"]]},
        {"weekly_extra": [{"day": "sat", "from": "09:00", "to": "13:00", "first": "2026-11-28"}]},
    ],
)
@pytest.mark.parametrize(
    "closed",
    [
        {},
        {"holidays": ["2026-11-28"]},
        {"shutdowns": [["2026-11-25", "2026-11-30"]]},
        {"overrides": {"2026-11-28": []}},
    ],
)
def test_bought_hours_open_on_top_of_whatever_the_date_is(
    bought: dict[str, object], closed: dict[str, object]
) -> None:
    assert spans(calendar(**bought, **closed), *SATURDAY) == BOUGHT  # type: ignore[arg-type]


def test_bought_hours_and_the_usual_ones_are_one() -> None:
    office = calendar(extra={"2026-11-20": [["16:00", "20:00"], ["06:00", "07:00"]]})
    assert spans(office, "2026-11-20T00:00+00:00", "2026-11-21T00:00+00:00") == [
        ("2026-11-20T06:00+00:00", "2026-11-20T07:00+00:00"),
        ("2026-11-20T08:00+00:00", "2026-11-20T20:00+00:00"),
    ]
    assert office.between(at("2026-11-20T16:00+00:00"), at("2026-11-20T17:00+00:00")) == hours(1)


def test_hours_bought_weekly_run_from_the_first_date_to_the_last() -> None:
    bought = {"day": "sat", "from": "22:00", "to": "01:00", "first": "2026-11-07"}
    every = calendar(days=[], weekly_extra=[bought | {"last": None}])
    until = calendar(days=[], weekly_extra=[bought | {"last": "2026-11-21"}])
    month = ("2026-10-25T00:00+00:00", "2026-12-01T00:00+00:00")
    first_three = [
        ("2026-11-07T22:00+00:00", "2026-11-08T01:00+00:00"),
        ("2026-11-14T22:00+00:00", "2026-11-15T01:00+00:00"),
        ("2026-11-21T22:00+00:00", "2026-11-22T01:00+00:00"),
    ]
    assert spans(until, *month) == first_three
    assert spans(every, *month) == [
        *first_three,
        ("2026-11-28T22:00+00:00", "2026-11-29T01:00+00:00"),
    ]
    assert iso(every.next_change(at("2999-12-31T12:00+00:00"))) == "3000-01-04T22:00+00:00"


def test_breaks_are_cut_out_of_everything() -> None:
    office = calendar(
        overrides={"2026-11-20": [["08:00", "16:00"]]},
        extra={"2026-11-20": [["18:00", "20:00"]]},
        breaks=[
            ["2026-11-20T13:00", "2026-11-20T14:30"],
            ["2026-11-20T15:30", "2026-11-20T18:15"],
        ],
    )
    assert spans(office, "2026-11-20T00:00+00:00", "2026-11-21T00:00+00:00") == [
        ("2026-11-20T08:00+00:00", "2026-11-20T13:00+00:00"),
        ("2026-11-20T14:30+00:00", "2026-11-20T15:30+00:00"),
        ("2026-11-20T18:15+00:00", "2026-11-20T20:00+00:00"),
    ]


def test_a_break_cuts_the_night_that_runs_into_it() -> None:
    night = calendar(NIGHTS, ["fri"], breaks=[["2026-11-21T00:00", "2026-11-21T24:00"]])
    assert spans(night, *THURSDAY_TO_MONDAY) == [
        ("2026-11-20T22:00+00:00", "2026-11-21T00:00+00:00")
    ]


def test_overlapping_hours_are_one() -> None:
    office = calendar([["08:00", "12:00"], ["11:00", "14:00"], ["14:00", "15:00"]])
    assert spans(office, "2026-11-20T00:00+00:00", "2026-11-21T00:00+00:00") == [
        ("2026-11-20T08:00+00:00", "2026-11-20T15:00+00:00")
    ]


def test_a_desk_that_never_closes_is_one_span_and_each_date_a_working_day() -> None:
    always = calendar(ALWAYS, EVERY_DAY)
    assert spans(always, *THURSDAY_TO_MONDAY) == [THURSDAY_TO_MONDAY]
    friday, saturday = at("2026-11-20T00:00+00:00").date(), at("2026-11-21T00:00+00:00").date()
    assert [
        (str(day), iso(opens), iso(closes))
        for day, opens, closes in always.working_days(friday, saturday)
    ] == [
        ("2026-11-20", "2026-11-20T00:00+00:00", "2026-11-21T00:00+00:00"),
        ("2026-11-21", "2026-11-21T00:00+00:00", "2026-11-22T00:00+00:00"),
    ]
