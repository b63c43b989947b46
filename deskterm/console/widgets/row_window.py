"""The rows of a long list that are here: those around what is looked at."""

from __future__ import annotations

from typing import Final

from deskterm.desk.model import QueuePage, QueueRow

#: Rows kept beyond each end of the viewport, in viewports.
_MARGIN: Final = 1


class RowWindow:
    """Rows by their place in the list, and which should be read next."""

    def __init__(self) -> None:
        self._rows: dict[int, QueueRow] = {}
        self._wanted: tuple[int, int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def at(self, index: int) -> QueueRow | None:
        """The row at `index`; None where it has not been read."""
        return self._rows.get(index)

    def items(self) -> tuple[tuple[int, QueueRow], ...]:
        """(index, row) of all that are here, in order."""
        return tuple(self._rows.items())

    def place_of(self, number: int | None) -> int | None:
        """Where that ticket is, if it is here."""
        return next((at for at, row in self._rows.items() if row.number == number), None)

    def take_in(self, page: QueuePage) -> None:
        """Have the rows of `page` and no others."""
        self._rows = dict(enumerate(page.rows, page.offset))
        self._wanted = None

    def forget(self) -> None:
        """Have none."""
        self._rows = {}
        self._wanted = None

    def around(self, top: int, height: int) -> tuple[int, int]:
        """(offset, limit) of the rows that should be here for a viewport."""
        return max(0, top - _MARGIN * height), height * (1 + 2 * _MARGIN)

    def missing(self, top: int, height: int, total: int) -> tuple[int, int] | None:
        """(offset, limit) to ask for; None where all is here or has been asked for already.

        Asked for early: half a viewport before the rows that are here end.
        """
        last = min(total, top + height)
        if last <= top:
            return None
        reach = height // 2
        low, high = max(0, top - reach), min(total, last + reach)
        if low in self._rows and high - 1 in self._rows:
            return None
        window = self.around(top, height)
        if window == self._wanted:
            return None
        self._wanted = window
        return window


def follow(cursor: int, top: int, height: int, found: int | None, total: int) -> tuple[int, int]:
    """(cursor, first row in view) after the list has changed around the cursor's ticket.

    `found` is where that ticket is now; None where it has left, and the one that moved up into its
    place is next. The ticket stays on its line of the screen, but at the top of the list what comes
    in above it shows. What was scrolled away from the cursor stays as it is.
    """
    line, in_view = cursor - top, top <= cursor < top + height
    cursor = max(0, min(cursor if found is None else found, total - 1))
    last = max(0, total - height)
    if not in_view:
        return cursor, min(top, last)
    if found is not None and not (top == 0 and cursor < height):
        top = cursor - line
    top = max(cursor - height + 1, min(top, cursor))
    return cursor, max(0, min(top, last))
