"""A fair queue in front of the writers of one file.

SQLite's own waiting starves writers: whoever asks at the right moment wins. A lock on a file beside
the database is handed over in order of asking, and the kernel frees it when a program is killed.
The queue is for fairness only; correctness stays with the database.
"""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

#: A program stopped inside its turn must not stop the desk; after this the database decides.
PATIENCE_SECONDS: Final = 20.0


class WriterQueue:
    """The queue at `path`; one turn at a time, over all threads and programs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def turn(self) -> AbstractContextManager[None]:
        """Hold the turn, waiting for it at most `PATIENCE_SECONDS`. OSError where it may not."""
        return _Place(self._open())

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            if os.fstat(handle).st_uid == os.geteuid():
                os.fchmod(handle, 0o660)
            return handle


class _Place(AbstractContextManager[None]):
    """One place in the queue; the file handle belongs to whoever holds the lock last."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._changed = threading.Condition()
        self._taken = False
        self._given_up = False

    def __enter__(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Waiting happens in a thread of its own: a blocked flock cannot be given up.
            threading.Thread(target=self._wait, name="deskterm-writer-queue", daemon=True).start()
            with self._changed:
                self._changed.wait_for(lambda: self._taken, PATIENCE_SECONDS)
                self._given_up = not self._taken
        else:
            self._taken = True

    def __exit__(self, *_: object) -> None:
        if self._taken and not self._given_up:
            os.close(self._handle)

    def _wait(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._changed:
            self._taken = True
            if self._given_up:
                os.close(self._handle)
            self._changed.notify()
