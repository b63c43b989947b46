"""Bringing the log of a SQLite desk back into its file, while nobody waits for it.

SQLite does it by itself at the end of some commit, and whoever stands in the writers' queue behind
that one waits for tenths of a second. Here it is done by a thread of its own, in no writer's turn.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

#: A log of this many bytes is worth bringing back; SQLite's own measure is the same.
_WORTH_BYTES: Final = 4_000_000
#: How often what was written meanwhile is brought back too, before leaving it to the next.
_ROUNDS: Final = 10
_PASSIVE: Final = "PRAGMA wal_checkpoint(PASSIVE)"


class Checkpoints:
    """The log beside the desk at `path`.

    `connect` opens a connection of this one's own and may raise `failure`, as may its use.
    """

    def __init__(
        self, path: Path, connect: Callable[[], sqlite3.Connection], failure: type[Exception]
    ) -> None:
        self._log = path.with_name(path.name + "-wal")
        self._connect = connect
        self._failure = failure
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._brought_back = 0

    def after_write(self) -> None:
        """See whether the log has become long, and begin to bring it back if it has."""
        try:
            size = self._log.stat().st_size
        except OSError:
            return
        # A log that begins anew is cut short; one that a reader still needs goes on growing.
        if size < self._brought_back:
            self._brought_back = 0
        if size < self._brought_back + _WORTH_BYTES or not self._lock.acquire(blocking=False):
            return
        self._brought_back = size
        self._thread = threading.Thread(
            target=self._bring_back, name="deskterm-checkpoint", daemon=True
        )
        self._thread.start()

    def finish(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.join()

    def _bring_back(self) -> None:
        try:
            # What cannot be done now, the next one does; nothing is lost by it.
            with suppress(self._failure), closing(self._connect()) as connection:
                for _ in range(_ROUNDS):
                    (_, log, brought_back) = connection.execute(_PASSIVE).fetchone()
                    # The log begins anew only when all of it is back: also what came meanwhile.
                    if log == brought_back:
                        break
        finally:
            self._lock.release()
