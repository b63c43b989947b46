"""The queue as plain lines, where there is no terminal to draw on: a pipe, TERM=dumb, a reader."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

from deskterm.console.clocktext import (
    Localise,
    clock_text,
    day_and_time,
    due_clock,
    due_text,
    system_local,
)
from deskterm.console.glyphs import Glyphs, glyphs_for

if TYPE_CHECKING:
    from deskterm.console.door import DeskDoor
    from deskterm.desk.model import QueueRow

#: More than a screenful nobody listens to; the command for the rest is named.
LIMIT: Final = 40

_COMMANDS: Final = (
    ("deskterm ticket list --view NAME | FILTER", "other tickets, --json for programs"),
    ("deskterm ticket show N", "one ticket with its history"),
    ("deskterm ticket new --customer NAME --subject TEXT", "a new one"),
    ("deskterm ticket assign|triage|respond|hold|resolve N", "a step on it"),
    ("deskterm explain N", "why its clocks are due when they are"),
    ("deskterm --help", "everything else"),
)


def show(desk: DeskDoor, out: TextIO | None = None, *, local: Localise = system_local) -> None:
    """Write what breaks next to `out` (standard output), and which commands do the rest."""
    stream = sys.stdout if out is None else out
    glyphs = glyphs_for(os.environ, getattr(stream, "encoding", None))
    now = desk.now_us()
    page, counts = desk.queue.page("breaking-next", limit=LIMIT), desk.queue.counts()
    said = (
        f"{counts.open} open, {counts.overdue} overdue, {counts.at_risk} at risk, "
        f"{counts.held} on hold"
    )
    lines = [f"deskterm, {day_and_time(now, local)}: {said}.", ""]
    lines += [_line(row, now, local, glyphs) for row in page.rows]
    if not page.rows:
        lines.append("No open tickets.")
    elif counts.open > len(page.rows):
        lines.append(f"and {counts.open - len(page.rows)} more.")
    lines += ["", "There is no terminal to draw on here. These commands do the same:"]
    width = max(len(command) for command, _ in _COMMANDS)
    lines += [f"  {command:<{width}}  {what}" for command, what in _COMMANDS]
    for line in lines:
        print(_shown(line, stream), file=stream)


def _line(row: QueueRow, now: int, local: Localise, glyphs: Glyphs) -> str:
    clock = due_clock(row)
    parts = [f"{row.number} {row.priority_name}: {row.subject}", row.customer]
    if clock is not None:
        said = clock_text(clock, now, glyphs, triaged=row.priority is not None)
        word = _WORDS.get(said.mood)
        due = ""
        if clock.phase == "running" and clock.due_us is not None:
            due = f", due {due_text(clock.due_us, now, local, glyphs)}"
        parts.append(f"{clock.title} {said.text}{f' ({word})' if word else ''}{due}")
    parts.append(row.agent or "nobody")
    return "; ".join(parts)


_WORDS: Final = {
    "track": "left",
    "risk": "at risk",
    "late": "overdue",
    "held": "on hold",
    "met": "met",
    "missed": "missed",
    "exempt": "no promise",
}


def _shown(line: str, stream: TextIO) -> str:
    """`line` in what the stream can carry; what it cannot is written as a question mark."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return line.encode(encoding, "replace").decode(encoding)
