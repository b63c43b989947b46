"""Which of the desk's calendars are open now, and when that changes: "3 of 5 desks open"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.desk.text import CleanText, clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class DeskHours:
    """Whether the desk of one policy (and region) is open, and until when that holds.

    `changes_us` is when it next opens or closes, in microseconds since the epoch UTC; None for
    one that never does.
    """

    name: CleanText
    open: bool
    changes_us: int | None


def desk_hours(desk: Desk) -> tuple[DeskHours, ...]:
    """The desk hours of every policy that a running agreement is held under, region by region.

    Closures and bought hours entered for a whole policy count, those of single agreements do not.
    """
    from deskterm.desk.shelf import TermsOf
    from deskterm.desk.snapshots import newest_snapshot
    from deskterm.sla.terms import DESK

    now_us = desk.now_us()
    found: list[DeskHours] = []
    with desk.store.read() as tx:
        for row in tx.rows(
            "SELECT DISTINCT policy, region FROM agreement WHERE active = :yes"
            " ORDER BY policy, region",
            yes=True,
        ):
            kept = newest_snapshot(tx, row.policy)
            if kept is None:
                continue
            terms = desk.shelf.terms(tx, TermsOf(kept.hash, row.policy, None, None, row.region))
            axis = terms.calendar(DESK, now_us).axis
            region = terms.policy.regions.get(row.region) if row.region is not None else None
            name = terms.policy.name if region is None else f"{terms.policy.name}, {region.name}"
            found.append(DeskHours(clean(name), axis.is_open(now_us), axis.next_change(now_us)))
    return tuple(found)
