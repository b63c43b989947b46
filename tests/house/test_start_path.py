"""To the first painted queue nothing is imported that only other commands need."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from tests.house.tree import ROOT

NOT_NEEDED = {"typer", "click", "holidays", "alembic", "dateutil", "icalendar"}

#: deskterm as ever, and on SIGUSR1 the names of all modules loaded so far go to a file.
PROGRAM = """
import os, signal, sys
def tell(*_):
    with open(sys.argv[0] + ".part", "w") as file:
        file.write("\\n".join(sys.modules))
    os.rename(file.name, sys.argv[0])
signal.signal(signal.SIGUSR1, tell)
sys.argv = [{told!r}, *{arguments!r}]
from deskterm.__main__ import main
sys.exit(main())
"""


def modules_when_painted(arguments: list[str], tmp_path: Path) -> set[str]:
    """Start deskterm in a terminal; what is loaded once the queue is on the screen."""
    told = tmp_path / "modules"
    program = PROGRAM.format(told=str(told), arguments=arguments)
    environment = {**os.environ, "TERM": "xterm-256color"}
    child = pexpect.spawn(
        sys.executable,
        ["-c", program],
        env=environment,
        dimensions=(36, 120),
        cwd=str(ROOT),
        timeout=60,
    )
    try:
        child.expect("Breaking next")
        os.kill(child.pid, signal.SIGUSR1)
        deadline = time.monotonic() + 20
        while not told.exists():
            assert time.monotonic() < deadline, "the program did not tell its modules"
            child.expect([pexpect.TIMEOUT, r".+"], timeout=0.1)
    finally:
        child.terminate(force=True)
    return set(told.read_text(encoding="utf-8").split())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk whose first run is over."""
    file = tmp_path / "desk.db"
    command = ["--database", str(file), "init", "--agent", "Sam", "--role", "supervisor"]
    subprocess.run([sys.executable, "-m", "deskterm", *command], cwd=ROOT, check=True)
    return file


def test_the_console_starts_without_the_command_line_holidays_or_alembic(
    desk: Path, tmp_path: Path
) -> None:
    loaded = modules_when_painted(["--database", str(desk)], tmp_path)
    assert "textual" in loaded
    assert {name.split(".")[0] for name in loaded} & NOT_NEEDED == set()


def test_the_demonstration_builds_elsewhere_and_starts_as_light(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    arguments = ["demo", "--tickets", "20", "--database", str(file)]
    loaded = modules_when_painted(arguments, tmp_path)
    assert "textual" in loaded
    assert {name.split(".")[0] for name in loaded} & NOT_NEEDED == set()
