"""What holds for any calendar and any instants, whatever its hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskterm.worktime import CalendarError, NeverReached, WorkingCalendar
from tests.worktime.calendars import calendars

Made = tuple[dict[str, Any], date]

amounts = st.timedeltas(timedelta(0), timedelta(days=40))
offsets = st.timedeltas(timedelta(days=-40), timedelta(days=40))
laws = settings(max_examples=150, deadline=None, derandomize=True)


def opened(made: Made) -> tuple[WorkingCalendar, datetime]:
    document, odd = made
    try:
        return WorkingCalendar.from_dict(document), datetime(
            odd.year, odd.month, odd.day, tzinfo=UTC
        )
    except CalendarError:
        assume(False)
        raise


def utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


@given(calendars(), offsets, amounts)
@laws
def test_what_was_added_is_what_lies_between(
    made: Made, offset: timedelta, amount: timedelta
) -> None:
    cal, middle = opened(made)
    start = middle + offset
    end = cal.add(start, amount)
    assert cal.between(start, end) == amount
    back = cal.add(start, -amount)
    assert cal.between(back, start) == amount


@given(calendars(), offsets, st.timedeltas(timedelta(microseconds=1), timedelta(days=40)))
@laws
def test_no_earlier_instant_has_it_and_no_later_one_going_back(
    made: Made, offset: timedelta, amount: timedelta
) -> None:
    cal, middle = opened(made)
    start, moment = middle + offset, timedelta(microseconds=1)
    end = utc(cal.add(start, amount))
    assert cal.is_open(end - moment)
    assert cal.between(start, end - moment) == amount - moment
    back = utc(cal.add(start, -amount))
    assert cal.is_open(back)
    assert cal.between(back + moment, start) == amount - moment


@given(calendars(), st.lists(offsets, min_size=3, max_size=6))
@laws
def test_time_between_adds_up_over_any_split(made: Made, points: list[timedelta]) -> None:
    cal, middle = opened(made)
    instants = [middle + offset for offset in points]
    total = sum((cal.between(earlier, later) for earlier, later in pairwise(instants)), timedelta())
    assert total == cal.between(instants[0], instants[-1])
    assert cal.between(instants[0], instants[1]) == -cal.between(instants[1], instants[0])


@given(calendars(), offsets, offsets)
@laws
def test_nothing_is_counted_outside_the_hours(made: Made, one: timedelta, other: timedelta) -> None:
    cal, middle = opened(made)
    start, end = middle + min(one, other), middle + max(one, other)
    spans = [(utc(opens), utc(closes)) for opens, closes in cal.spans(start, end)]
    assert cal.between(start, end) == sum((b - a for a, b in spans), timedelta())
    edges = [start, *(edge for span in spans for edge in span), end]
    for closed_from, closed_to in zip(edges[::2], edges[1::2], strict=True):
        assert cal.between(closed_from, closed_to) == timedelta(0)
        assert closed_from == closed_to or not cal.is_open(closed_from)
    for opens, closes in spans:
        assert cal.is_open(opens)
        assert cal.between(opens, closes) == closes - opens
        assert utc(cal.next_change(opens) or closes) >= closes


@given(calendars(), offsets, st.integers(1, 10))
@laws
def test_working_days_go_forward_and_end_at_worked_time(
    made: Made, offset: timedelta, n: int
) -> None:
    cal, middle = opened(made)
    start = middle + offset
    try:
        end = cal.add_days(start, n)
    except NeverReached:
        return
    assert cal.between(start, end) > timedelta(0)
    assert cal.is_open(utc(end) - timedelta(microseconds=1))
    assert cal.between(end, cal.add_days(start, n + 1)) >= timedelta(0)
