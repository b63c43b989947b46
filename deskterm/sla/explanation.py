"""A due time as the sum it is: lines that can be read by a customer and added up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deskterm.sla import wording
from deskterm.sla.clocks import Clock

LineKind = Literal[
    "counted", "held", "resolved", "break", "holiday", "shutdown", "closed", "priority"
]

#: Stretches that stand for whole dates.
_DATED = ("holiday", "shutdown", "closed")

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One step on the way to the due time. Instants and amounts in microseconds.

    ``counted``: an open stretch that was used, `amount_us` long. ``held`` and ``resolved``: a
    stretch in which the clock stood still, with `amount_us` of its calendar that did not count and
    so moved the due time. ``break``, ``holiday``, ``shutdown`` and ``closed``: time that the
    calendar skips. ``priority``: a change at `from_us`. `to_us` is None for what goes on.
    """

    kind: LineKind
    from_us: int
    to_us: int | None
    amount_us: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clock stands as it does."""

    clock: Clock
    title: str
    source: str
    """The agreement and clause the promise comes from; empty where nothing is promised."""
    lines: tuple[Line, ...]
    total: str
    """The sum in words, ``worked 34h00 = 2 days of 17h00``; empty where nothing is summed."""
    sentence: str
    """How the clock stands and why, in a sentence."""
    zone: str

    def total_us(self) -> int:
        """The sum of what counted: the amount promised, where the lines reach the due time."""
        return sum(line.amount_us for line in self.lines if line.kind == "counted")

    def text(self, here: Callable[[int], datetime] | None = None) -> str:
        """The whole as plain text, a line for each step, in times of `zone`.

        `here` gives an instant on the reader's own clocks: where those are not the zone's, the
        text says whose its times are, and when it is due by the reader's.
        """
        rows = [self.title]
        if self.source and len(self.title) + len(self.source) + 3 > _WIDTH:
            rows.append(f"  ({self.source})")
        elif self.source:
            rows[0] += f" ({self.source})"
        if here is not None and (foreign := self._foreign(here)):
            rows.append(f"  {foreign}")
        rows += _Body(self.zone, self.lines).rows()
        if self.total:
            rows.append(f"  {self.total}")
        rows.append(f"  {self.sentence}")
        return "\n".join(row.rstrip() for row in rows) + "\n"


    def _foreign(self, here: Callable[[int], datetime]) -> str:
        told = [line.from_us for line in self.lines]
        due_us = self.clock.due_us
        if due_us is not None:
            told.append(due_us)
        if all(here(us).utcoffset() == wording.local(us, self.zone).utcoffset() for us in told):
            return ""
        whose = f"in {self.zone.rpartition('/')[2].replace('_', ' ')} time"
        if due_us is None:
            return whose
        at = here(due_us)
        return f"{whose}; {wording.day(at.date())} {wording.clock_time(at)} here"


class _Body:
    """The lines in columns: date, times, amount, remark."""

    def __init__(self, zone: str, lines: Sequence[Line]) -> None:
        self._zone = zone
        self._lines = lines
        self._year = wording.local(lines[0].from_us, zone).year if lines else 0
        self._date_width = max(
            (len(self._date(line)) for line in lines if line.kind not in _DATED), default=0
        )
        self._amount_width = max(
            (len(wording.hours(line.amount_us)) for line in lines if line.kind == "counted"),
            default=0,
        )

    def rows(self) -> list[str]:
        rows: list[str] = []
        shown = ""
        for line in self._lines:
            date = self._date(line)
            if line.kind in _DATED:
                rows.append(f"  {date:<{self._date_width}}  {line.text}")
                shown = ""
                continue
            rows.append(
                f"  {date if date != shown else '':<{self._date_width}}  {self._said(line)}"
            )
            shown = date
        return rows

    def _said(self, line: Line) -> str:
        if line.kind == "priority":
            return f"{self._time(line.from_us)} {line.text}"
        stretch = self._stretch(line)
        if line.kind == "counted":
            amount = wording.hours(line.amount_us)
            return f"{stretch:<13}  {amount:>{self._amount_width}}  {line.text}"
        if line.kind == "break":
            return f"break {stretch}  {line.text}"
        remark = f" ({line.text})" if line.text else ""
        if line.to_us is None:
            return f"{line.kind} since {self._time(line.from_us)}{remark}"
        return f"{line.kind} {stretch}{remark}  not counted, {wording.duration(line.amount_us)}"

    def _stretch(self, line: Line) -> str:
        """``14:02 – 15:10``, with the date of the end where it is another day's."""
        ends_us = line.from_us if line.to_us is None else line.to_us
        begins, ends = wording.local(line.from_us, self._zone), wording.local(ends_us, self._zone)
        nights = (ends.date() - begins.date()).days
        until = wording.clock_time(ends)
        # Hours worked past midnight are read as one evening.
        evening = line.kind == "counted" and nights == 1 and ends.time() < begins.time()
        if nights and not evening:
            until = f"{wording.day(ends.date(), self._year)} {until}"
        return f"{wording.clock_time(begins)} – {until}"

    def _date(self, line: Line) -> str:
        if line.kind in _DATED:
            last = wording.local((line.to_us or line.from_us) - 1, self._zone).date()
            first = wording.local(line.from_us, self._zone).date()
            return wording.days(first, last, self._year)
        return wording.day(wording.local(line.from_us, self._zone).date(), self._year)

    def _time(self, us: int) -> str:
        return wording.clock_time(wording.local(us, self._zone))
