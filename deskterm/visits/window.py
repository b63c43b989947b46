"""The weeks in which every visit bought is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last local date on which visits of an agreement are delivered."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """True for a date inside."""
        return self.first <= day <= self.last


def delivery_window(start: date, weeks: int | None, end: date | None = None) -> Window | None:
    """The window of an agreement that starts on `start`: its package's weeks from then on.

    An agreement that ends earlier ends the window. None where neither weeks nor end are known.
    """
    last = None if weeks is None else start + timedelta(weeks=weeks) - timedelta(days=1)
    if end is not None:
        last = end if last is None else min(last, end)
    return None if last is None or last < start else Window(start, last)
