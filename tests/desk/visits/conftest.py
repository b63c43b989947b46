"""Desks with two sites and two engineers, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from deskterm.desk import schema
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store
from tests.desk.visits.school import School
from tests.desk.visits.servers import new_database, postgres

_numbers = count()


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[str]:
    """The socket folder of a server for the whole run."""
    with postgres() as socket_dir:
        yield socket_dir


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file or URL for a new desk."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.sqlite")
    socket_dir: str = request.getfixturevalue("postgres_socket")
    return new_database(socket_dir, f"visits_{next(_numbers)}")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty desk's tables."""
    opened = open_store(place)
    try:
        schema.ensure(opened, now_us=0)
        yield opened
    finally:
        opened.close()


@pytest.fixture
def school(place: str) -> Iterator[School]:
    """A desk with three schools and three engineers on Friday 20 November 2026, 14:16."""
    opened = School(place)
    try:
        opened.furnish()
        yield opened
    finally:
        opened.close()
