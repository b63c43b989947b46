"""What a package sells: channels, visits and their slots, cover and checklists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CoverKind = Literal["yes", "limited", "quote", "no"]
OnsiteKind = Literal["slots", "slots+free", "free", "resident", "none"]
CalloutKind = Literal["scheduled_visit", "on_demand_visit", "nothing", "not_offered"]
Every = Literal["hour", "day", "week", "month", "term", "year"]


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
    cover: CoverKind
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
    onsite: OnsiteKind = "none"
    slots: tuple[Slot, ...] = ()
    free_minutes: tuple[int, ...] = ()
    """Lengths offered for a visit at a free time."""
    window_weeks: int | None = None
    """Weeks from the start of the agreement in which every visit bought is delivered."""
    typical_visits: tuple[int, ...] = ()
    """How many visits a year are usually bought, the usual one first."""
    in_term: bool = False
    series: tuple[str, ...] = ()
    callout: CalloutKind = "not_offered"
    callout_priorities: tuple[str, ...] = ()
    fair_use: bool = False
    """On-demand visits and remote sessions are counted per school year."""
    in_lieu: bool = False
    """Visits prevented from outside are replaced by an equal amount of remote support."""
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
    every: Every | None = None
    """How often it is due by itself; None where it belongs to each visit."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A recurring check of a customer's systems.

    An ``automatic`` one reports by alert; a due ``manual`` one is a task for `responsible`.
    """

    id: str
    name: str
    every: Every
    alert: Literal["automatic", "manual"]
    reported_by: str
    """How a fault reaches the desk."""
    responsible: str
    clause: str = ""
