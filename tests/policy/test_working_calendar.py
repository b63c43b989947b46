"""Hours of a policy as a calendar that can be calculated with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.policy.calendars import ROUND_THE_CLOCK, working_calendar
from deskterm.policy.holidays import resolve_holidays
from deskterm.worktime import CalendarError, WorkingCalendar
from tests.policy.texts import shipped

LONDON = ZoneInfo("Europe/London")
CONCERO = shipped("concero")
HOLIDAYS = resolve_holidays(CONCERO, 2026, 2027)


def desk(**variation: object) -> WorkingCalendar:
    return working_calendar(CONCERO.calendars["desk"], HOLIDAYS, **variation)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_a_working_hour_over_a_weekend() -> None:
    assert desk().add(london("2026-11-20T16:00"), timedelta(hours=1)) == london("2026-11-23T08:30")


def test_public_holidays_are_closed() -> None:
    assert desk().add(london("2026-08-28T16:00"), timedelta(hours=1)) == london("2026-09-01T08:30")
    assert not desk().is_open(london("2026-12-28T10:00"))


def test_without_resolved_holidays_none_is_closed() -> None:
    bare = working_calendar(CONCERO.calendars["desk"], None)
    assert bare.is_open(london("2026-12-28T10:00"))


def test_limited_holidays_stay_open() -> None:
    impero = shipped("impero")
    resolved = resolve_holidays(impero, 2026, 2026)
    calendar = working_calendar(impero.calendars["uk"], resolved)
    assert calendar.is_open(london("2026-12-25T10:00"))
    assert calendar.is_open(london("2026-11-21T00:30")), "Friday's hours end on Saturday at one"


def test_a_shutdown_with_a_name_closes_both_of_its_days() -> None:
    closed = desk(shutdowns=[["2026-12-23", "2026-12-24", "Christmas shutdown"]])
    assert not closed.is_open(london("2026-12-23T10:00"))
    assert not closed.is_open(london("2026-12-24T10:00"))
    assert closed.is_open(london("2026-12-22T10:00"))


def test_hours_bought_once_and_weekly_open_on_top() -> None:
    once = desk(extra=[["2026-11-28", "09:00", "13:00"]])
    weekly = desk(
        weekly_extra=[
            {"day": "sat", "from": "09:00", "to": "13:00", "first": "2026-11-01"},
        ]
    )
    assert once.is_open(london("2026-11-28T10:00"))
    assert not once.is_open(london("2026-12-05T10:00"))
    assert weekly.is_open(london("2026-12-05T10:00"))


def test_the_same_hours_are_the_same_calendar_again() -> None:
    assert desk() is desk()
    assert desk(shutdowns=[["2026-12-24", "2026-12-24"]]) == desk(
        shutdowns=[["2026-12-24", "2026-12-24"]]
    )
    assert desk() != desk(shutdowns=[["2026-12-24", "2026-12-24"]])


def test_a_mistake_in_what_was_agreed_on_top_is_named() -> None:
    with pytest.raises(CalendarError):
        desk(shutdowns=[["2026-12-24", "2026-12-01"]])


def test_day_and_night_runs_over_both_clock_changes() -> None:
    always = working_calendar(ROUND_THE_CLOCK, None)
    for start in ("2026-03-27T12:00", "2026-10-24T12:00"):
        begun = london(start).astimezone(UTC)
        assert always.add(begun, timedelta(hours=72)) == begun + timedelta(hours=72)
