"""The policy document: what a support agreement promises, as plain immutable data.

One `Policy` is one TOML file that a desk manager can read beside the agreement it encodes.
Nothing here knows a clock, a file or a database: text comes in through `deskterm.policy.reader`,
and what runs on these promises lives in `deskterm.sla` and `deskterm.visits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

AmountKind = Literal["worked", "elapsed", "days", "next_day", "none"]

#: Ticket types every desk knows; a policy may say what each fixes.
TICKET_TYPES = ("incident", "service_request", "information_request", "change_request")
CHANNELS = ("phone", "email", "portal", "chat", "voicemail", "onsite", "web")

#: Events that may start or stop a promise; a target naming another one is refused.
CLOCK_EVENTS = (
    "opened", "triaged", "acknowledged", "responded", "updated", "workaround",
    "action_planned", "held", "resumed", "reprioritised", "escalated", "code_fix",
    "resolved", "reopened", "closed", "arrived",
)


def frozen_map(items: Mapping[Any, Any] | None = None) -> Mapping[Any, Any]:
    """A read-only copy of `items`."""
    return MappingProxyType(dict(items or {}))


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a promise allows, read from words such as ``4 working hours``.

    `value` is microseconds for ``worked`` (inside opening hours) and ``elapsed`` (day and night),
    a number of working days for ``days`` (a working week is five), and 0 for ``next_day``
    (close of the next business day) and ``none`` (nothing is promised: the clock is exempt).
    """

    kind: AmountKind
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """Public holidays of a country or subdivision and what they do to the hours of a calendar.

    ``closed`` takes the day's hours away; ``limited`` only marks the day (the clock runs).
    """

    country: str
    subdivision: str | None
    effect: Literal["closed", "limited"]


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """Opening hours as the agreement states them, before holidays are resolved to dates."""

    id: str
    name: str
    tz: str
    weekly: Mapping[str, tuple[tuple[str, str], ...]]
    """Weekday (``mon`` ... ``sun``) to local (from, to) pairs; an end at or before its start is
    on the next day."""
    holidays: tuple[HolidayRule, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world with hours of its own: which calendar stands for each role there."""

    id: str
    name: str
    calendars: Mapping[str, str]
    """Role (``desk``, ``onsite``) to calendar id."""


@dataclass(frozen=True, slots=True)
class Priority:
    """One level, highest first in `Policy.priorities`."""

    id: str
    name: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class AxisValue:
    """One row or column of the triage grid with the help text shown beside it."""

    id: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """How a priority is found: by a grid of impact and urgency, or from a list.

    `grid` maps (impact id, urgency id) to a priority id and is empty for a list. `rows` says
    which axis the document prints downwards.
    """

    kind: Literal["grid", "list"]
    impact: tuple[AxisValue, ...] = ()
    urgency: tuple[AxisValue, ...] = ()
    rows: Literal["impact", "urgency"] = "urgency"
    grid: Mapping[tuple[str, str], str] = field(default_factory=frozen_map)
    reason_for: tuple[str, ...] = ()
    """Priorities that may only be left or reached by re-prioritising with a reason."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class TicketType:
    """What a ticket's type fixes, e.g. the priority of an information request."""

    id: str
    name: str
    priority: str | None = None
    help: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class RequestClass:
    """A class or category of requests; children name their parent."""

    id: str
    name: str
    parent: str | None = None
    type: str | None = None
    priority: str | None = None
    quote: str | None = None
    """The role a quote is asked of, where this class of work is not covered."""
    note: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The tickets a target row is for; an empty tuple (or None) means any."""

    package: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    emergency_callout: bool | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One promise: between `start` and the first of `stop` no more than `amount` passes.

    The first row of a clock whose `when` fits counts; a clock with rows but none that fits is
    exempt. `amounts` has a key per priority, or the single key ``*`` where the promise is the same
    for all (and therefore runs before a priority is set).
    """

    clock: str
    name: str
    start: str
    stop: tuple[str, ...]
    calendar: str
    """A role (``desk``, ``onsite``), a calendar id, ``elapsed`` (day and night) or ``visits``
    (booked or attended engineer time at the customer, inside onsite hours)."""
    amounts: Mapping[str, Amount]
    when: When = When()
    exempt_on: tuple[str, ...] = ()
    reopens: bool = False
    """True where the promise is the end of the work: reopening continues it."""
    goal: float | None = None
    """Share of tickets that shall be in time, e.g. 0.95."""
    clause: str = ""

    def amount(self, priority: str | None) -> Amount | None:
        """The allowance for `priority`, or None while that is not known."""
        if "*" in self.amounts:
            return self.amounts["*"]
        return self.amounts.get(priority) if priority is not None else None


@dataclass(frozen=True, slots=True)
class HoldReason:
    """Why the clocks may stand still."""

    id: str
    name: str
    needs_text: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A wall-clock promise of a visit, in the customer's zone."""

    id: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Cover:
    """One line of what a package covers, limits or leaves out."""

    area: str
    text: str
    cover: Literal["yes", "limited", "quote", "no"]
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A level of service a customer buys.

    `onsite` is ``slots`` (visits in `slots` only), ``slots+free`` (slots, and on-demand visits at
    any free time in onsite hours), ``free`` (any free time), ``resident`` (full-time staff, no
    slots) or ``none``. `callout` says what an emergency callout uses up.
    """

    id: str
    name: str
    channels: tuple[str, ...] = ()
    desk_access: bool = True
    onsite: Literal["slots", "slots+free", "free", "resident", "none"] = "none"
    slots: tuple[Slot, ...] = ()
    free_minutes: tuple[int, ...] = ()
    window_weeks: int | None = None
    typical_visits: tuple[int, ...] = ()
    in_term: bool = False
    series: tuple[str, ...] = ()
    callout: Literal["scheduled_visit", "on_demand_visit", "nothing", "not_offered"] = "not_offered"
    callout_priorities: tuple[str, ...] = ()
    fair_use: bool = False
    cover: tuple[Cover, ...] = ()
    checklists: tuple[str, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What an engineer ticks off during a visit; `per_unit` asks for a condition per AV unit."""

    id: str
    name: str
    items: tuple[str, ...]
    per_unit: bool = False
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One agreement's promises, complete and checked."""

    id: str
    name: str
    version: str
    source: str
    summary: str
    calendars: Mapping[str, CalendarRule]
    priorities: tuple[Priority, ...]
    triage: Triage
    targets: tuple[Target, ...]
    types: Mapping[str, TicketType]
    regions: Mapping[str, Region] = field(default_factory=frozen_map)
    default_region: str | None = None
    tiers: Mapping[str, str] = field(default_factory=frozen_map)
    tier_channels: Mapping[str, tuple[str, ...]] = field(default_factory=frozen_map)
    """Tier to the channels it has bought; a request by another channel is flagged."""
    classes: tuple[RequestClass, ...] = ()
    holds: tuple[HoldReason, ...] = ()
    packages: Mapping[str, Package] = field(default_factory=frozen_map)
    default_package: str | None = None
    checklists: Mapping[str, Checklist] = field(default_factory=frozen_map)
    channels: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    """Fields a new ticket is asked for, e.g. ``site``, ``component``."""
    warning_share: float = 0.75
    queue_order: tuple[str, ...] = ("priority", "opened")
    shutdown: str | None = None
    """Name of the yearly shutdown whose dates the desk enters, e.g. ``Christmas shutdown``."""
    travel_minutes: int = 30
    school_year_starts: str = "09-01"
    first_year_phase: str | None = None
    text: str = ""
    """The file's own text, kept so that a ticket's policy never changes behind its back."""

    def clock_names(self) -> tuple[str, ...]:
        """Names of the clocks in the order the file first mentions them."""
        return tuple(dict.fromkeys(target.clock for target in self.targets))

    def priority_name(self, priority: str | None) -> str:
        """The agreement's own word for a priority id."""
        for level in self.priorities:
            if level.id == priority:
                return level.name
        return priority or "not triaged"

    def fixed_priority(self, ticket_type: str | None) -> str | None:
        """The priority a ticket's type fixes without triage, if it does."""
        kind = self.types.get(ticket_type) if ticket_type is not None else None
        return kind.priority if kind is not None else None
