"""Desks with schools and engineers, on either database, copied from one made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from deskterm.desk import schema
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store
from tests.desk.visits.school import School
from tests.desk.visits.servers import new_database

_numbers = count()
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.system)]


@pytest.fixture(scope="session")
def school_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schools' desk in a file."""
    path = tmp_path_factory.mktemp("school") / "desk.sqlite"
    made = School(str(path))
    made.furnish()
    made.close()
    return path


@pytest.fixture(scope="session")
def school_url(postgres_socket: str) -> str:
    """The schools' desk on the server, to be copied there."""
    url = new_database(postgres_socket, "school")
    made = School(url)
    made.furnish()
    made.close()
    return url


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty desk's tables."""
    if request.param == "sqlite":
        place = str(tmp_path / "empty.sqlite")
    else:
        socket_dir: str = request.getfixturevalue("postgres_socket")
        place = new_database(socket_dir, f"empty_{next(_numbers)}")
    opened = open_store(place)
    try:
        schema.ensure(opened, now_us=0)
        yield opened
    finally:
        opened.close()


@pytest.fixture(params=DATABASES)
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """A desk with three schools and three engineers on Friday 20 November 2026, 14:16."""
    if request.param == "sqlite":
        furnished: Path = request.getfixturevalue("school_file")
        place = str(shutil.copyfile(furnished, tmp_path / "desk.sqlite"))
    else:
        request.getfixturevalue("school_url")
        socket_dir: str = request.getfixturevalue("postgres_socket")
        place = new_database(socket_dir, f"school_{next(_numbers)}", like="school")
    opened = School(place)
    try:
        yield opened
    finally:
        opened.close()
