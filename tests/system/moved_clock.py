"""The console of Sam's office on a machine whose clock a file beside its desk sets.

``python -m tests.system.moved_clock FOLDER``: the time is the system's and as many microseconds
more as ``FOLDER/ahead`` says. Its process is written to ``FOLDER/process``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from deskterm.desk.desk import Desk
from deskterm.desk.store import open_store
from tests.console.real_desk import console_of
from tests.desk.office import TECHNICIAN


def set_clock(folder: Path, now_us: int) -> None:
    """It is `now_us` from here on."""
    fresh = folder / "ahead.new"
    fresh.write_text(str(now_us - time.time_ns() // 1000))
    fresh.replace(folder / "ahead")


def main(folder: Path) -> None:
    """Run until the console is left."""
    (folder / "process").write_text(str(os.getpid()))

    def now_us() -> int:
        return time.time_ns() // 1000 + int((folder / "ahead").read_text())

    desk = Desk(open_store(folder / "desk.db"), clock=now_us, login=TECHNICIAN)
    try:
        console_of(desk, folder, watch=True).run()
    finally:
        desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
