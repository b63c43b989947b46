"""A calendar as it was agreed, checked and immutable: dates and times of day, not yet instants.

A time of day is microseconds since the midnight that begins the date the hours belong to, so hours
that run into the next day close at a day or more. Dates are `datetime.date`, all in the local
calendar of the zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from deskterm.worktime.instants import DAY, HOUR, MINUTE, SECOND

Hours = tuple[tuple[int, int], ...]
"""Opening and closing of each stretch of hours that begins on a date, as times of day."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, order=True)
class Shutdown:
    """Closed from `first` to `last`, both included. `name` may be empty."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyExtra:
    """Hours on one weekday (0 is Monday) from `first` to `last`; None is without end."""

    weekday: int
    opens: int
    closes: int
    first: date
    last: date | None = None

    def applies_on(self, day: date) -> bool:
        """Whether these hours begin on that date."""
        if day.weekday() != self.weekday or day < self.first:
            return False
        return self.last is None or day <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """Time cut out of the hours, from one wall time to a later one."""

    first: date
    begins: int
    last: date
    ends: int


@dataclass(frozen=True, slots=True)
class Variation:
    """What may be agreed on top of a calendar's own hours."""

    shutdowns: tuple[Shutdown, ...] = ()
    extra: tuple[tuple[date, Hours], ...] = ()
    weekly_extra: tuple[WeeklyExtra, ...] = ()
    breaks: tuple[Break, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shutdowns or self.extra or self.weekly_extra or self.breaks)

    def plus(self, more: "Variation") -> "Variation":
        """Both together."""
        return Variation(
            self.shutdowns + more.shutdowns,
            self.extra + more.extra,
            self.weekly_extra + more.weekly_extra,
            self.breaks + more.breaks,
        )


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a calendar was made from."""

    tz: str
    weekly: tuple[Hours, ...] = ((),) * 7
    holidays: tuple[tuple[date, str], ...] = ()
    overrides: tuple[tuple[date, Hours], ...] = ()
    variation: Variation = Variation()

    def varied(self, more: Variation) -> "Document":
        """The same document with more agreed on top."""
        return replace(self, variation=self.variation.plus(more))

    def to_dict(self) -> dict[str, Any]:
        """The document in the form it is read from, with text for dates and times of day."""
        vary = self.variation
        parts: dict[str, Any] = {
            "weekly": {
                name: _written_hours(hours)
                for name, hours in zip(WEEKDAYS, self.weekly, strict=True)
                if hours
            },
            "holidays": (
                {day.isoformat(): name for day, name in self.holidays}
                if any(name for _, name in self.holidays)
                else [day.isoformat() for day, _ in self.holidays]
            ),
            "shutdowns": [
                [s.first.isoformat(), s.last.isoformat(), *([s.name] if s.name else [])]
                for s in vary.shutdowns
            ],
            "overrides": {day.isoformat(): _written_hours(hours) for day, hours in self.overrides},
            "extra": {day: _written_hours(hours) for day, hours in _by_date(vary.extra)},
            "weekly_extra": [_written_weekly_extra(extra) for extra in vary.weekly_extra],
            "breaks": [
                [_written_wall(b.first, b.begins), _written_wall(b.last, b.ends)]
                for b in vary.breaks
            ],
        }
        return {"tz": self.tz} | {key: part for key, part in parts.items() if part}


def _by_date(extra: Iterable[tuple[date, Hours]]) -> list[tuple[str, Hours]]:
    together: dict[str, Hours] = {}
    for day, hours in extra:
        together[day.isoformat()] = together.get(day.isoformat(), ()) + hours
    return list(together.items())


def _written_hours(hours: Hours) -> list[list[str]]:
    return [[_written_time(opens), _written_time(closes)] for opens, closes in hours]


def _written_weekly_extra(extra: WeeklyExtra) -> dict[str, str]:
    written = {
        "day": WEEKDAYS[extra.weekday],
        "from": _written_time(extra.opens),
        "to": _written_time(extra.closes),
        "first": extra.first.isoformat(),
    }
    return written if extra.last is None else written | {"last": extra.last.isoformat()}


def _written_wall(day: date, time_us: int) -> str:
    return f"{day.isoformat()}T{_written_time(time_us)}"


def _written_time(time_us: int) -> str:
    # A day exactly is this date's end, "24:00"; anything later is a time on the next date.
    shown = time_us if time_us <= DAY else time_us - DAY
    seconds, fraction = divmod(shown % MINUTE, SECOND)
    text = f"{shown // HOUR:02d}:{shown % HOUR // MINUTE:02d}"
    if seconds or fraction:
        text += f":{seconds:02d}"
    return f"{text}.{fraction:06d}" if fraction else text
