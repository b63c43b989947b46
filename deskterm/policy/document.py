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

from deskterm.policy.onsite import Check, Checklist, Cover, Package, Slot
from deskterm.policy.service import Alert, Boundary, Kpi, LadderStep, Phase, ReviewRule
from deskterm.policy.vocabulary import CHANNELS, CLOCK_EVENTS, TICKET_TYPES

__all__ = [
    "CHANNELS",
    "CLOCK_EVENTS",
    "TICKET_TYPES",
    "Alert",
    "Amount",
    "AmountKind",
    "AxisValue",
    "Boundary",
    "CalendarRule",
    "Check",
    "Checklist",
    "Cover",
    "HoldReason",
    "HolidayRule",
    "Kpi",
    "LadderStep",
    "Package",
    "Phase",
    "Policy",
    "Priority",
    "Region",
    "RequestClass",
    "ReviewRule",
    "Slot",
    "Target",
    "TicketType",
    "Triage",
    "When",
    "frozen_map",
]

AmountKind = Literal["worked", "elapsed", "days", "next_day", "none"]


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
    """How the queue's policy order ranks, most significant first (`vocabulary.QUEUE_KEYS`)."""
    affected_for: tuple[str, ...] = ()
    """Priorities within which the number of users affected counts; empty means all of them."""
    shutdown: str | None = None
    """Name of the yearly shutdown whose dates the desk enters, e.g. ``Christmas shutdown``."""
    travel_minutes: int = 30
    school_year_starts: str = "09-01"
    """Month and day from which fair use is counted anew."""
    first_year_phase: str | None = None
    """The phase an agreement begins in, an id of `phases`."""
    phases: tuple[Phase, ...] = ()
    support_starts: str = ""
    """What has to have happened before support is owed at all."""
    releases: Mapping[str, str] = field(default_factory=frozen_map)
    """Priority to the release a code fix goes into."""
    checks: tuple[Check, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    alerts: tuple[Alert, ...] = ()
    at_risk_notice: bool = False
    """The customer is told why a target is in danger and what is being done."""
    review: ReviewRule | None = None
    kpis: tuple[Kpi, ...] = ()
    report_every: str | None = None
    """``month``, ``quarter`` or ``year``: how often performance is reported."""
    boundaries: tuple[Boundary, ...] = ()
    boundary_parties: tuple[str, ...] = ()
    contact_roles: Mapping[str, str] = field(default_factory=frozen_map)
    """Roles of the people a customer names, id to name."""
    quote_role: str | None = None
    """Who raises a quote for work that is not covered."""
    close_reasons: Mapping[str, str] = field(default_factory=frozen_map)
    """Ways to close a request without resolving it, id to name."""
    closing: tuple[str, ...] = ()
    """What closing asks for (`vocabulary.CLOSING_STEPS`)."""
    debrief: Mapping[str, tuple[str, ...]] = field(default_factory=frozen_map)
    """Priority to the questions answered before such a ticket is closed."""
    sender_domain_only: bool = False
    """Mail is accepted only from the customer's own domains; the rest waits for a person."""
    callback_channels: tuple[str, ...] = ()
    """Channels on which a time to call back may be agreed."""
    maintenance_notice: Amount | None = None
    """How long before planned maintenance the customers are told."""
    text: str = ""
    """The file's own text, kept so that a ticket's policy never changes behind its back."""

    def clock_names(self) -> tuple[str, ...]:
        """Names of the clocks in the order the file first mentions them."""
        return tuple(dict.fromkeys(target.clock for target in self.targets))

    def priority_name(self, priority: str | None) -> str:
        """The agreement's own word for a priority id."""
        if priority is None:
            return "not triaged"
        return next((level.name for level in self.priorities if level.id == priority), priority)

    def ladder_step(self, step: str) -> LadderStep | None:
        """The ladder step with this id."""
        return next((rung for rung in self.ladder if rung.id == step), None)

    def request_class(self, request_class: str) -> RequestClass | None:
        """The class of requests with this id."""
        return next((entry for entry in self.classes if entry.id == request_class), None)

    def calendar_id(self, role: str, region: str | None = None) -> str | None:
        """The calendar standing for `role` in `region` (by default the policy's own default).

        A calendar's own id is its role everywhere. None where there is no such calendar, as for
        ``elapsed`` and ``visits``, which are no calendars of the policy's.
        """
        place = self.regions.get(region or self.default_region or "")
        if place is not None and role in place.calendars:
            return place.calendars[role]
        return role if role in self.calendars else None

    def fixed_priority(self, ticket_type: str | None) -> str | None:
        """The priority a ticket's type fixes without triage, if it does."""
        kind = self.types.get(ticket_type) if ticket_type is not None else None
        return kind.priority if kind is not None else None
