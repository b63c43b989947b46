"""A folder that is gone afterwards, also when the terminal goes away or somebody ends the program.

Its process holds a lock on a file in it as long as it lives: what a process that was killed has
left behind is known by a lock nobody holds, and swept by the next one of the same user.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

_PREFIX: Final = "deskterm-demo-"
_LOCK: Final = "in-use"
_ENDINGS: Final = (signal.SIGHUP, signal.SIGTERM)


@contextmanager
def thrown_away() -> Iterator[Path]:
    """The folder, while it is needed; those of processes that are no more are removed first."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    owner = os.getpid()
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)

    def end(number: int, _frame: FrameType | None) -> None:
        # Children that were forked meanwhile inherit this; the folder is not theirs.
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    # Whoever has a signal ignored (nohup) keeps it so.
    before = {number: signal.getsignal(number) for number in _ENDINGS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(lock)


def sweep() -> None:
    """Remove the folders of this user's processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            # Somebody else's, or gone meanwhile, or just being made.
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not folder.is_symlink() and folder.stat().st_uid == os.getuid():
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            # It is in use.
            continue
        finally:
            os.close(lock)
