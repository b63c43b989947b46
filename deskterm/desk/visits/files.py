"""Files that other programs read: calendars and sheets."""

from __future__ import annotations

import os
from pathlib import Path

from deskterm.desk.errors import Refused


def write_whole(text: str, to: Path) -> None:
    """Write the file whole or not at all: another program may be reading the old one.

    Raises `Refused` where it cannot be written.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"{to} cannot be written ({error.strerror}); name another file.") from error
