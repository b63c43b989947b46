"""The axis of worked time: positions and back, on integers, for calendars and explicit spans."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.worktime import (
    Axis,
    NaiveDatetime,
    NeverReached,
    OutOfRange,
    SpanAxis,
    from_us,
    to_us,
)
from tests.worktime.kit import at, calendar

HOUR = 3_600_000_000
OPENING, CLOSING = to_us(at("2026-11-20T08:00+00:00")), to_us(at("2026-11-20T16:30+00:00"))
MONDAY = to_us(at("2026-11-23T08:00+00:00"))


def a_calendars() -> Axis:
    return calendar().axis


def a_bookings() -> Axis:
    """The same two days as booked time, out of order, overlapping, and with an empty booking."""
    return SpanAxis(
        [
            (MONDAY, MONDAY + 8 * HOUR),
            (OPENING + HOUR, CLOSING),
            (CLOSING + HOUR, CLOSING + HOUR),
            (OPENING, OPENING + 2 * HOUR),
        ]
    )


either = pytest.mark.parametrize("make", [a_calendars, a_bookings])


@either
def test_a_position_has_an_earliest_and_a_latest_instant(make: Callable[[], Axis]) -> None:
    axis = make()
    closed = axis.position(CLOSING)
    assert axis.position(CLOSING + HOUR) == axis.position(MONDAY) == closed
    assert axis.earliest(closed) == CLOSING
    assert axis.latest(closed) == MONDAY
    assert axis.earliest(closed + 1) == axis.latest(closed + 1) == MONDAY + 1
    assert axis.earliest(closed - 1) == axis.latest(closed - 1) == CLOSING - 1


@either
def test_positions_are_worked_time(make: Callable[[], Axis]) -> None:
    axis = make()
    assert axis.position(OPENING + 3 * HOUR) - axis.position(OPENING) == 3 * HOUR
    assert axis.position(MONDAY + HOUR) - axis.position(OPENING) == 9.5 * HOUR


@either
def test_what_is_open_and_what_comes_next(make: Callable[[], Axis]) -> None:
    axis = make()
    assert axis.is_open(OPENING)
    assert not axis.is_open(CLOSING)
    assert axis.next_opening(OPENING + 1) == OPENING + 1
    assert axis.next_opening(CLOSING) == MONDAY
    assert axis.next_change(OPENING) == CLOSING
    assert axis.next_change(CLOSING) == MONDAY
    assert axis.open_spans(OPENING + HOUR, MONDAY + HOUR) == [
        (OPENING + HOUR, CLOSING),
        (MONDAY, MONDAY + HOUR),
    ]
    assert axis.open_spans(MONDAY, OPENING) == []


def test_booked_time_begins_and_ends() -> None:
    axis = a_bookings()
    booked = int(16.5 * HOUR)
    assert axis.position(0) == axis.position(OPENING) == 0
    assert axis.latest(0) == OPENING
    assert axis.position(MONDAY + 100 * HOUR) == booked
    assert axis.earliest(booked) == MONDAY + 8 * HOUR
    assert axis.next_change(MONDAY + 8 * HOUR) is None
    with pytest.raises(NeverReached, match="no open time after the last"):
        axis.earliest(booked + 1)
    with pytest.raises(NeverReached, match="no open time after the last"):
        axis.latest(booked)
    with pytest.raises(NeverReached, match="no open time before the first"):
        axis.earliest(0)
    with pytest.raises(NeverReached, match="no opening after"):
        axis.next_opening(MONDAY + 8 * HOUR)
    with pytest.raises(OutOfRange):
        axis.position(10**18)
    assert repr(SpanAxis([(OPENING, CLOSING)])) == (
        "SpanAxis(2026-11-20T08:00:00+00:00/2026-11-20T16:30:00+00:00)"
    )


def test_nothing_booked_is_never_open() -> None:
    axis = SpanAxis([])
    assert not axis.is_open(OPENING)
    assert axis.position(OPENING) == 0
    assert axis.open_spans(0, MONDAY) == []
    assert axis.next_change(OPENING) is None
    for ask in (axis.earliest, axis.next_opening):
        with pytest.raises(NeverReached):
            ask(OPENING)


def test_a_position_can_be_asked_for_first() -> None:
    axis = calendar().axis
    first = axis.earliest(1)
    assert from_us(first, UTC) == datetime(1970, 1, 1, 8, 0, 0, 1, tzinfo=UTC) - timedelta(hours=1)
    assert axis.position(first) == 1


def test_many_threads_may_ask_at_once() -> None:
    axis = calendar().axis
    instants = [MONDAY + year * 8_766 * HOUR for year in (0, 30, -30, 3, -3, 200, -200)] * 20
    with ThreadPoolExecutor(8) as threads:
        positions = list(threads.map(axis.position, instants))
        assert positions == [axis.position(us) for us in instants]
        assert all(
            axis.earliest(position) <= us <= axis.latest(position)
            for us, position in zip(instants, positions, strict=True)
        )
        assert list(threads.map(axis.position, instants)) == positions


@pytest.mark.parametrize(
    "instant",
    [
        at("1969-12-31T23:59:59.999999+00:00"),
        at("2026-11-20T16:00:00.000001-05:00"),
        datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=ZoneInfo("Europe/London")),
        datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London")),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
)
def test_instants_and_integers_are_exact_both_ways(instant: datetime) -> None:
    us = to_us(instant)
    assert timedelta(microseconds=us) == instant - datetime(1970, 1, 1, tzinfo=UTC)
    assert from_us(us, UTC) == instant.astimezone(UTC)
    assert instant.tzinfo is not None
    there = from_us(us, instant.tzinfo)
    assert (there.replace(tzinfo=None), there.fold) == (instant.replace(tzinfo=None), instant.fold)


def test_what_no_datetime_can_hold_is_refused() -> None:
    with pytest.raises(OutOfRange):
        from_us(to_us(datetime.max.replace(tzinfo=UTC)) + 1, UTC)
    with pytest.raises(OutOfRange):
        from_us(10**30, UTC)
    with pytest.raises(NaiveDatetime):
        to_us(datetime(2026, 11, 20))  # noqa: DTZ001
