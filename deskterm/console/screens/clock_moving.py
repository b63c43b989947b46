"""How far the moving of open clocks is after a change of hours, and letting go of it half way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.message import Message
from textual.worker import get_current_worker

from deskterm.desk.errors import Stopped

#: Fewer tickets are done before anybody could read how far it is.
SHOWN_FROM: Final = 200


@dataclass
class ClocksMoving(Message):
    """The clocks of so many open tickets have moved, of so many."""

    done: int
    of: int


class Moving:
    """The progress of one change, called by the desk in the thread that writes it."""

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._stop = threading.Event()
        self._left: tuple[int, int] | None = None

    def __call__(self, done: int, of: int) -> None:
        """So many tickets are done. Raises `Stopped` once nobody waits any more."""
        if done < of and (self._stop.is_set() or get_current_worker().is_cancelled):
            self._left = done, of
            raise Stopped
        if of > SHOWN_FROM:
            self._post(ClocksMoving(done, of))

    def stop(self) -> None:
        """Let go after the tickets that are being done."""
        self._stop.set()

    def sentence(self) -> str:
        """What became of the open clocks."""
        if self._left is None:
            return "Open clocks have moved."
        done, of = self._left
        some = f"The clocks of {done} of {of} open tickets have moved"
        return f"{some}; the rest follow by themselves."
