"""A desk on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.door import enter
from deskterm.desk.desk import Desk

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
        self, database: Path | str, read: Callable[[], tuple[str, str]], patch: pytest.MonkeyPatch
    ) -> None:
        self.database = Path(database)
        self._place = str(database)
        self._read = read
        self._patch = patch
        self.at(FRIDAY)

    def at(self, now: str) -> None:
        """It is now that time."""
        self._patch.setenv("DESKTERM_NOW", now)

    def at_database(self, place: str) -> Deskterm:
        """The same on another desk."""
        return Deskterm(place, self._read, self._patch)

    def try_(self, *arguments: str) -> Ran:
        """Run a command that may fail."""
        status = enter(["--database", self._place, *arguments])
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


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a supervisor and a customer, made once: reading a policy takes a while."""
    file = tmp_path_factory.mktemp("begun") / "desk.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTERM_NOW", FRIDAY)
        for arguments in (
            ["init", "--agent", "Sam", "--role", "supervisor"],
            ["customer", "add", "Oakfield Primary", "--policy", "concero"],
        ):
            assert enter(["--database", str(file), *arguments]) == 0
    return file


@pytest.fixture
def deskterm(begun: Path, bare: Deskterm) -> Deskterm:
    """A copy of that desk."""
    with Desk.open(begun) as desk:
        desk.store.backup(bare.database)
    return bare
