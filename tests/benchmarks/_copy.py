"""A copy of the large desk that may be written to."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskterm.desk.desk import Desk
from tests.benchmarks._result import large_desk


@contextmanager
def copied_desk() -> Iterator[Desk]:
    """The large desk, copied beside itself; the copy is thrown away."""
    large = large_desk()
    with tempfile.TemporaryDirectory(dir=large.parent, prefix="bench-") as folder:
        copy = Path(folder) / "desk.db"
        # A file system that can share blocks does; nobody else has the desk open.
        subprocess.run(["cp", "--reflink=auto", str(large), str(copy)], check=True)
        # Else the first commits would wait for the copy itself to reach the disk.
        os.sync()
        with Desk.open(copy) as desk:
            yield desk
