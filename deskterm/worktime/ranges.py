"""Stretches on a line of integers: merged into order, looked up, cut out of each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""Half open: the first is in it, the second is not."""


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same points as sorted spans that neither overlap nor touch; empty ones are left out."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return tuple(result)


class Ranges:
    """Merged spans that can say what they contain and cut themselves out of others."""

    __slots__ = ("_ends", "_starts", "spans")

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merged(spans)
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def __bool__(self) -> bool:
        return bool(self.spans)

    def around(self, point: int) -> Span | None:
        """The span that contains the point."""
        index = bisect_right(self._starts, point) - 1
        return self.spans[index] if index >= 0 and point < self._ends[index] else None

    def within(self, start: int, end: int) -> list[Span]:
        """The spans clipped to [start, end)."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        return [(max(s, start), min(e, end)) for s, e in self.spans[first:last]]

    def cut_out_of(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """What is left of sorted, disjoint `spans` outside of these."""
        left: list[Span] = []
        for start, end in spans:
            for cut_start, cut_end in self.within(start, end):
                if cut_start > start:
                    left.append((start, cut_start))
                start = cut_end
            if start < end:
                left.append((start, end))
        return tuple(left)
