"""Exit statuses, and how every error becomes one line that says what to do."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

DONE = 0
NO = 1
"""The answer is no, or it failed."""
USAGE = 2
"""Wrong usage."""
UNKNOWN = 3
"""It could not be found out."""

INTERRUPTED = 130
"""Ended by Ctrl-C, as shells report it."""

_NOT_YOURS = "ask whoever it belongs to, or name another place"
_HINTS = {
    errno.EACCES: _NOT_YOURS,
    errno.EPERM: _NOT_YOURS,
    errno.EROFS: "name another place",
    errno.ENOSPC: "make room there and try again",
    errno.EDQUOT: "make room there and try again",
}
"""What to do about errors of the system that can meet any command."""

_LOG_LIMIT_BYTES = 1_000_000


class CommandError(Exception):
    """A command cannot go on; the message is the line shown to the user."""

    def __init__(self, sentence: str, status: int = NO) -> None:
        super().__init__(sentence)
        self.status = status


class UsageError(CommandError):
    """The command was called in a way it does not understand."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, USAGE)


class CouldNotFindOut(CommandError):
    """A question could be answered neither yes nor no."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, UNKNOWN)


def fail(sentence: str, status: int) -> int:
    """Print one line on stderr and return `status`."""
    from deskterm.desk.text import clean

    line = f"deskterm: {clean(sentence)}\n"
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
    return status


def write_log(log: Path, error: BaseException) -> bool:
    """Append the traceback of `error` to `log`; False where that is not possible."""
    lines = traceback.format_exception(error)
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {stamp} pid {os.getpid()}\n{''.join(lines)}\n")
    except OSError:
        return False  # A full or read-only disk must not hide the error that is being reported.
    return True


def report(error: BaseException) -> int:
    """Show `error` as one line that says what to do, and return the exit status for it."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, CommandError):
        return fail(str(error), error.status)
    if isinstance(error, BrokenPipeError):
        # The reader has seen enough (`| head`); the interpreter must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO
    from deskterm.desk.errors import DeskError

    if isinstance(error, DeskError):
        return fail(error.sentence, NO)
    from deskterm.paths import user_paths

    log = user_paths().log
    if isinstance(error, OSError) and error.errno in _HINTS:
        write_log(log, error)
        what = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return fail(f"{what}{error.strerror}; {_HINTS[error.errno]}", NO)
    if isinstance(error, OverflowError):
        write_log(log, error)
        return fail("a number in it is too large for any desk; look at what was typed", USAGE)
    kept = f"details are in {log}" if write_log(log, error) else f"{log} cannot be written"
    words = " ".join(str(error).split()) or type(error).__name__
    return fail(f"something went wrong ({type(error).__name__}: {words}); {kept}", NO)
