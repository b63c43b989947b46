"""A clock as a bar with time left and due time, as spans; shared by preview and ticket."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.clocktext import (
    ClockText,
    Localise,
    bar,
    clock_text,
    due_text,
    span_words,
    time_left,
    time_over,
    used_share,
)
from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.painted import Span
from deskterm.desk.model import ClockCell, QueueRow


def clock_bar(
    row: QueueRow, clock: ClockCell, now_us: int, local: Localise, glyphs: Glyphs, *, width: int
) -> list[Span]:
    """``Fix ██░░░░ 6h46 left, Mon 12:32``; only a running clock has a bar."""
    said = clock_text(clock, now_us, glyphs, triaged=row.priority is not None)
    spans = [Span(f"{clock.title} ", "quiet")]
    share = used_share(clock, row.opened_us, now_us)
    if share is not None and said.mood in ("track", "risk", "late"):
        full = 1.0 if said.mood == "late" else share
        spans.append(Span(bar(full, width, glyphs) + " ", said.mood))
    spans.append(Span(clock_words(clock, said, now_us, local, glyphs), said.mood))
    return spans


def clock_words(
    clock: ClockCell, said: ClockText, now_us: int, local: Localise, glyphs: Glyphs
) -> str:
    """Time left and due time in a few words."""
    left = clock.remaining_us(now_us) or 0
    due = due_text(clock.due_us, now_us, local, glyphs)
    if said.mood == "late":
        return f"{glyphs.late} overdue {time_over(-left)[1:]}"
    if said.mood == "risk":
        return f"{glyphs.risk} {time_left(left)} left, {due}"
    if said.mood == "track":
        return f"{time_left(left)} left, {due}"
    if said.mood == "held":
        return f"{said.text} when it goes on"
    if said.mood == "unknown" and clock.left_us:
        return f"{said.text}: {_missing(clock)}"
    return said.text


def unbooked_words(clocks: Sequence[ClockCell]) -> str:
    """``Response: 2h00 of onsite time still to be booked.`` or nothing.

    Of a clock that counts down only while an engineer is booked or there.
    """
    for clock in clocks:
        if clock.phase == "running" and clock.due_us is None and clock.left_us:
            return f"{clock.title}: {_missing(clock)}."
    return ""


def _missing(clock: ClockCell) -> str:
    return f"{span_words(clock.left_us or 0)} of onsite time still to be booked"
