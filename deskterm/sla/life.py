"""The life of one clock: when it started, was interrupted and ended, and under which promise.

Nothing here knows how long anything may take; whether a clock was late at an instant is asked of
the caller, and only where an exemption would otherwise hide it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from deskterm.sla.promises import Promise
from deskterm.sla.timeline import OPENED, REOPENED, RESOLVED, VOIDING, Hold, Moment, Timeline

Ending = Literal["stopped", "exempt", "missed", "void"]
Pause = tuple[int, int]
IsLate = Callable[[Promise, int, Sequence[Pause], int], bool]
"""(promise, started, pauses, at) -> was that clock late at that instant?"""


@dataclass(slots=True)
class Life:
    """What the events made of one clock. All instants in microseconds since the epoch UTC."""

    promise: Promise
    """The promise in force at the end, or now."""
    started_us: int | None = None
    resolved: list[Pause] = field(default_factory=list)
    """Stretches between resolving and reopening."""
    ended_us: int | None = None
    ending: Ending | None = None
    ended_by: str | None = None
    """Kind of the event that ended it."""

    def end(self, moment: Moment, ending: Ending) -> None:
        """End the clock; what comes later does not change it, but for a reopening."""
        self.ended_us, self.ending, self.ended_by = moment.at_us, ending, moment.kind

    def reopen(self, at_us: int) -> None:
        """Go on where resolving stopped the clock."""
        if self.ended_us is not None:
            self.resolved.append((self.ended_us, at_us))
        self.ended_us = self.ending = self.ended_by = None

    def pauses(self, holds: Iterable[Hold], until_us: int) -> list[Pause]:
        """The stretches up to `until_us` in which the clock stood still, in order."""
        if self.started_us is None:
            return []
        pauses = list(self.resolved)
        for hold in holds:
            begins = max(hold.from_us, self.started_us)
            ends = until_us if hold.to_us is None else min(hold.to_us, until_us)
            if begins < ends:
                pauses.append((begins, ends))
        pauses.sort()
        return pauses


def live(timeline: Timeline, index: int, is_late: IsLate) -> Life:
    """Fold the timeline into the life of the clock at `index` of the policy's clocks."""
    life = Life(timeline.first[index])
    if timeline.opened and OPENED in life.promise.starts:
        life.started_us = timeline.opened_us
    for place, moment in enumerate(timeline.moments):
        if life.ending == "stopped":
            if moment.kind in VOIDING:
                if life.promise.standing == "pending" and life.ended_by != RESOLVED:
                    life.end(moment, "void")  # No verdict had been possible yet.
                break
            if not (life.ended_by == RESOLVED and life.promise.reopens):
                continue
            if moment.kind != REOPENED:
                continue
            life.reopen(moment.at_us)
        after = moment.promises[index]
        if after.standing == "exempt" and _late(life, timeline, moment, is_late):
            life.end(moment, "missed")
            break
        if after is not life.promise:
            life.promise = after
            if life.started_us is None:
                life.started_us = _start_so_far(timeline, after, place)
        if life.started_us is None and moment.kind in life.promise.starts:
            life.started_us = moment.at_us
        elif moment.kind in VOIDING:
            life.end(moment, "exempt" if life.promise.standing == "exempt" else "void")
        elif moment.kind == RESOLVED:
            life.end(moment, "exempt" if life.started_us is None else "stopped")
        elif life.started_us is not None and moment.kind in life.promise.stops:
            life.end(moment, "stopped")
        elif moment.kind in life.promise.exempt_on and life.promise.standing != "pending":
            late = _late(life, timeline, moment, is_late)
            life.end(moment, "missed" if late else "exempt")
        if life.ending not in (None, "stopped"):
            break
    return life


def _late(life: Life, timeline: Timeline, moment: Moment, is_late: IsLate) -> bool:
    """Whether time had run out by then, which an exemption may not hide."""
    if life.started_us is None or not life.promise.promised:
        return False
    pauses = life.pauses(timeline.holds, moment.at_us)
    return is_late(life.promise, life.started_us, pauses, moment.at_us)


def _start_so_far(timeline: Timeline, promise: Promise, place: int) -> int | None:
    """When a promise that has just come into force would have started before this moment."""
    if timeline.opened and OPENED in promise.starts:
        return timeline.opened_us
    return next(
        (moment.at_us for moment in timeline.moments[:place] if moment.kind in promise.starts),
        None,
    )
