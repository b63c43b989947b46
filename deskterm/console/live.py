"""Notices within a second that somebody, here or in another process, has changed the desk.

One thread asks the desk's change counter, which costs next to nothing; the app is told only when
it differs, when the desk cannot be reached and when it is back. Another finishes clocks that a
program was stopped over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message

from deskterm.desk.errors import DeskError, Stopped

if TYPE_CHECKING:
    from deskterm.desk.catchup import CatchUp

#: Half a second on average leaves the other half for reading and painting.
EVERY_SECONDS: Final = 0.5
#: Who is at work on clocks to be computed is seen to move on in less than this.
LOOK_SECONDS: Final = 5.0
#: A desk that others could not reach is back once it has answered so often.
_ENOUGH: Final = 2
#: A batch of clocks is computed and written in far less.
_LAST_BATCH_SECONDS: Final = 5.0


@dataclass
class DeskChanged(Message):
    """Somebody has changed something."""

    counter: int


@dataclass
class DeskLost(Message):
    """The desk cannot be asked; what is on the screen stays."""

    sentence: str


class DeskBack(Message):
    """The desk answers again."""


class ClocksMoved(Message):
    """Clocks that somebody had left to be computed have been."""


class Finisher:
    """A thread that finishes what other programs left; `post` is called from it."""

    def __init__(
        self, catching_up: Callable[[], CatchUp], post: Callable[[Message], object]
    ) -> None:
        self._catching_up = catching_up
        self._post = post
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="deskterm-finish", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, leaving the rest of what is under way to others, before the desk is closed."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_LAST_BATCH_SECONDS)

    def _run(self) -> None:
        catch_up = self._catching_up()
        while not self._stop.wait(LOOK_SECONDS):
            self.look(catch_up)

    def look(self, catch_up: CatchUp) -> None:
        """Look once; a desk that cannot be asked now is asked the next time."""
        with suppress(DeskError, Stopped):
            if catch_up.look(self._go_on):
                self._post(ClocksMoved())

    def _go_on(self, _done: int, _of: int) -> None:
        if self._stop.is_set():
            raise Stopped


class Watcher:
    """The thread; `post` is called from it and has to be safe for that."""

    def __init__(self, counter: Callable[[], int], post: Callable[[Message], object]) -> None:
        self._counter = counter
        self._post = post
        self._stop = threading.Event()
        self._soon = threading.Event()
        self._known: int | None = None
        self._lost = False
        self._answers = 1
        """How often it has answered since it was lost."""
        self._thread = threading.Thread(target=self._run, name="deskterm-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; a look under way ends by itself."""
        self._stop.set()
        self._soon.set()

    def look_soon(self) -> None:
        """Look now instead of at the next time."""
        self._soon.set()

    def doubt(self) -> None:
        """Somebody else could not reach the desk: tell when it has answered twice again."""
        if not self._lost:
            self._lost, self._answers = True, 0

    def _run(self) -> None:
        while True:
            self.look()
            self._soon.wait(EVERY_SECONDS)
            self._soon.clear()
            if self._stop.is_set():
                return

    def look(self) -> None:
        """Ask once and tell what is different from last time."""
        try:
            counter = self._counter()
        except DeskError as error:
            if not self._lost and not self._stop.is_set():
                self._lost, self._answers = True, _ENOUGH - 1
                self._post(DeskLost(error.sentence))
            return
        if self._stop.is_set():
            return
        if self._lost:
            self._answers += 1
            if self._answers < _ENOUGH:
                return
            self._lost = False
            self._known = counter
            self._post(DeskBack())
        elif self._known is not None and counter != self._known:
            self._post(DeskChanged(counter))
        self._known = counter
