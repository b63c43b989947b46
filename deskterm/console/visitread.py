"""What the planner of visits has read, and what it says above that. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from deskterm.console.glyphs import Glyphs
from deskterm.console.visitwords import dated, week_words
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.visits.model import CheckLine, Planner, Stop, VisitView

Mode = Literal["all", "week", "month", "agenda", "my-day"]


@dataclass(frozen=True, slots=True)
class Read:
    """What one mode shows."""

    mode: Mode
    checks: Sequence[CheckLine] = ()
    weeks: Sequence[Planner] = ()
    visits: Sequence[VisitView] = ()
    stops: Sequence[Stop] = ()
    coming: Sequence[VisitView] = ()
    """Booked in the weeks after the one shown."""


def titles(read: Read, monday: date, today: date, who: str, dot: str) -> tuple[str, str]:
    """What stands on the upper edge, and at the right of the lower one."""
    if read.mode == "all":
        return "Visits of all customers", f"{len(read.checks)} agreements with visits"
    if read.mode == "agenda":
        return f"Week {week_words(monday, monday + timedelta(days=6))}", who
    if read.mode == "my-day":
        count = len(read.stops)
        return f"My day {dot} {dated(today)}", f"{count} visit{'s' if count != 1 else ''}"
    check = read.weeks[0].check
    until = f" {dot} to {dated(check.window[1])} {check.window[1].year}" if check.window else ""
    last = read.weeks[-1].days[-1]
    return (
        f"{check.customer} {dot} {check.package}{until}",
        f"{week_words(read.weeks[0].days[0], last)} {dot} {who}",
    )


def heading(read: Read, customer_key: str, week_key: str) -> list[Line]:
    """What to do here, above a list; what will be there, above an empty one."""
    if read.mode == "all" and not read.checks:
        return [
            [Span("No customer has an agreement with visits yet; add one with", "quiet")],
            [Span("deskterm customer add NAME --policy ID", "accent")],
        ]
    if read.mode == "all":
        said = f"Enter opens a customer's week, {customer_key} finds one by name."
        return [[Span(said, "quiet")]]
    if read.mode == "my-day" and not read.stops:
        return [[Span("No visits of yours today. ", "ink"),
                 Span(f"{week_key} shows the week.", "quiet")]]  # fmt: skip
    if read.mode == "agenda" and not read.visits:
        return [[Span("Nothing is booked this week. ", "ink"),
                 Span(f"{customer_key} finds the customer to book for.", "quiet")]]  # fmt: skip
    return [[]]


def displaced_line(count: int, key: str, glyphs: Glyphs) -> Line:
    """That visits cannot be kept as they are booked, and the key that lists them."""
    visits = "1 booked visit" if count == 1 else f"{count} booked visits"
    return [Span(f"{glyphs.risk} {visits} cannot be kept. ", "risk"),
            Span(f"{key} lists what could be done with each.", "quiet")]  # fmt: skip
