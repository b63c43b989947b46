"""What a choice would promise, one line a clock, and beside it what is promised now."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.clocktext import Localise, due_text, time_left
from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.triage_sheet import Promised, TriageSheet

#: Clocks in these states are over or never were: choosing cannot change them.
_SETTLED = ("met", "missed", "exempt", "void")


def promise_lines(
    sheet: TriageSheet,
    ticket_type: str,
    priority: str | None,
    now_us: int,
    local: Localise,
    glyphs: Glyphs,
) -> list[Line]:
    """The promises of `ticket_type` and `priority` on the ticket of `sheet`, old against new."""
    new = sheet.promises.get((ticket_type, priority))
    return [] if new is None else changed_lines(sheet, new, now_us, local, glyphs)


def next_due_us(sheet: TriageSheet, now_us: int) -> int | None:
    """When the first of the promises falls due after `now_us`; what is promised is other then."""
    every = [*sheet.promises.values(), sheet.held]
    dues = (promised.due_us for promises in every for promised in promises)
    return min((due for due in dues if due is not None and due > now_us), default=None)


def changed_lines(
    sheet: TriageSheet,
    new: Sequence[Promised],
    now_us: int,
    local: Localise,
    glyphs: Glyphs,
) -> list[Line]:
    """The clocks of `new` that are not over, each beside what it is now."""
    old = {each.clock: each for each in sheet.promises[sheet.type, sheet.priority]}
    lines: list[Line] = []
    for promised in new:
        was = old.get(promised.clock)
        if promised.state in _SETTLED and (was is None or was.state in _SETTLED):
            continue
        lines.append(_line(promised, was, now_us, local, glyphs))
    return lines


def _line(
    promised: Promised, was: Promised | None, now_us: int, local: Localise, glyphs: Glyphs
) -> Line:
    said, ink = _said(promised, now_us, local, glyphs)
    line = [Span(f"  {promised.title} ", "quiet"), Span(said, ink)]
    if promised.words and promised.state not in _SETTLED:
        line.append(Span(f"  {promised.words}", "quiet"))
    if was is not None and was.state != "pending":
        before, _ = _said(was, now_us, local, glyphs)
        if before != said:
            line.append(Span(f"   was {before}", "quiet"))
    return line


def _said(promised: Promised, now_us: int, local: Localise, glyphs: Glyphs) -> tuple[str, str]:
    due = due_text(promised.due_us, now_us, local, glyphs)
    if promised.state == "overdue":
        return f"{glyphs.late} overdue since {due}", "late"
    if promised.state == "running" and promised.due_us is None:
        return f"{glyphs.unknown} not enough booked visits", "unknown"
    if promised.state == "running":
        return f"by {due}", "ink"
    if promised.state == "paused":
        left = "" if promised.left_us is None else f", {time_left(promised.left_us)} left"
        return f"{glyphs.held} stands still{left}", "held"
    if promised.state == "pending":
        return "not yet running", "pending"
    if promised.state == "exempt":
        return f"{glyphs.exempt} nothing promised", "exempt"
    mark = glyphs.met if promised.state == "met" else glyphs.missed
    return f"{mark} {promised.state}", "met" if promised.state == "met" else "missed"
