"""How large a demo desk is, from the number of its tickets."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_TICKETS = 400


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of everything. `live` tickets are still to be done, the others are."""

    tickets: int
    live: int
    customers: int
    agents: int
    history_days: int

    @classmethod
    def of(cls, tickets: int) -> Scale:
        """One ticket in ten is still to be done; people grow more slowly than their tickets."""
        return cls(
            tickets=tickets,
            live=(tickets + 9) // 10,
            customers=min(40 + tickets // 2_500, 500),
            agents=min(12 + tickets // 20_000, 60),
            history_days=130 if tickets <= 5_000 else 700,
        )


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of tickets told together: numbers from `first` on, in the order they came in.

    The first `done` of them are over and came in from `from_us` to `until_us`; the other `live`
    ones are still to be done.
    """

    first: int
    done: int
    live: int
    from_us: int
    until_us: int


def blocks(scale: Scale, now_us: int, size: int = 2_000) -> list[Block]:
    """The tickets of a desk in blocks of at most about `size`; a small desk is a single one."""
    begins_us = now_us - scale.history_days * 86_400_000_000
    # What is done was begun long enough ago to be over.
    ends_us = now_us - 36 * 3_600_000_000
    done = scale.tickets - scale.live
    if scale.tickets <= size:
        return [Block(1, done, scale.live, begins_us, ends_us)]
    made: list[Block] = []
    for first in range(0, done, size):
        count = min(size, done - first)
        span = ends_us - begins_us
        made.append(
            Block(
                1 + first,
                count,
                0,
                begins_us + span * first // done,
                begins_us + span * (first + count) // done,
            )
        )
    made += [
        Block(1 + done + first, 0, min(size, scale.live - first), begins_us, ends_us)
        for first in range(0, scale.live, size)
    ]
    return made
