"""What an agreement says about people and performance: escalation, reviews, figures, duties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung of escalation, lowest first within its `kind`.

    ``support`` rungs take over the work on a ticket, ``complaint`` rungs take a complaint. A step
    is taken by hand; `Alert` names those that are taken by themselves.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    kind: Literal["support", "complaint"] = "support"
    remit: str = ""
    hand_over: str = ""
    """When a ticket comes to this rung."""
    split_by: Literal["", "region", "line"] = ""
    """The role is held by one person per region or per support line."""
    always_on: bool = False
    """On duty day and night, whatever the desk's hours."""
    open_to_customer: bool = False
    """The customer may come straight to this rung."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """An escalation that happens by itself, once, at a share of a clock's allowance.

    `share` is 0.75 for three quarters and may pass 1. Held time does not count, as on the clock.
    """

    clock: str
    share: float
    step: str
    """Id of the ladder step that is told."""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key performance indicator and what it shall reach.

    `goal` is a share (0.95) for all measures but ``call_answer`` (seconds, at most), ``nps`` and
    ``survey`` (points) and ``release`` (days between two, at most). None: reported, no goal given.
    """

    id: str
    name: str
    measure: str
    clocks: tuple[str, ...] = ()
    """For ``in_time``: a ticket counts when all of these were in time."""
    subject: str = ""
    """The product, service or kind of release that is measured."""
    goal: float | None = None
    note: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """Which tickets and customers are looked at again.

    A ticket open past the target of `clock`; a customer with more than `times` the mean number of
    tickets of `priorities` over the last `quarters` quarters.
    """

    clock: str
    priorities: tuple[str, ...]
    times: float
    quarters: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One service of the table of who does what; parties missing from `who` are not filled in."""

    id: str
    name: str
    who: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Party (one of `Policy.boundary_parties`) to what it does, e.g. ``does`` or ``n/a``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of an agreement's life in which someone else comes first."""

    id: str
    name: str
    first_contact: str = ""
    """Role that questions go to in this phase."""
    note: str = ""
    clause: str = ""
