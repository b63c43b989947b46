"""How much of a promise is used, and when it runs out: arithmetic on the axis of worked time.

Everything is a position on one axis (microseconds worked). A pause that counts moves the due
position by the time of the axis that passes in it; one that begins when time has already run out
moves nothing, so that a hold does not hide lateness.
"""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.policy.document import Amount
from deskterm.sla.life import Pause
from deskterm.sla.terms import Yardstick
from deskterm.worktime import NeverReached


def measure(
    yard: Yardstick, amount: Amount, started_us: int, pauses: Sequence[Pause]
) -> tuple[int, int, int]:
    """The positions of the start, of the due time had there been no pause, and of the due time.

    `pauses` are in order; the last one may still be going on, counted so far.
    """
    position = yard.axis.position
    start = position(started_us)
    kind = amount.kind
    if kind == "worked" or kind == "elapsed":
        base = start + amount.value
    elif kind == "days":
        base = position(yard.add_days(started_us, amount.value))
    else:
        base = position(yard.next_business_day(started_us))
    due = base
    for begins, ends in pauses:
        at = position(begins)
        if at > due:
            break
        due += position(ends) - at
    return start, base, due


def used_up(yard: Yardstick, start: int, amount: int, pauses: Sequence[Pause]) -> int:
    """The position at which `amount` of the time since the position `start` is used."""
    wanted = start + amount
    position = yard.axis.position
    for begins, ends in pauses:
        at = position(begins)
        if at >= wanted:
            break
        wanted += position(ends) - at
    return wanted


def first_instant(yard: Yardstick, position: int) -> int | None:
    """The earliest instant with that position; None where the axis does not reach it."""
    try:
        return yard.axis.earliest(position)
    except NeverReached:
        return None


def last_instant(yard: Yardstick, position: int) -> int | None:
    """The latest instant with that position; None where nothing opens after it."""
    try:
        return yard.axis.latest(position)
    except NeverReached:
        return None
