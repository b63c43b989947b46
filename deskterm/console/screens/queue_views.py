"""The views of the queue, and what is said about them: their numbers, and that one is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal

from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.painted import Span
from deskterm.console.widgets.view_list import View

if TYPE_CHECKING:
    from deskterm.desk.model import QueueCounts

#: What a desk cannot have tickets without.
Lack = Literal["", "me", "customers"]

VIEWS: Final = (
    View("breaking-next", "Breaking next"),
    View("mine", "Mine"),
    View("unassigned", "Unassigned"),
    View("on-hold", "On hold"),
    View("due-today", "Due today"),
    View("policy-order", "Policy order"),
)


def summary(counts: QueueCounts | None, glyphs: Glyphs, *, narrow: bool) -> Sequence[Span]:
    """How many are open, overdue, at risk and on hold, as far as there are any."""
    if counts is None:
        return ()
    parts = [] if narrow else [Span(f"{counts.open} open", "ink")]
    parts += [
        Span(f"{number} {word}", ink)
        for number, word, ink in (
            (counts.overdue, "overdue", "late"),
            (counts.at_risk, "at risk", "risk"),
            (counts.held, "on hold", "held"),
        )
        if number
    ]
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(Span(f" {glyphs.dot} ", "quiet"))
        spans.append(part)
    return spans


def empty(
    view: View, key: Callable[[str], str], *, filtered: bool, lacks: Lack = ""
) -> tuple[str, ...]:
    """What an empty list will hold, and how to start; `lacks` is what has to be there before."""
    if filtered:
        return ("Nothing matches.", "", "Esc clears the filter.")
    if lacks == "me":
        return ("The desk does not know you yet.", "", f"{key('app.begin')} begins.")
    if lacks == "customers":
        go, add = key("go.customers"), key("customers.add")
        return ("No customers yet.", "", f"{go} goes to the customers, {add} adds the first.")
    if view.id == "mine":
        return ("Nothing is yours.", "", f"{key('queue.take')} takes the next free ticket.")
    if view.id == "breaking-next":
        new = key("ticket.new")
        return ("No open tickets.", "", f"{new} opens one; what comes in appears here by itself.")
    return (f"{view.title}: nothing.", "", f"{key('queue.view')} shows what breaks next.")
