"""Announces, once each, the tickets that become late while somebody is looking on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from deskterm.desk.model import ClockCell, QueueRow

#: More than this at once is said in one sentence.
_SINGLY: Final = 2


class _Promise(NamedTuple):
    row: QueueRow
    clock: ClockCell


class LateWatch:
    """Remembers which promises were still good when they were last looked at."""

    def __init__(self) -> None:
        self._good: dict[tuple[int, str], _Promise] = {}

    def look(self, rows: Iterable[QueueRow], now_us: int) -> None:
        """`rows` are what is known now; what was late when it was first seen is no news."""
        before, self._good = self._good, {}
        for row in rows:
            for clock in row.clocks:
                state, key = clock.state(now_us), (row.number, clock.name)
                good = state == "running" and clock.late_from_us is not None
                # What has become late since the last tick is still to be announced by the next.
                if good or (state == "overdue" and key in before):
                    self._good[key] = _Promise(row, clock)

    def next_us(self) -> int | None:
        """The instant after which the next of them is late."""
        return min(
            (p.clock.late_from_us for p in self._good.values() if p.clock.late_from_us is not None),
            default=None,
        )

    def announce(self, now_us: int) -> tuple[str, ...]:
        """A sentence for each promise broken since the last time, or one for many."""
        broken = [
            (key, promise)
            for key, promise in self._good.items()
            if promise.clock.state(now_us) == "overdue"
        ]
        for key, _ in broken:
            del self._good[key]
        if len(broken) > _SINGLY:
            numbers = ", ".join(
                str(number) for number in dict.fromkeys(key[0] for key, _ in broken)
            )
            return (f"{len(broken)} promises are overdue now: {numbers}.",)
        return tuple(
            f"{promise.row.number} {promise.row.subject}: {promise.clock.title.lower()} is overdue."
            for _, promise in broken
        )
