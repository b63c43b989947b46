"""A desk on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.door import enter

FRIDAY = "2026-11-20T09:00+00:00"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.isascii(), "JSON is ASCII-escaped"
        return json.loads(self.out)


class Deskterm:
    """`deskterm --database FILE …`, in this process."""

    def __init__(
        self, database: Path, read: Callable[[], tuple[str, str]], patch: pytest.MonkeyPatch
    ) -> None:
        self.database = database
        self._read = read
        self._patch = patch
        self.at(FRIDAY)

    def at(self, now: str) -> None:
        """It is now that time."""
        self._patch.setenv("DESKTERM_NOW", now)

    def try_(self, *arguments: str) -> Ran:
        """Run a command that may fail."""
        status = enter(["--database", str(self.database), *arguments])
        return Ran(status, *self._read())

    def __call__(self, *arguments: str) -> Ran:
        """Run a command that works."""
        ran = self.try_(*arguments)
        assert ran.status == 0, ran.err
        assert ran.err == ""
        return ran


@pytest.fixture
def bare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Deskterm:
    """A desk nobody has begun yet."""

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Deskterm(tmp_path / "desk.db", read, monkeypatch)


@pytest.fixture
def deskterm(bare: Deskterm) -> Deskterm:
    """A desk with a supervisor and a customer."""
    bare("init", "--agent", "Sam", "--role", "supervisor")
    bare("customer", "add", "Oakfield Primary", "--policy", "concero")
    return bare
