"""Clocks that a stopped program left to be computed: found and finished by whoever is still there.

A change of hours is written down together with a note of what has to be computed for it
(`deskterm.desk.recompute`). Whoever entered it works the note off and may stop half way, on purpose
or by being killed. Every program that stays open looks now and then; a note that nobody has worked
on from one look to the next is nobody's any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.recompute import Progress


class CatchUp:
    """One program's looks at one desk; not for several threads at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: list[tuple[int, int]] = []

    def look(self, progress: Progress | None = None) -> int:
        """Finish what was left and has not moved on since the last look; clocks looked at.

        0 where nothing was left, or somebody else is at it. Raises what `progress` raises, and what
        was not done is left again.
        """
        with self._desk.store.read() as tx:
            rows = tx.rows("SELECT id, after_number FROM recompute ORDER BY id")
            left = [(int(row.id), int(row.after_number)) for row in rows]
        before, self._seen = self._seen, left
        if not left or left != before:
            return 0
        # Not before there is something to do: what computes clocks takes its time to import.
        from deskterm.desk.recompute import finish

        return finish(self._desk, progress)
