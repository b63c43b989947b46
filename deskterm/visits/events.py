"""What can happen to visits, as a closed list of facts.

Each is a frozen dataclass with the number of its journal entry, when it happened (`at_us`) and who
recorded it. The ledger and the history of a visit are computed from these and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from deskterm.visits.interval import Interval

#: What a visit is drawn from: the visits granted, fair use, or the rule for callouts.
VisitKind = Literal["scheduled", "on_demand", "callout"]

#: Who cancelled, or whose fault it was that nobody came or nobody opened.
Cause = Literal["customer", "provider", "outside"]

CAUSE_WORDS: dict[Cause, str] = {
    "customer": "by the customer",
    "provider": "by us",
    "outside": "for reasons outside anybody's control",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitEvent:
    """What every visit event carries: journal id, instant it happened at, agent who recorded it."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    id: int
    at_us: int
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(VisitEvent):
    """The agreement brings this many visits for its window."""

    kind: ClassVar[str] = "granted"
    label: ClassVar[str] = "granted"
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted(VisitEvent):
    """A supervisor adds to the visits granted, or takes away, and says why."""

    kind: ClassVar[str] = "adjusted"
    label: ClassVar[str] = "number granted changed"
    visits: int
    supervisor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked(VisitEvent):
    """A visit is promised: slot (or ``free``), times, site and engineer.

    `overlap_reason` is set where a supervisor booked it over another visit on purpose.
    """

    kind: ClassVar[str] = "booked"
    label: ClassVar[str] = "booked"
    visit: int
    visit_kind: VisitKind
    slot: str
    interval: Interval
    site: int
    engineer: int
    ticket: int | None = None
    series: int | None = None
    overlap_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(VisitEvent):
    """A booked visit is promised for another time, perhaps with another engineer or site."""

    kind: ClassVar[str] = "moved"
    label: ClassVar[str] = "moved"
    visit: int
    slot: str
    interval: Interval
    engineer: int
    site: int | None = None
    why: str = ""
    overlap_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassigned(VisitEvent):
    """Another engineer takes a booked visit at its time."""

    kind: ClassVar[str] = "reassigned"
    label: ClassVar[str] = "given to another engineer"
    visit: int
    engineer: int
    why: str = ""
    overlap_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(VisitEvent):
    """A booked visit will not happen; it stays owed whoever cancelled."""

    kind: ClassVar[str] = "cancelled"
    label: ClassVar[str] = "cancelled"
    visit: int
    by: Cause
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(VisitEvent):
    """The engineer is at the customer."""

    kind: ClassVar[str] = "arrived"
    label: ClassVar[str] = "arrived"
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed(VisitEvent):
    """The engineer left: the visit is delivered."""

    kind: ClassVar[str] = "departed"
    label: ClassVar[str] = "delivered"
    visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(VisitEvent):
    """The visit was booked and did not happen: nobody came, or nobody could let the engineer in."""

    kind: ClassVar[str] = "missed"
    label: ClassVar[str] = "missed"
    visit: int
    by: Cause
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteInLieu(VisitEvent):
    """Remote support given in place of a visit that was prevented from outside.

    `minutes` are those logged now; together they replace the visit once they are as many as it
    would have lasted. Without a `visit` (none was booked) `equals_minutes` says how long that is.
    """

    kind: ClassVar[str] = "in_lieu"
    label: ClassVar[str] = "remote support in lieu"
    minutes: int
    visit: int | None = None
    equals_minutes: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forfeited(VisitEvent):
    """A supervisor lets a visit that is owed lapse, and says why."""

    kind: ClassVar[str] = "forfeited"
    label: ClassVar[str] = "forfeited"
    supervisor: str
    reason: str
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOut(VisitEvent):
    """An emergency callout: an engineer is sent now, for an urgent ticket."""

    kind: ClassVar[str] = "callout"
    label: ClassVar[str] = "callout"
    visit: int
    interval: Interval
    site: int
    engineer: int
    priority: str
    ticket: int | None = None
    overlap_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(VisitEvent):
    """Takes back the event of that journal id: all is as if neither had happened."""

    kind: ClassVar[str] = "undone"
    label: ClassVar[str] = "taken back"
    undoes: int


EVENT_TYPES: tuple[type[VisitEvent], ...] = (
    Granted,
    Adjusted,
    Booked,
    Moved,
    Reassigned,
    Cancelled,
    Arrived,
    Departed,
    Missed,
    RemoteInLieu,
    Forfeited,
    CalledOut,
    Undone,
)
