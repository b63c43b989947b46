"""A fair queue in front of the writers of one file.

SQLite's own waiting starves writers: whoever asks at the right moment wins. So does a lock that all
wait for: when it is free all of them are woken, and whoever runs first has it. Here everybody draws
a number from a file beside the database and holds the lock on the byte of that number until the
turn is over; one waits for the byte of the number before, so that the turn goes on in order and
wakes nobody else. The kernel frees what a killed program held.
The queue is for fairness only; correctness stays with the database.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

#: A program stopped inside its turn must not stop the desk; after this the database decides.
PATIENCE_SECONDS: Final = 20.0

#: Where the next number stands, and the byte of number 0. What is locked need not be in the file.
_NEXT: Final = struct.Struct("<q")
_FIRST_BYTE: Final = 1024
#: `struct flock` as the kernel has it: type, whence, start, length, process.
_FLOCK: Final = struct.Struct("@hhqqi0q")
#: Locks of an open file, not of a program, so that threads queue as programs do. The numbers and
#: the structure above are those of Linux with 64 bits.
_HAS_NUMBERS: Final = sys.platform == "linux" and struct.calcsize("P") == 8
_SET: Final = 37
_SET_WAITING: Final = 38


class WriterQueue:
    """The queue at `path`; one turn at a time, over all threads and programs."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def turn(self) -> AbstractContextManager[None]:
        """Hold the turn, waiting for it at most `PATIENCE_SECONDS`. OSError where it may not."""
        handle = self._open()
        return _Numbered(handle) if _HAS_NUMBERS else _Place(handle)

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            if os.fstat(handle).st_uid == os.geteuid():
                os.fchmod(handle, 0o660)
            return handle


class _Place(AbstractContextManager[None]):
    """One place in the queue; the file handle belongs to whoever holds the lock last.

    Where a system has no numbered places, everybody waits for the whole file.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._changed = threading.Condition()
        self._taken = False
        self._given_up = False

    def _at_once(self) -> None:
        """Take the place; BlockingIOError where others are before."""
        fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _in_turn(self) -> None:
        """Wait for those before."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def __enter__(self) -> None:
        try:
            self._at_once()
        except BlockingIOError:
            # Waiting happens in a thread of its own: a blocked lock cannot be given up.
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
        self._in_turn()
        with self._changed:
            self._taken = True
            if self._given_up:
                os.close(self._handle)
            self._changed.notify()


class _Numbered(_Place):
    """A place with a number; closing the file lets the next number go on."""

    def __init__(self, handle: int) -> None:
        super().__init__(handle)
        self._number = 0

    def _at_once(self) -> None:
        self._draw()
        self._lock(_SET, _FIRST_BYTE + self._number - 1)

    def _in_turn(self) -> None:
        self._lock(_SET_WAITING, _FIRST_BYTE + self._number - 1)

    def _draw(self) -> None:
        # Held for two short calls; the byte is this place's own before anybody draws the next.
        self._lock(_SET_WAITING, 0)
        try:
            drawn = os.pread(self._handle, _NEXT.size, 0)
            self._number = _NEXT.unpack(drawn)[0] + 1 if len(drawn) == _NEXT.size else 1
            os.pwrite(self._handle, _NEXT.pack(self._number), 0)
            self._lock(_SET, _FIRST_BYTE + self._number)
        finally:
            self._lock(_SET, 0, fcntl.F_UNLCK)

    def _lock(self, how: int, byte: int, kind: int = fcntl.F_WRLCK) -> None:
        fcntl.fcntl(self._handle, how, _FLOCK.pack(kind, os.SEEK_SET, byte, 1, 0))
