"""Search as you type: full text over subject, body, notes, contact and customer.

Tickets still to be done have an index of their own, which answers at once; those that are done are
told newest first, a page at a time. Nothing is ranked: ranking has to look at every hit, and in a
desk the newest is what is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskterm.desk.model import QueueRow
from deskterm.desk.queue_rows import COLUMNS
from deskterm.desk.store.base import Tx

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def search(
    desk: Desk, text: str, limit: int = 50, *, closed: bool = False, before: int | None = None
) -> tuple[QueueRow, ...]:
    """Tickets with every word of `text`, newest first.

    Each word may be the beginning of one. With `closed` those that are done, else those still to
    be done; `before` is the number of the last ticket of the page before. Text without a word in
    it finds nothing.
    """
    with desk.store.read() as tx:
        found = find_numbers(tx, text, limit, closed=closed, before=before)
        if not found:
            return ()
        listed = ", ".join(str(number) for number in found)
        rows = tx.rows(
            f"SELECT {COLUMNS} FROM ticket WHERE number IN ({listed}) ORDER BY number DESC"
        )
        return desk.rows.rows(tx, rows)


def find_numbers(
    tx: Tx, text: str, limit: int, *, closed: bool = False, before: int | None = None
) -> Sequence[int]:
    """The numbers of what `search` finds."""
    # As many words as a person would type; a pasted page is no question.
    select, values = tx.store.numbers(text.split()[:20], live=not closed, name="words")
    if before is not None:
        values["before"] = before
    earlier = "" if before is None else " WHERE number < :before"
    rows = tx.rows(
        f"SELECT number FROM ({select}) AS found{earlier} ORDER BY number DESC LIMIT :limit",
        limit=limit,
        **values,
    )
    return [row.number for row in rows]
