"""Notices within a second that somebody, here or in another process, has changed the desk.

One thread asks the desk's change counter, which costs next to nothing; the app is told only when
it differs, when the desk cannot be reached and when it is back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from textual.message import Message

from deskterm.desk.errors import DeskError

#: Half a second on average leaves the other half for reading and painting.
EVERY_SECONDS: Final = 0.5


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


class Watcher:
    """The thread; `post` is called from it and has to be safe for that."""

    def __init__(self, counter: Callable[[], int], post: Callable[[Message], object]) -> None:
        self._counter = counter
        self._post = post
        self._stop = threading.Event()
        self._known: int | None = None
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="deskterm-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; a look under way ends by itself."""
        self._stop.set()

    def _run(self) -> None:
        while True:
            self.look()
            if self._stop.wait(EVERY_SECONDS):
                return

    def look(self) -> None:
        """Ask once and tell what is different from last time."""
        try:
            counter = self._counter()
        except DeskError as error:
            if not self._lost and not self._stop.is_set():
                self._lost = True
                self._post(DeskLost(error.sentence))
            return
        if self._stop.is_set():
            return
        if self._lost:
            self._lost = False
            self._known = counter
            self._post(DeskBack())
        elif self._known is not None and counter != self._known:
            self._post(DeskChanged(counter))
        self._known = counter
