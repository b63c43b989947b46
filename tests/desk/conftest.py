"""Desks to test on: SQLite as it is here, SQLite as it is without pysqlite3, and PostgreSQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from deskterm.desk.store import open_store
from deskterm.desk.store.sqlite import SqliteStore, driver
from tests.desk.office import Office, enter, furnish
from tests.desk.visits.servers import new_database, postgres

_numbers = count()
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.system)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A furnished desk for each SQLite there is, made once and copied for every test."""
    files = {}
    for name, module in (("sqlite", driver()), ("fallback", sqlite3)):
        files[name] = tmp_path_factory.mktemp(name) / "desk.db"
        store = SqliteStore(files[name], module=module)
        furnish(store)
        store.close()
    return files


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[str]:
    """The socket folder of a server for the whole run."""
    with postgres() as socket_dir:
        yield socket_dir


@pytest.fixture(scope="session")
def furnished_url(postgres_socket: str) -> str:
    """A furnished database, to be copied by the server."""
    url = new_database(postgres_socket, "furnished")
    store = open_store(url)
    furnish(store)
    store.close()
    return url


def copied(furnished: Path, to: Path) -> Path:
    """A desk of a test's own."""
    return Path(shutil.copyfile(furnished, to))


@pytest.fixture
def office(furnished: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    """The office on SQLite as it is here."""
    made = enter(copied(furnished["sqlite"], tmp_path / "desk.db"))
    yield made
    made.close()


@contextmanager
def _office(request: pytest.FixtureRequest, furnished: Path, to: Path) -> Iterator[Office]:
    if request.param == "postgresql":
        socket_dir: str = request.getfixturevalue("postgres_socket")
        request.getfixturevalue("furnished_url")
        made = enter(new_database(socket_dir, f"office_{next(_numbers)}", like="furnished"))
    else:
        module = sqlite3 if request.param == "fallback" else driver()
        made = enter(copied(furnished, to), module=module)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(params=["sqlite", "fallback", POSTGRESQL])
def any_office(
    request: pytest.FixtureRequest, furnished: dict[str, Path], tmp_path: Path
) -> Iterator[Office]:
    """The office on every database there is."""
    with _office(request, furnished.get(request.param, tmp_path), tmp_path / "desk.db") as made:
        yield made


@pytest.fixture(params=["sqlite", POSTGRESQL])
def snapshot_office(
    request: pytest.FixtureRequest, furnished: dict[str, Path], tmp_path: Path
) -> Iterator[Office]:
    """The office on databases whose writers need not wait for readers."""
    with _office(request, furnished.get(request.param, tmp_path), tmp_path / "desk.db") as made:
        yield made


@pytest.fixture(params=["sqlite", "fallback", POSTGRESQL])
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """(which database, where) for a desk that does not exist yet."""
    if request.param == "postgresql":
        socket_dir: str = request.getfixturevalue("postgres_socket")
        return request.param, new_database(socket_dir, f"empty_{next(_numbers)}")
    return request.param, str(tmp_path / "desk.db")
