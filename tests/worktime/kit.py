"""Short ways to say what the tests of working time talk about."""

from datetime import datetime, timedelta
from typing import Any

from deskterm.worktime import WorkingCalendar

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
EVERY_DAY = [*WEEKDAYS, "sat", "sun"]
NIGHTS = [["22:00", "06:00"]]
ALWAYS = [["00:00", "24:00"]]


def calendar(
    hours: list[list[str]] | None = None,
    days: list[str] | None = None,
    tz: str = "Europe/London",
    **parts: Any,
) -> WorkingCalendar:
    """An office open Monday to Friday from 08:00 to 16:30, unless told otherwise."""
    hours = [["08:00", "16:30"]] if hours is None else hours
    weekly = dict.fromkeys(WEEKDAYS if days is None else days, hours)
    return WorkingCalendar.from_dict({"tz": tz, "weekly": weekly, **parts})


def at(text: str) -> datetime:
    """An instant in ISO 8601 with its offset."""
    instant = datetime.fromisoformat(text)
    assert instant.tzinfo is not None
    return instant


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


def iso(instant: datetime | None) -> str | None:
    """An instant as the tests write them, in its own zone."""
    if instant is None:
        return None
    exact = "auto" if instant.microsecond else "minutes" if instant.second == 0 else "seconds"
    return instant.isoformat(timespec=exact)


def spans(cal: WorkingCalendar, start: str, end: str) -> list[tuple[str | None, str | None]]:
    """The open spans between two instants, as text."""
    return [(iso(opens), iso(closes)) for opens, closes in cal.spans(at(start), at(end))]
