"""Simpler worlds in which at least as many visits can be made as in ours.

Which engineer makes which of the visits still owed, at which of the times still open, is a hard
question as it stands (job interval selection on several machines): an engineer who is away here
and travels there makes every choice depend on the others. Each of these worlds leaves something
out. What can be delivered can be delivered in all of them; what does not fit into one of them
cannot be delivered. In each it is a flow from agreements by their days to engineers.

*Clusters.* An engineer can keep one of several times that share an instant, the way to the next
site included. The times are sorted into such clusters, once from the left and once from the right
(the fewest that hold all intervals, see Golumbic, Algorithmic Graph Theory and Perfect Graphs,
section 4.7), and each engineer has one visit to give in each cluster. Where all times are of one
grid whose slots lie a journey apart, a cluster is a slot and nothing is left out: what fits can be
delivered, to the last visit.

*Days.* Where grids overlap, a visit of which a site can have n a day is worth one nth of a day,
and an engineer gives on each day at most what the most valuable visits are worth that can be made
one after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from math import lcm
from typing import TypeAlias

from deskterm.visits.flow import SINK, Flow
from deskterm.visits.openings import Claim, Opening

Cluster: TypeAlias = list[Opening]


class World:
    """A flow with a source for each claim; a visit of claim n is `worth[n]` of it."""

    def __init__(self, claims: Sequence[Claim], worth: Sequence[int]) -> None:
        self.flow = Flow()
        self.worth = worth
        self._sources = [self.flow.node() for _ in claims]
        self._days: dict[tuple[int, date], int] = {}
        for place, claim in enumerate(claims):
            for day, most in Counter(time.date for time in claim.outlook.most).items():
                node = self._days[place, day] = self.flow.node()
                self.flow.join(self._sources[place], node, most * worth[place])

    def day(self, place: int, day: date) -> int:
        """The node of one claim's visits on one day."""
        return self._days[place, day]

    @property
    def days(self) -> Iterable[tuple[int, date]]:
        """Which claim has times open on which day."""
        return self._days

    def give(self, place: int, visits: int) -> int:
        """Give a claim visits, at most so many; how many there were. Earlier claims keep theirs."""
        worth = self.worth[place]
        sent = self.flow.push(self._sources[place], visits * worth)
        self.flow.pull(self._sources[place], sent % worth)
        return sent // worth

    def take_back(self, place: int, visits: int) -> None:
        """Take so many back."""
        self.flow.pull(self._sources[place], visits * self.worth[place])

    def rivals(self, place: int) -> set[int]:
        """The other claims whose visits stand in the way of one more of this one."""
        reached = self.flow.reached(self._sources[place])
        return {other for (other, _), node in self._days.items() if node in reached} - {place}


def worlds_of(claims: Sequence[Claim], times: Sequence[Opening]) -> tuple[World, ...]:
    """Worlds that together say enough about these claims and the times open to them."""
    left = list(from_left(times))
    worlds = [_clusters(claims, left)]
    if any(len({(each.start_us, each.until_us) for each in cluster}) > 1 for cluster in left):
        worlds += [_clusters(claims, from_right(times)), _days(claims, times)]
    return tuple(worlds)


def from_left(times: Iterable[Opening]) -> Iterator[Cluster]:
    """Clusters of times that share the last moment of the one in them that ends first."""
    cluster: Cluster = []
    for time in sorted(times, key=lambda each: (each.until_us, each.start_us)):
        if cluster and time.start_us >= cluster[0].until_us:
            yield cluster
            cluster = []
        cluster.append(time)
    if cluster:
        yield cluster


def from_right(times: Iterable[Opening]) -> Iterator[Cluster]:
    """Clusters of times that share the first moment of the one in them that begins last."""
    cluster: Cluster = []
    for time in sorted(times, key=lambda each: (-each.start_us, each.until_us)):
        if cluster and time.until_us <= cluster[0].start_us:
            yield cluster
            cluster = []
        cluster.append(time)
    if cluster:
        yield cluster


def _clusters(claims: Sequence[Claim], clusters: Iterable[Cluster]) -> World:
    world = World(claims, [1] * len(claims))
    for cluster in clusters:
        who: dict[tuple[int, date], int] = defaultdict(int)
        for time in cluster:
            who[time.claim, time.date] |= time.engineers
        groups = [(members, world.flow.node(), size) for members, size in _alike(set(who.values()))]
        for _, node, size in groups:
            world.flow.join(node, SINK, size)
        for (place, day), engineers in who.items():
            able = [node for members, node, _ in groups if engineers in members]
            start = world.day(place, day)
            if len(able) > 1:
                # A site has one visit of a cluster, whoever comes.
                start, whole_day = world.flow.node(), start
                world.flow.join(whole_day, start, 1)
            for node in able:
                world.flow.join(start, node, 1)
    return world


def _alike(sets: set[int]) -> Iterator[tuple[frozenset[int], int]]:
    """Engineers who are in the same of these sets: which sets those are, and how many they are."""
    together: Counter[frozenset[int]] = Counter()
    for place in count():
        if not any(each >> place for each in sets):
            break
        together[frozenset(each for each in sets if each >> place & 1)] += 1
    return ((members, size) for members, size in together.items() if members)


def _days(claims: Sequence[Claim], times: Iterable[Opening]) -> World:
    most = [
        max(Counter(time.date for time in claim.outlook.most).values(), default=1)
        for claim in claims
    ]
    whole = lcm(*most)
    world = World(claims, [whole // each for each in most])
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for time in times:
        by_day[time.date].append(time)
    nodes = {}
    for day, open_then in by_day.items():
        nodes[day] = world.flow.node()
        world.flow.join(nodes[day], SINK, _worth_of(open_then, world.worth))
    for place, day in world.days:
        world.flow.join(world.day(place, day), nodes[day], whole)
    return world


def _worth_of(open_then: Sequence[Opening], worth: Sequence[int]) -> int:
    """What all engineers can give on a day."""
    engineers = max(each.engineers for each in open_then).bit_length()
    alike = Counter(
        frozenset(
            (each.until_us, each.start_us, worth[each.claim])
            for each in open_then
            if each.engineers >> place & 1
        )
        for place in range(engineers)
    )
    return sum(_heaviest(visits) * size for visits, size in alike.items())


def _heaviest(visits: Iterable[tuple[int, int, int]]) -> int:
    """The most that visits are worth which do not overlap; each is its end, start and worth."""
    ends, best = list[int](), [0]
    for until_us, start_us, worth in sorted(visits):
        before = bisect_right(ends, start_us)
        best.append(max(best[-1], worth + best[before]))
        ends.append(until_us)
    return best[-1]
