"""Adding and measuring working time, against the least that could do it and against others."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from zoneinfo import ZoneInfo

from deskterm.worktime import WorkingCalendar
from tests.benchmarks._result import NotMeasured, Result
from tests.benchmarks._timing import ratio

ZONE = "Europe/London"
OPENS, CLOSES = dt.time(8), dt.time(16, 30)
HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31",
            "2026-12-25", "2026-12-28"]  # fmt: skip
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
HOUR_US = 3_600_000_000


class Bare:
    """Sorted spans, running sums and two bisections; no checks, no zone rules, three years."""

    def __init__(self) -> None:
        self.zone = ZoneInfo(ZONE)
        self.epoch = dt.datetime(1970, 1, 1, tzinfo=self.zone)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sums = [0]
        day = dt.date(2025, 1, 1)
        while day < dt.date(2028, 1, 1):
            if day.weekday() < 5 and day.isoformat() not in HOLIDAYS:
                opens, closes = (
                    self._us(dt.datetime.combine(day, at, self.zone)) for at in (OPENS, CLOSES)
                )
                self.starts.append(opens)
                self.ends.append(closes)
                self.sums.append(self.sums[-1] + closes - opens)
            day += dt.timedelta(days=1)

    @staticmethod
    def _us(at: dt.datetime) -> int:
        since = at - EPOCH
        return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds

    def _position(self, us: int) -> int:
        index = bisect_right(self.starts, us) - 1
        return self.sums[index] + min(us, self.ends[index]) - self.starts[index]

    def add(self, start: dt.datetime, amount: dt.timedelta) -> dt.datetime:
        work = (amount.days * 86400 + amount.seconds) * 1_000_000 + amount.microseconds
        target = self._position(self._us(start)) + work
        index = bisect_left(self.sums, target) - 1
        us = self.starts[index] + target - self.sums[index]
        return self.zone.fromutc(self.epoch + dt.timedelta(microseconds=us))

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        worked = self._position(self._us(end)) - self._position(self._us(start))
        return dt.timedelta(microseconds=worked)


def questions(count: int) -> list[tuple[dt.datetime, dt.timedelta, dt.datetime]]:
    """Random starts inside 2026, amounts up to 80 hours, and ends up to a month later."""
    random.seed(20260101)
    zone = ZoneInfo(ZONE)
    out = []
    for _ in range(count):
        start = dt.datetime(2026, 1, 2, tzinfo=zone) + dt.timedelta(
            minutes=random.randrange(300 * 1440)
        )
        amount = dt.timedelta(hours=random.randrange(1, 81))
        out.append((start, amount, start + dt.timedelta(minutes=random.randrange(30 * 1440))))
    return out


def run() -> list[Result]:
    try:
        import businesstimedelta
        import pandas
        import pytz
    except ImportError as error:
        raise NotMeasured(f"needs: pip install '.[bench]' ({error.name} is missing)") from None

    week = {day: [["08:00", "16:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    ours = WorkingCalendar.from_dict({"tz": ZONE, "weekly": week, "holidays": HOLIDAYS})
    bare = Bare()
    asked = questions(2000)
    few = asked[:60]
    for start, amount, end in asked:
        assert ours.add(start, amount) == bare.add(start, amount), (start, amount)
        assert ours.between(start, end) == bare.between(start, end), (start, end)

    def adding(add: Callable[[dt.datetime, dt.timedelta], object]) -> Callable[[], None]:
        def call() -> None:
            for start, amount, _ in asked:
                add(start, amount)

        return call

    def measuring(between: Callable[[dt.datetime, dt.datetime], object]) -> Callable[[], None]:
        def call() -> None:
            for start, _, end in asked:
                between(start, end)

        return call

    def few_adds() -> None:
        for start, amount, _ in few:
            ours.add(start, amount)

    def few_betweens() -> None:
        for start, _, end in few:
            ours.between(start, end)

    hours = {
        amount: pandas.offsets.CustomBusinessHour(
            n=int(amount.total_seconds()) // 3600, start=OPENS, end=CLOSES, holidays=HOLIDAYS
        )
        for _, amount, _ in few
    }
    stamps = [(pandas.Timestamp(start), hours[amount]) for start, amount, _ in few]

    def pandas_adds() -> None:
        for stamp, offset in stamps:
            stamp + offset

    days = businesstimedelta.WorkDayRule(
        start_time=OPENS, end_time=CLOSES, working_days=[0, 1, 2, 3, 4], tz=pytz.timezone(ZONE)
    )
    closed = businesstimedelta.HolidayRule(
        [dt.date.fromisoformat(day) for day in HOLIDAYS], tz=pytz.timezone(ZONE)
    )
    rules = businesstimedelta.Rules([days, closed])
    deltas = [
        businesstimedelta.BusinessTimeDelta(rules, seconds=int(amount.total_seconds()))
        for _, amount, _ in few
    ]

    def rule_adds() -> None:
        for (start, _, _), delta in zip(few, deltas, strict=True):
            start + delta

    def rule_betweens() -> None:
        for start, _, end in few:
            rules.difference(start, end)

    least = "add, against bare bisection, datetimes in and out"
    return [
        Result(least, ratio(adding(bare.add), adding(ours.add), 41), "at least", 0.8),
        Result(
            least.replace("add", "between"),
            ratio(measuring(bare.between), measuring(ours.between), 41),
            "at least",
            0.8,
        ),
        Result("add, against pandas CustomBusinessHour", ratio(pandas_adds, few_adds, 5),
               "at least", 30),
        Result("add, against businesstimedelta", ratio(rule_adds, few_adds, 3), "at least", 300),
        Result("between, against businesstimedelta", ratio(rule_betweens, few_betweens, 3),
               "at least", 300),
    ]  # fmt: skip
