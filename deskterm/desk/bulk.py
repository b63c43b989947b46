"""The same on several tickets, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from deskterm.desk.errors import Conflict, DeskError, NotAllowed, NotFound, Refused, Stopped
from deskterm.desk.model import BulkDone, Done

#: What says something about one ticket only; the others can be gone on with.
_ABOUT_ONE: Final = (Refused, NotAllowed, NotFound, Conflict)


def one_by_one(
    numbers: Sequence[int],
    take: Callable[[int], Done],
    progress: Callable[[int, int], None] | None = None,
) -> BulkDone:
    """`take` on each of `numbers`, in order, until `progress` raises `Stopped`.

    Raises what keeps the desk from working at all where nothing has been done yet; later the rest
    is left, and why is told.
    """
    done: list[Done] = []
    refused: list[tuple[int, str]] = []
    why = ""
    with suppress(Stopped):
        for place, number in enumerate(numbers):
            if progress is not None:
                progress(place, len(numbers))
            try:
                done.append(take(number))
            except _ABOUT_ONE as refusal:
                refused.append((number, refusal.sentence))
            except DeskError as lost:
                if not done:
                    raise
                why = lost.sentence
                break
    came_to = len(done) + len(refused)
    return BulkDone(tuple(done), tuple(refused), tuple(numbers[came_to:]), why)
