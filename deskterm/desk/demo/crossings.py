"""What tickets have to do with each other: reported twice, opened by mistake, one behind another.

Told after the stories of a block, on which it builds; the numbers it names are known only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from deskterm.desk.demo.stories import Happening
from deskterm.worktime import Axis

_MINUTE_US: Final = 60_000_000
#: One done ticket in so many was reported a second time, opened by mistake, linked with another.
_TWICE: Final = 67
_MISTAKEN: Final = 131
_LINKED: Final = 29
_ENDS: Final = frozenset({"resolved", "closed", "voided"})
_KINDS: Final = ("related", "caused_by", "related", "parent")
_MISTAKES: Final = ("Opened on the wrong school.", "A test of the new phone, no request.")
#: The fewest done tickets in a block before any of them has to do with others.
_ENOUGH: Final = 20


class Twin(NamedTuple):
    """A second report of a request: merged into the first one at an instant."""

    place: int
    of: int
    at_us: int


def twins(done: int, live: int) -> Iterator[tuple[int, int]]:
    """Which places of a block tell the story of another place a second time: (place, of which)."""
    if done < _ENOUGH:
        return
    for place in range(11, done, _TWICE):
        yield place, place - 1
    if live:
        yield 5, done


def mistaken(done: int) -> Iterator[int]:
    """Which places of a block should never have been tickets."""
    return iter(range(17, done, _MISTAKEN)) if done >= _ENOUGH else iter(())


def told_twice(
    rng: Random, first: Sequence[Happening], desk: Axis, now_us: int
) -> tuple[list[Happening], int] | None:
    """A second report of the request `first`, and when it is merged into it.

    None where the first one was too short, or came in with the desk closed until it was over.
    """
    opened = first[0]
    over_us = next((one.at_us for one in first if one.kind in _ENDS), now_us)
    came_us = opened.at_us + int((over_us - opened.at_us) * (0.1 + 0.3 * rng.random()))
    came_us -= came_us % 1_000_000
    merged_us = desk.earliest(desk.position(came_us) + int((3 + 9 * rng.random()) * _MINUTE_US))
    merged_us -= merged_us % 1_000_000
    if not opened.at_us < came_us < merged_us < over_us:
        return None
    data = {**opened.data, "channel": opened.data.get("channel")}
    return [Happening(came_us, "opened", data, opened.agent_id)], merged_us


def told_by_mistake(
    rng: Random, first: Sequence[Happening], desk: Axis, supervisor: int
) -> list[Happening]:
    """The ticket that `first` begins, taken away by a supervisor before anything else happened."""
    opened = first[0]
    seen_us = desk.earliest(desk.position(opened.at_us) + int((4 + 20 * rng.random()) * _MINUTE_US))
    over_us = min(seen_us - seen_us % 1_000_000, first[-1].at_us)
    reason = _MISTAKES[int(rng.random() * len(_MISTAKES))]
    return [opened, Happening(max(over_us, opened.at_us), "voided", {"reason": reason}, supervisor)]


def links(told: Sequence[tuple[int, Sequence[Happening]]]) -> Iterator[tuple[int, int, Happening]]:
    """Which tickets of a block are linked: (which, with which one before it, what is noted).

    `told` has each ticket's customer and story, in the order of their numbers. The note lacks the
    number of the other one.
    """
    last: dict[int, int] = {}
    if len(told) < _ENOUGH:
        return
    found = 0
    for which, (customer, story) in enumerate(told):
        before = last.get(customer)
        acted = next((one for one in story[1:] if one.agent_id is not None), None)
        if before is not None and acted is not None and which % _LINKED == 7:
            kind = _KINDS[found % len(_KINDS)]
            found += 1
            yield which, before, Happening(acted.at_us, "linked", {"kind": kind}, acted.agent_id)
        last[customer] = which
