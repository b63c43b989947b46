"""What the clocks are computed from: the ticket, its events, and facts about time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

#: Entered before everything: facts that were part of the agreement from the beginning.
ALWAYS_US: Final = -(2**62)

NO_DATA: Final[Mapping[str, Any]] = MappingProxyType({})

TimeFactKind = Literal["shutdown", "extra", "weekly_extra", "break"]


class TicketFacts(NamedTuple):
    """What a ticket is by itself, as it came in.

    `priority` is the one it was opened with, None while nobody has triaged it; `impact` and
    `urgency` stand for the grid's cell when no priority is given. What changes later is an event.
    """

    opened_us: int
    type: str = "incident"
    priority: str | None = None
    channel: str | None = None
    tier: str | None = None
    emergency_callout: bool = False
    impact: str | None = None
    urgency: str | None = None


class Event(NamedTuple):
    """Something that happened to a ticket.

    `data` carries what the kind needs: ``reason`` of a hold; ``priority``, ``impact``,
    ``urgency`` and ``type`` of ``triaged`` and ``reprioritised``; ``undoes`` of ``undone``, which
    is the `id` of another event or, where events have no ids, its place in the list from 1.
    """

    at_us: int
    kind: str
    data: Mapping[str, Any] = NO_DATA
    id: int | str | None = None


class OnsiteSpan(NamedTuple):
    """Booked or attended engineer time at the customer, [`from_us`, `to_us`).

    Known from `entered_us` on and, where a visit was moved or cancelled, until `removed_us`.
    """

    from_us: int
    to_us: int
    entered_us: int = ALWAYS_US
    removed_us: int | None = None


#: Onsite time as `clocks.evaluate` takes it; bare pairs were always known.
OnsiteSpans = Sequence[OnsiteSpan | tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TimeFact:
    """A dated change to an agreement's hours, with the instant at which it was entered.

    Facts are only ever added. A clock uses those entered by the time it stopped, or by now while
    it runs, so that a closure entered later moves open clocks and rewrites no verdict.
    Dates and times are local to the calendar they change. `data` by kind:

    - ``shutdown``: ``first``, ``last`` (dates, both closed), ``name`` (optional); all calendars.
    - ``extra``: ``date``, ``from``, ``to``; bought hours, the desk's calendar.
    - ``weekly_extra``: ``day`` (``mon`` ... ``sun``), ``from``, ``to``, ``first``, ``last``
      (None: without end); the desk's calendar.
    - ``break``: ``from``, ``to`` (local date and time); cut out of all calendars.
    """

    kind: TimeFactKind
    data: Mapping[str, Any]
    entered_us: int = ALWAYS_US
    withdrawn_us: int | None = None
    """When it was taken back as a mistake; clocks that had stopped by then keep it."""

    def known_at(self, at_us: int) -> bool:
        """Whether it had been entered by an instant, and not been taken back."""
        return self.entered_us <= at_us and (self.withdrawn_us is None or at_us < self.withdrawn_us)


def onsite_known_at(spans: OnsiteSpans, known_at_us: int) -> list[tuple[int, int]]:
    """The onsite spans that were on the books at an instant, as plain pairs."""
    known: list[tuple[int, int]] = []
    for span in spans:
        if isinstance(span, OnsiteSpan):
            gone = span.removed_us is not None and span.removed_us <= known_at_us
            if span.entered_us > known_at_us or gone:
                continue
        known.append((span[0], span[1]))
    return known
