"""The slow, obvious program that working time is compared with.

Written from the rules and not from the code: it walks dates one by one, makes UTC spans of them by
its own means, and adds up. It knows one window of time, and says so (`Beyond`) when an answer may
lie outside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]

Point = TypeVar("Point", datetime, timedelta)

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Beyond(Exception):
    """The answer is not within the window."""


class Oracle:
    """Working time of a calendar's document from one date to another."""

    def __init__(self, data: Mapping[str, Any], first: date, last: date) -> None:
        self.data = data
        self.zone = ZoneInfo(data["tz"])
        self.first = first
        self.last = last
        self.breaks = [
            (self.instant_of(begin), self.instant_of(end)) for begin, end in data.get("breaks", [])
        ]
        self.days: dict[date, list[Span]] = {}
        for day in dates(first, last):
            spans = self.spans_begun_on(day)
            if spans:
                self.days[day] = spans
        self.open = union(span for spans in self.days.values() for span in spans)

    # What was agreed for a date.

    def hours_on(self, day: date) -> list[tuple[timedelta, timedelta]]:
        iso = day.isoformat()
        if iso in self.data.get("overrides", {}):
            pairs = list(self.data["overrides"][iso])
        elif self.is_holiday(iso) or self.is_shut(day):
            pairs = []
        else:
            pairs = list(self.data.get("weekly", {}).get(WEEKDAYS[day.weekday()], []))
        pairs += self.data.get("extra", {}).get(iso, [])
        for bought in self.data.get("weekly_extra", []):
            begun = date.fromisoformat(bought["first"]) <= day
            ended = bought.get("last") is not None and day > date.fromisoformat(bought["last"])
            if WEEKDAYS[day.weekday()] == bought["day"] and begun and not ended:
                pairs.append([bought["from"], bought["to"]])
        hours = []
        for opens, closes in pairs:
            begin, end = clock(opens), clock(closes)
            hours.append((begin, end if end > begin else end + ONE_DAY))
        return hours

    def is_holiday(self, iso: str) -> bool:
        return iso in self.data.get("holidays", [])

    def is_shut(self, day: date) -> bool:
        return any(
            date.fromisoformat(shutdown[0]) <= day <= date.fromisoformat(shutdown[1])
            for shutdown in self.data.get("shutdowns", [])
        )

    def spans_begun_on(self, day: date) -> list[Span]:
        if self.instant(day, timedelta(hours=12)).astimezone(self.zone).date() != day:
            return []  # the zone's calendar has no such date
        # Overlapping hours are one before the clocks have their say.
        spans = union(
            (self.instant(day, opens), self.instant(day, closes))
            for opens, closes in union(self.hours_on(day))
        )
        for begin, end in self.breaks:
            left = []
            for start, stop in spans:
                left += [(start, min(stop, begin)), (max(start, end), stop)]
            spans = union(left)
        return spans

    # From the clock on the wall to the instant.

    def instant_of(self, text: str) -> datetime:
        return self.instant(date.fromisoformat(text[:10]), clock(text[11:]))

    def instant(self, day: date, since_midnight: timedelta) -> datetime:
        wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + since_midnight
        before = self.offset(wall - timedelta(hours=30))
        after = self.offset(wall + timedelta(hours=30))
        shown = [
            wall - offset for offset in (before, after) if self.offset(wall - offset) == offset
        ]
        if shown:
            return min(shown)
        moved_on = wall + (after - before)
        return moved_on - after

    def offset(self, instant: datetime) -> timedelta:
        offset = instant.astimezone(self.zone).utcoffset()
        assert offset is not None
        return offset

    # The questions.

    def add(self, start: datetime, amount: timedelta) -> datetime:
        self.check(start)
        if amount == NOTHING:
            return start
        left = abs(amount)
        if amount > NOTHING:
            for begin, end in self.open:
                begin = max(begin, start)
                if end > begin:
                    if left <= end - begin:
                        return self.known(begin + left)
                    left -= end - begin
        else:
            for begin, end in reversed(self.open):
                end = min(end, start)
                if end > begin:
                    if left <= end - begin:
                        return self.known(end - left)
                    left -= end - begin
        raise Beyond

    def between(self, start: datetime, end: datetime) -> timedelta:
        self.check(start)
        self.check(end)
        if end < start:
            return -self.between(end, start)
        worked = NOTHING
        for opens, closes in self.open:
            worked += max(min(closes, end) - max(opens, start), NOTHING)
        return worked

    def add_days(self, start: datetime, n: int) -> datetime:
        self.check(start)
        if n == 0:
            return start
        opening = self.next_opening(start)
        day = self.working_day_of(opening)
        assert day is not None
        shown = opening.astimezone(self.zone).replace(tzinfo=UTC)
        since_midnight = shown - datetime(day.year, day.month, day.day, tzinfo=UTC)
        target_day = self.nth_day_after(day, n)
        hours = self.days[target_day]
        target = self.instant(target_day, since_midnight)
        target = max(target, hours[0][0])
        target = min(target, max(end for _, end in hours))
        return self.earliest_equal(target)

    def earliest_equal(self, at: datetime) -> datetime:
        if any(begin < at <= end for begin, end in self.open):
            return self.known(at)
        closings = [end for _, end in self.open if end < at]
        if not closings:
            raise Beyond
        return self.known(max(closings))

    def nth_day_after(self, day: date, n: int) -> date:
        later = sorted(other for other in self.days if other > day)
        if len(later) < n:
            raise Beyond
        return later[n - 1]

    def next_business_day(self, start: datetime) -> datetime:
        self.check(start)
        day = self.nth_day_after(start.astimezone(self.zone).date(), 1)
        return self.known(max(end for _, end in self.days[day]))

    def working_day_of(self, at: datetime) -> date | None:
        self.check(at)
        days = [
            day
            for day, spans in self.days.items()
            if any(begin <= at < end for begin, end in spans)
        ]
        return max(days, default=None)

    def working_days(self, first: date, last: date) -> list[tuple[date, datetime, datetime]]:
        return [
            (day, min(s for s, _ in self.days[day]), max(e for _, e in self.days[day]))
            for day in dates(first, last)
            if day in self.days
        ]

    def spans(self, start: datetime, end: datetime) -> list[Span]:
        self.check(start)
        self.check(end)
        return [
            (max(opens, start), min(closes, end))
            for opens, closes in self.open
            if max(opens, start) < min(closes, end)
        ]

    def is_open(self, at: datetime) -> bool:
        self.check(at)
        return any(begin <= at < end for begin, end in self.open)

    def next_opening(self, at: datetime) -> datetime:
        if self.is_open(at):
            return at
        openings = [begin for begin, _ in self.open if begin > at]
        if not openings:
            raise Beyond
        return self.known(min(openings))

    def next_change(self, at: datetime) -> datetime:
        self.check(at)
        changes = [edge for span in self.open for edge in span if edge > at]
        if not changes:
            raise Beyond
        return self.known(min(changes))

    # The window.

    def known_from(self) -> datetime:
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC) + 4 * ONE_DAY

    def known_to(self) -> datetime:
        return datetime(self.last.year, self.last.month, self.last.day, tzinfo=UTC) - 4 * ONE_DAY

    def check(self, at: datetime) -> None:
        if not self.known_from() < at < self.known_to():
            raise Beyond

    def known(self, answer: datetime) -> datetime:
        self.check(answer)
        return answer


def dates(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def clock(text: str) -> timedelta:
    hours, minutes, *seconds = text.split(":")
    spent = timedelta(hours=int(hours), minutes=int(minutes))
    return spent + timedelta(seconds=float(seconds[0])) if seconds else spent


def union(spans: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """The same points as spans in order that neither overlap nor touch."""
    result: list[tuple[Point, Point]] = []
    for begin, end in sorted(spans):
        if begin >= end:
            continue
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result
