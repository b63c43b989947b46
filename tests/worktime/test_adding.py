"""Adding and measuring working time: within a day, over nights, backwards, to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest

from deskterm.worktime import NaiveDatetime, NeverReached, WorkingCalendar
from tests.worktime.kit import ALWAYS, EVERY_DAY, at, calendar, hours, iso

OFFICE = calendar()
FRIDAY_16 = at("2026-11-20T16:00+00:00")


def test_what_is_left_on_friday_is_finished_on_monday() -> None:
    assert iso(OFFICE.add(FRIDAY_16, hours(1))) == "2026-11-23T08:30+00:00"


def test_what_is_used_up_at_closing_is_due_at_closing() -> None:
    assert iso(OFFICE.add(FRIDAY_16, hours(0.5))) == "2026-11-20T16:30+00:00"


def test_one_microsecond_more_is_the_next_opening() -> None:
    more = hours(0.5) + timedelta(microseconds=1)
    assert iso(OFFICE.add(FRIDAY_16, more)) == "2026-11-23T08:00:00.000001+00:00"


def test_what_comes_in_outside_the_hours_counts_from_the_next_opening() -> None:
    saturday = at("2026-11-21T11:00+00:00")
    assert iso(OFFICE.add(saturday, hours(1))) == "2026-11-23T09:00+00:00"


def test_nothing_added_is_the_start_itself_even_when_closed() -> None:
    saturday = at("2026-11-21T11:00:00.000007+00:00")
    assert iso(OFFICE.add(saturday, timedelta(0))) == "2026-11-21T11:00:00.000007+00:00"


def test_answers_are_in_the_zone_of_the_calendar() -> None:
    start = at("2026-11-20T11:00-05:00")
    assert iso(OFFICE.add(start, hours(1))) == "2026-11-23T08:30+00:00"
    assert iso(OFFICE.add(start, timedelta(0))) == "2026-11-20T16:00+00:00"


def test_going_back_ends_at_an_opening_and_not_at_a_closing() -> None:
    monday = at("2026-11-23T08:30+00:00")
    assert iso(OFFICE.add(monday, -hours(1))) == "2026-11-20T16:00+00:00"
    assert iso(OFFICE.add(monday, -hours(0.5))) == "2026-11-23T08:00+00:00"


def test_going_back_from_a_closed_hour_starts_at_the_closing_before() -> None:
    sunday = at("2026-11-22T12:00+00:00")
    assert iso(OFFICE.add(sunday, -hours(1))) == "2026-11-20T15:30+00:00"


def test_between_counts_the_hours_only() -> None:
    assert OFFICE.between(FRIDAY_16, at("2026-11-23T08:30+00:00")) == hours(1)
    assert OFFICE.between(at("2026-11-21T00:00+00:00"), at("2026-11-22T00:00+00:00")) == hours(0)


def test_between_is_negative_the_other_way_round() -> None:
    assert OFFICE.between(at("2026-11-23T08:30+00:00"), FRIDAY_16) == -hours(1)


def test_every_microsecond_counts() -> None:
    start = at("2026-11-20T16:29:59.999999+00:00")
    assert OFFICE.between(start, at("2026-11-23T08:00:00.000002+00:00")) == timedelta(
        microseconds=3
    )
    assert iso(OFFICE.add(start, timedelta(microseconds=3))) == "2026-11-23T08:00:00.000002+00:00"
    assert iso(OFFICE.add(start, -timedelta(microseconds=3))) == "2026-11-20T16:29:59.999996+00:00"


def test_an_always_open_desk_counts_elapsed_time() -> None:
    always = calendar(ALWAYS, EVERY_DAY)
    start = at("2026-03-28T13:00+00:00")
    assert iso(always.add(start, hours(72))) == "2026-03-31T14:00+01:00"
    assert always.between(start, at("2026-10-26T13:00+00:00")) == timedelta(days=212)


@pytest.mark.parametrize(
    "ask",
    [
        lambda naive: OFFICE.add(naive, hours(1)),
        lambda naive: OFFICE.add(naive, hours(0)),
        lambda naive: OFFICE.between(naive, FRIDAY_16),
        lambda naive: OFFICE.between(FRIDAY_16, naive),
        lambda naive: OFFICE.add_days(naive, 0),
        lambda naive: OFFICE.add_days(naive, 1),
        lambda naive: OFFICE.next_business_day(naive),
        lambda naive: OFFICE.spans(naive, FRIDAY_16),
        lambda naive: OFFICE.spans(FRIDAY_16, naive),
        lambda naive: OFFICE.is_open(naive),
        lambda naive: OFFICE.next_change(naive),
        lambda naive: OFFICE.working_day_of(naive),
    ],
)
def test_a_datetime_without_an_offset_is_refused(ask) -> None:  # type: ignore[no-untyped-def]
    naive = datetime(2026, 11, 20, 16)  # noqa: DTZ001
    with pytest.raises(NaiveDatetime, match="2026-11-20T16:00:00 does not say its offset"):
        ask(naive)
    assert issubclass(NaiveDatetime, ValueError)


def test_what_is_no_datetime_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="aware datetime"):
        OFFICE.is_open("2026-11-20")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="timedelta"):
        OFFICE.add(FRIDAY_16, 3600)  # type: ignore[arg-type]


def test_hours_that_end_are_said_to_end() -> None:
    once = WorkingCalendar.from_dict(
        {"tz": "Europe/London", "extra": {"2026-11-28": [["09:00", "13:00"]]}}
    )
    before, after = at("2026-11-01T00:00+00:00"), at("2026-12-01T00:00+00:00")
    assert iso(once.add(before, hours(4))) == "2026-11-28T13:00+00:00"
    assert iso(once.add(after, -hours(4))) == "2026-11-28T09:00+00:00"
    assert once.between(before, after) == hours(4)
    for start, amount in [(before, 4.1), (after, 1), (after, -4.1), (before, -1)]:
        with pytest.raises(NeverReached, match="The calendar's hours"):
            once.add(start, hours(amount))
    assert iso(once.add(datetime(2500, 1, 1, tzinfo=UTC), -hours(1))) == "2026-11-28T12:00+00:00"
