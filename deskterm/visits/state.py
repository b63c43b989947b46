"""One visit as its events left it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deskterm.visits.events import VisitKind
from deskterm.visits.interval import MINUTE_US, Interval

#: ``prevented``: part of it has been replaced by remote support, the rest is still owed.
Stage = Literal[
    "booked", "arrived", "delivered", "cancelled", "missed", "prevented", "in_lieu", "forfeited"
]

STAGE_WORDS: dict[Stage, str] = {
    "booked": "booked",
    "arrived": "under way",
    "delivered": "delivered",
    "cancelled": "cancelled",
    "missed": "missed",
    "prevented": "partly replaced by remote support",
    "in_lieu": "replaced by remote support",
    "forfeited": "forfeited",
}


@dataclass(frozen=True, slots=True)
class VisitState:
    """Where a visit stands.

    `draws` is true where it uses one of the visits granted. `changes` counts moves, reassignments
    and the like, so that a calendar file can tell newer from older.
    """

    visit: int
    visit_kind: VisitKind
    draws: bool
    slot: str
    interval: Interval
    site: int
    engineer: int
    ticket: int | None = None
    series: int | None = None
    stage: Stage = "booked"
    arrived_us: int | None = None
    departed_us: int | None = None
    lieu_minutes: int = 0
    changes: int = 0

    @property
    def takes_time(self) -> bool:
        """True where engineer and site are taken for it: promised, under way or done."""
        return self.stage in ("booked", "arrived", "delivered")

    @property
    def attended(self) -> Interval | None:
        """The time the engineer was there, once departed."""
        if self.arrived_us is None or self.departed_us is None:
            return None
        end_us = max(self.departed_us, self.arrived_us + 1)
        return Interval(self.arrived_us, end_us)

    @property
    def lieu_needed(self) -> int:
        """Minutes of remote support still to give before they are equal to the visit."""
        return max(0, -(-self.interval.length_us // MINUTE_US) - self.lieu_minutes)
