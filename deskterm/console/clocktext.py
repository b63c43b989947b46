"""What a clock says in a few characters, and when it will next say something else.

Pure functions of plain data and an instant. Time left is working time: hours and minutes
(``78h15``), minutes and seconds in the last hour (``25m04``); a state is always told by its mark
as well as by its colour.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.desk.model import ClockCell, QueueRow

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

Mood = Literal[
    "track", "risk", "late", "held", "met", "missed", "exempt", "unknown", "pending", "none"
]
"""How a clock stands; the style sheets have one colour and one weight for each."""

Localise = Callable[[int], datetime]
"""Microseconds since the epoch to an aware datetime in the viewer's zone."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ClockText(NamedTuple):
    """A clock as shown in a cell."""

    text: str
    mood: Mood


NOTHING: Final = ClockText("", "none")


def system_local(us: int) -> datetime:
    """`us` in the zone of this machine, by its rules at that instant."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone()


def whole_second(us: int) -> int:
    """The second `us` lies in; countdowns are computed for it, so that none skips or repeats."""
    return us - us % SECOND


def time_left(us: int) -> str:
    """``3h42``, or ``25m04`` in the last hour; never negative."""
    us = max(us, 0)
    if us >= HOUR:
        return f"{us // HOUR}h{us % HOUR // MINUTE:02}"
    return f"{us // MINUTE}m{us % MINUTE // SECOND:02}"


def time_over(us: int) -> str:
    """``+14m`` or ``+2h05``: how far past its due time something is or was."""
    us = max(us, 0)
    if us >= HOUR:
        return f"+{us // HOUR}h{us % HOUR // MINUTE:02}"
    return f"+{us // MINUTE}m"


def span_words(us: int) -> str:
    """A length of time in a sentence: ``2h14``, ``14m``."""
    us = max(us, 0)
    return f"{us // HOUR}h{us % HOUR // MINUTE:02}" if us >= HOUR else f"{us // MINUTE}m"


def clock_text(
    cell: ClockCell | None, now_us: int, glyphs: Glyphs = UNICODE, *, triaged: bool = True
) -> ClockText:
    """What `cell` says at `now_us`.

    `triaged` is False for a ticket without a priority: a clock that waits for one says so.
    """
    if cell is None:
        return NOTHING
    state = cell.state(now_us)
    if state == "running":
        remaining = cell.remaining_us(now_us)
        if remaining is None:
            return ClockText(f"{glyphs.unknown} no visit", "unknown")
        if cell.at_risk(now_us):
            return ClockText(f"{glyphs.risk} {time_left(remaining)}", "risk")
        return ClockText(time_left(remaining), "track")
    if state == "overdue":
        return ClockText(f"{glyphs.late} {time_over(-(cell.remaining_us(now_us) or 0))}", "late")
    if state == "paused":
        left = cell.remaining_us(now_us)
        return ClockText(
            glyphs.held if left is None else f"{glyphs.held} {time_left(left)}", "held"
        )
    if state == "met":
        return ClockText(glyphs.met, "met")
    if state == "missed":
        late_by = _late_by(cell)
        text = glyphs.missed if late_by is None else f"{glyphs.missed} {time_over(late_by)}"
        return ClockText(text, "missed")
    if state == "pending":
        return ClockText("not yet" if triaged else f"{glyphs.unknown} triage", "pending")
    return ClockText(glyphs.exempt, "exempt")


def _late_by(cell: ClockCell) -> int | None:
    if cell.axis is None or cell.due_us is None or cell.ended_us is None:
        return None
    return cell.axis.position(cell.ended_us) - cell.axis.position(cell.due_us)


def next_change_us(cell: ClockCell, now_us: int) -> int | None:
    """The first instant at which `cell` may say something else; None if only an event can.

    In its last hour that is the next second while its calendar is open, otherwise the next
    minute, or the instant it becomes at risk or late if that comes first.
    """
    if cell.phase != "running" or cell.due_us is None:
        return None
    remaining = cell.remaining_us(now_us)
    if remaining is None:
        return None
    minute = now_us - now_us % MINUTE + MINUTE
    late_from = cell.late_from_us
    if late_from is not None and now_us > late_from:
        return minute
    soonest = minute
    if late_from is not None:
        soonest = min(soonest, late_from + SECOND)
    if cell.at_risk_us is not None and cell.at_risk_us > now_us:
        soonest = min(soonest, cell.at_risk_us)
    if remaining <= HOUR:
        if cell.axis is not None and cell.axis.is_open(now_us):
            soonest = min(soonest, whole_second(now_us) + SECOND)
    else:
        soonest = min(soonest, now_us + remaining - HOUR)
    return max(soonest, now_us + 1)


def due_text(due_us: int | None, now_us: int, local: Localise, glyphs: Glyphs = UNICODE) -> str:
    """``today 14:02``, ``Mon 08:30`` within the coming week, else with the date.

    What lies before today carries its date as well: a bare weekday always means the next one.
    """
    if due_us is None:
        return glyphs.none
    due, now = local(due_us), local(now_us)
    days = (due.date() - now.date()).days
    clock = f"{due.hour:02}:{due.minute:02}"
    if days == 0:
        return f"today {clock}"
    if 0 < days < 7:
        return f"{WEEKDAYS[due.weekday()]} {clock}"
    if abs(days) < 300:
        return f"{due.day} {MONTHS[due.month - 1]} {clock}"
    return f"{due.day} {MONTHS[due.month - 1]} {due.year}"


def day_and_time(us: int, local: Localise) -> str:
    """``Fri 20 Nov 14:16``."""
    at = local(us)
    return f"{WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at.hour:02}:{at.minute:02}"


def due_clock(row: QueueRow) -> ClockCell | None:
    """The clock whose due time the row shows: the one the desk named, else the first still open."""
    if row.next_clock is not None and (cell := row.clock(row.next_clock)) is not None:
        return cell
    running = [cell for cell in row.clocks if cell.phase == "running"]
    dated = [cell for cell in running if cell.due_us is not None]
    if dated:
        return min(dated, key=lambda cell: cell.due_us or 0)
    if running:
        return running[0]
    waiting = [cell for cell in row.clocks if cell.phase in ("paused", "pending")]
    return waiting[0] if waiting else (row.clocks[-1] if row.clocks else None)


def answer_and_fix(row: QueueRow) -> tuple[ClockCell | None, ClockCell | None]:
    """The two clocks a wide table has columns for: the first answer, and the end of the work.

    Which clocks a ticket has is its policy's matter. The last one a policy names promises the end
    of its work; of the others the one that still runs and is due first stands for the answer, or
    the last that was stopped.
    """
    if not row.clocks:
        return None, None
    *answers, fix = row.clocks
    if not answers:
        return fix, None
    live = [cell for cell in answers if cell.phase == "running"]
    if live:
        return min(live, key=lambda cell: (cell.due_us is None, cell.due_us or 0)), fix
    waiting = [cell for cell in answers if cell.phase == "paused"]
    if waiting:
        return waiting[0], fix
    stopped = [cell for cell in answers if cell.ended_us is not None]
    if stopped:
        return max(stopped, key=lambda cell: cell.ended_us or 0), fix
    return answers[0], fix


def used_share(cell: ClockCell, start_us: int, now_us: int) -> float | None:
    """How much of the time to the due instant is gone, 0 to 1; None where that is unknown."""
    if cell.axis is None or cell.due_us is None:
        return 1.0 if cell.phase == "missed" else None
    start, due = cell.axis.position(start_us), cell.axis.position(cell.due_us)
    if due <= start:
        return 1.0
    at = cell.axis.position(cell.ended_us if cell.ended_us is not None else now_us)
    return min(1.0, max(0.0, (at - start) / (due - start)))


def bar(share: float, width: int, glyphs: Glyphs = UNICODE) -> str:
    """A bar of `width` cells; only a full share fills it and any use at all shows."""
    full = int(share * width)
    if share > 0 and full == 0:
        full = 1
    if share < 1 and full == width:
        full = width - 1
    return glyphs.bar_full * full + glyphs.bar_empty * (width - full)
