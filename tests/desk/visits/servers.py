"""A PostgreSQL server of the tests' own, in a throw-away folder, on a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """The folder of the newest server installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return None if initdb is None else Path(initdb).parent


@contextmanager
def postgres() -> Iterator[str]:
    """The folder of a running server's socket.

    Skips where no server is installed, but fails where the system tests are meant to run.
    """
    bin_dir = programs()
    if bin_dir is None:
        missing = "no PostgreSQL server is installed: apt-get install postgresql"
        if os.environ.get("DESKTERM_SYSTEM") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="deskterm-pg-"))
    # The server refuses to run as root; Debian's package brings a user for it.
    user = "postgres" if os.geteuid() == 0 else None
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(command, user=user, cwd=folder, check=True, capture_output=True)

    data, log = folder / "data", folder / "log"
    run(str(bin_dir / "initdb"), "-D", str(data), "-A", "trust", "-U", "desk", "-E", "UTF8", "-N")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=120"
    pg_ctl = str(bin_dir / "pg_ctl")
    run(pg_ctl, "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    try:
        yield str(folder)
    finally:
        run(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_database(socket_dir: str, name: str, *, like: str = "template1") -> str:
    """The URL of a new database on that server: empty, or a copy of another."""
    import psycopg

    with psycopg.connect(host=socket_dir, user="desk", dbname="postgres", autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return f"postgresql+psycopg://desk@/{name}?host={socket_dir}"
