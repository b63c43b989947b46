"""Two stretches of time and how they lie to each other.

Instants are integer microseconds since the epoch UTC; an interval is half open, so that a visit
ending at 11:00 and one beginning at 11:00 do not overlap.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from `start_us` up to, and not including, `end_us`; never empty.

    Raises ValueError where the end is not after the start.
    """

    start_us: int
    end_us: int

    def __post_init__(self) -> None:
        if self.end_us <= self.start_us:
            raise ValueError("an interval ends after it starts")

    @property
    def length_us(self) -> int:
        """How long it is, in microseconds of elapsed time."""
        return self.end_us - self.start_us

    @property
    def minutes(self) -> int:
        """How long it is in whole minutes, rounded up."""
        return -(-self.length_us // MINUTE_US)

    def holds(self, at_us: int) -> bool:
        """True where the instant lies inside."""
        return self.start_us <= at_us < self.end_us


class Relation(Enum):
    """The thirteen ways one interval can lie to another (J. F. Allen, CACM 26:11, 1983)."""

    BEFORE = "before"
    MEETS = "meets"
    OVERLAPS = "overlaps"
    STARTS = "starts"
    DURING = "during"
    FINISHES = "finishes"
    EQUAL = "equal"
    FINISHED_BY = "finished by"
    CONTAINS = "contains"
    STARTED_BY = "started by"
    OVERLAPPED_BY = "overlapped by"
    MET_BY = "met by"
    AFTER = "after"

    @property
    def shares_time(self) -> bool:
        """True for the nine relations in which some instant lies in both intervals."""
        return self not in _APART


_APART = frozenset({Relation.BEFORE, Relation.MEETS, Relation.MET_BY, Relation.AFTER})


def relation(one: Interval, other: Interval) -> Relation:
    """How `one` lies to `other`; exactly one relation holds for any two intervals."""
    if one.end_us < other.start_us:
        return Relation.BEFORE
    if one.end_us == other.start_us:
        return Relation.MEETS
    if other.end_us < one.start_us:
        return Relation.AFTER
    if other.end_us == one.start_us:
        return Relation.MET_BY
    if one.start_us == other.start_us:
        if one.end_us == other.end_us:
            return Relation.EQUAL
        return Relation.STARTS if one.end_us < other.end_us else Relation.STARTED_BY
    if one.end_us == other.end_us:
        return Relation.FINISHES if one.start_us > other.start_us else Relation.FINISHED_BY
    if one.start_us < other.start_us:
        return Relation.CONTAINS if one.end_us > other.end_us else Relation.OVERLAPS
    return Relation.DURING if one.end_us < other.end_us else Relation.OVERLAPPED_BY


def collide(
    one: Interval, other: Interval, gap_us: int = 0, other_gap_us: int | None = None
) -> bool:
    """True where the two cannot both be kept with `gap_us` of travel between them.

    With no gap that is where they share time. With one it is also where less than the gap lies
    between the end of the earlier and the start of the later; exactly the gap is enough. Where
    each has a gap of its own, that of the earlier counts.
    """
    other_gap_us = gap_us if other_gap_us is None else other_gap_us
    return one.start_us < other.end_us + other_gap_us and other.start_us < one.end_us + gap_us
