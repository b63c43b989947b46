"""Announces, once each, the tickets that become late while somebody is looking on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from deskterm.desk.model import ClockCell, QueueRow

#: More than this at once is said in one sentence.
_SINGLY: Final = 2
#: So many of their tickets are named.
_NAMED: Final = 6


class Promise(NamedTuple):
    """A clock that runs on a ticket."""

    row: QueueRow
    clock: ClockCell


class LateWatch:
    """Remembers which promises were still good when they were last looked at."""

    def __init__(self) -> None:
        self._good: dict[tuple[int, str], Promise] = {}

    def look(self, rows: Iterable[QueueRow], now_us: int) -> None:
        """`rows` are what is known now; what was late when it was first seen is no news."""
        before, self._good = self._good, {}
        for row in rows:
            for clock in row.clocks:
                state, key = clock.state(now_us), (row.number, clock.name)
                good = state == "running" and clock.late_from_us is not None
                # What has become late since the last tick is still to be announced by the next.
                if good or (state == "overdue" and key in before):
                    self._good[key] = Promise(row, clock)

    def next_us(self) -> int | None:
        """The instant after which the next of them is late."""
        return min(
            (p.clock.late_from_us for p in self._good.values() if p.clock.late_from_us is not None),
            default=None,
        )

    def broken(self, now_us: int) -> tuple[Promise, ...]:
        """The promises broken since the last time."""
        broken = {
            key: promise
            for key, promise in self._good.items()
            if promise.clock.state(now_us) == "overdue"
        }
        for key in broken:
            del self._good[key]
        return tuple(broken.values())


def late_words(broken: Sequence[Promise]) -> tuple[str, ...]:
    """A sentence for each of a few broken promises, one for many; the newest are the last."""
    if len(broken) <= _SINGLY:
        return tuple(
            f"{promise.row.number} {promise.row.subject}: {promise.clock.title.lower()} is overdue."
            for promise in broken
        )
    numbers = [str(number) for number in dict.fromkeys(each.row.number for each in broken)]
    before = ":" if len(numbers) <= _NAMED else "; the newest:"
    named = ", ".join(numbers[-_NAMED:])
    return (f"{len(broken)} promises are overdue now{before} {named}.",)
