"""The thirteen ways two intervals can lie, and which of them collide."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from deskterm.visits.interval import MINUTE_US, Interval, Relation, collide, relation

HERE = Interval(10, 20)

THIRTEEN = {
    Relation.BEFORE: Interval(1, 5),
    Relation.MEETS: Interval(5, 10),
    Relation.OVERLAPS: Interval(5, 15),
    Relation.STARTS: Interval(10, 15),
    Relation.DURING: Interval(12, 15),
    Relation.FINISHES: Interval(15, 20),
    Relation.EQUAL: Interval(10, 20),
    Relation.FINISHED_BY: Interval(5, 20),
    Relation.CONTAINS: Interval(5, 25),
    Relation.STARTED_BY: Interval(10, 25),
    Relation.OVERLAPPED_BY: Interval(15, 25),
    Relation.MET_BY: Interval(20, 25),
    Relation.AFTER: Interval(25, 30),
}


@pytest.mark.parametrize("expected", Relation)
def test_each_relation_is_told_from_the_others(expected: Relation) -> None:
    assert relation(THIRTEEN[expected], HERE) is expected


def every_interval(limit: int) -> list[Interval]:
    return [Interval(start, end) for start, end in combinations(range(limit), 2)]


def test_sharing_time_is_having_an_instant_in_common() -> None:
    seen = set()
    for one, other in product(every_interval(7), repeat=2):
        common = set(range(one.start_us, one.end_us)) & set(range(other.start_us, other.end_us))
        found = relation(one, other)
        seen.add(found)
        assert found.shares_time == bool(common) == collide(one, other)
    assert seen == set(Relation)


@pytest.mark.parametrize("gap", [0, 1, 2, 3])
def test_a_gap_of_travel_is_kept_on_both_sides_and_exactly_it_is_enough(gap: int) -> None:
    for one, other in product(every_interval(8), repeat=2):
        earlier, later = sorted((one, other))
        apart = later.start_us - earlier.end_us
        assert collide(one, other, gap) == (apart < gap)
        assert collide(one, other, gap) == collide(other, one, gap)


def test_of_two_gaps_that_of_the_earlier_counts() -> None:
    early, late = Interval(0, 10), Interval(12, 20)
    assert collide(early, late, 3, 0)
    assert not collide(early, late, 0, 3)
    assert collide(late, early, 0, 3)
    assert not collide(late, early, 3, 0)


def test_an_interval_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Interval(5, 5)


def test_an_interval_is_half_open() -> None:
    assert HERE.holds(10)
    assert not HERE.holds(20)
    assert Interval(0, 90 * MINUTE_US).minutes == 90
    assert Interval(0, 90 * MINUTE_US + 1).minutes == 91
