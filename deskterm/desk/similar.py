"""Open tickets of a customer that may be the same as a new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from deskterm.desk.model import QueueRow
from deskterm.desk.queue_rows import COLUMNS
from deskterm.desk.store.base import Tx

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: Words this short ("the", "not") say nothing about what is broken.
_LONG_ENOUGH: Final = 4
#: The newest open tickets of the customer are looked at, no more.
_LOOKED_AT: Final = 300


def similar(
    tx: Tx, desk: Desk, customer_id: int, text: str, limit: int = 3
) -> tuple[QueueRow, ...]:
    """Open tickets whose subject shares telling words with `text`, most of them first.

    A word counts where one begins with the other (``printer``, ``printers``).
    """
    wanted = _words(text)
    if not wanted:
        return ()
    rows = tx.rows(
        f"SELECT {COLUMNS} FROM ticket WHERE customer_id = :customer AND live = 1"
        " ORDER BY number DESC LIMIT :limit",
        customer=customer_id,
        limit=_LOOKED_AT,
    )
    scored = [(_shared(wanted, _words(row.subject)), row) for row in rows]
    best = sorted(
        (pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], -pair[1].number)
    )
    return desk.rows.rows(tx, [row for _, row in best[:limit]])


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LONG_ENOUGH
    )


def _shared(wanted: frozenset[str], there: frozenset[str]) -> int:
    return sum(any(a.startswith(b) or b.startswith(a) for b in there) for a in wanted)
