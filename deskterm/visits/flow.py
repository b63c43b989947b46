"""How much can flow through a net of pipes of whole capacities to one sink.

E. A. Dinic's algorithm (Soviet Math. Doklady 11, 1970), one source after the other: what an
earlier source sends may take another way later, but never becomes less.
"""

from __future__ import annotations

from collections import deque

#: The node everything flows to.
SINK = 0


class Flow:
    """Nodes and pipes, and what flows through them."""

    def __init__(self) -> None:
        self._pipes: list[list[int]] = [[]]
        self._ends: list[int] = []
        self._room: list[int] = []
        self._blocked: set[int] = set()

    def node(self) -> int:
        """A new node."""
        self._pipes.append([])
        return len(self._pipes) - 1

    def join(self, start: int, end: int, capacity: int) -> None:
        """Lay a pipe; one of even number and its way back are neighbours."""
        for here, there, room in ((start, end, capacity), (end, start, 0)):
            self._pipes[here].append(len(self._ends))
            self._ends.append(there)
            self._room.append(room)

    def push(self, source: int, most: int) -> int:
        """Send as much as can be sent from the source, at most `most`; how much that was."""
        sent = 0
        while sent < most and (levels := self._levels(source)) is not None:
            sent += self._along(source, levels, most - sent)
        return sent

    def pull(self, source: int, amount: int) -> None:
        """Take so much back of what the source sent."""
        while amount:
            way, here = list[int](), source
            while here != SINK:
                way.append(next(p for p in self._pipes[here] if not p & 1 and self._room[p ^ 1]))
                here = self._ends[way[-1]]
            back = min(amount, *(self._room[pipe ^ 1] for pipe in way))
            for pipe in way:
                self._room[pipe] += back
                self._room[pipe ^ 1] -= back
            amount -= back
        self._blocked.clear()

    def reached(self, source: int) -> set[int]:
        """Every node that something more from the source could get to, by any detour."""
        seen, waiting = {source}, [source]
        while waiting:
            for pipe in self._pipes[waiting.pop()]:
                end = self._ends[pipe]
                if self._room[pipe] and end not in seen:
                    seen.add(end)
                    waiting.append(end)
        return seen

    def _levels(self, source: int) -> dict[int, int] | None:
        """The distance of the nodes from the source up to the sink; None where it is cut off."""
        levels, waiting = {source: 0}, deque([source])
        while waiting:
            here = waiting.popleft()
            for pipe in self._pipes[here]:
                end = self._ends[pipe]
                if self._room[pipe] and end not in levels and end not in self._blocked:
                    levels[end] = levels[here] + 1
                    if end == SINK:
                        return levels
                    waiting.append(end)
        # No way leads out of these nodes any more, so no later detour will go through them.
        self._blocked.update(levels)
        return None

    def _along(self, source: int, levels: dict[int, int], most: int) -> int:
        """Fill the shortest ways."""
        sent, tried, way = 0, dict[int, int](), list[int]()
        while sent < most:
            here = self._ends[way[-1]] if way else source
            if here == SINK:
                amount = min(most - sent, *(self._room[pipe] for pipe in way))
                for pipe in way:
                    self._room[pipe] -= amount
                    self._room[pipe ^ 1] += amount
                sent += amount
                way = []
                continue
            onward = self._onward(here, levels, tried)
            if onward is not None:
                way.append(onward)
            elif way:
                tried[self._ends[way.pop() ^ 1]] += 1
            else:
                break
        return sent

    def _onward(self, here: int, levels: dict[int, int], tried: dict[int, int]) -> int | None:
        """The next pipe one level on that has room; `tried` counts those that led nowhere."""
        pipes, level = self._pipes[here], levels[here] + 1
        at = tried.get(here, 0)
        while at < len(pipes):
            if self._room[pipes[at]] and levels.get(self._ends[pipes[at]]) == level:
                tried[here] = at
                return pipes[at]
            at += 1
        tried[here] = at
        return None
