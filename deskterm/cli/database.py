"""Which desk a call means: ``--database``, else ``DESKTERM_DATABASE``, else the user's own file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from deskterm.cli.status import CommandError

DATABASE_VARIABLE = "DESKTERM_DATABASE"
"""Environment variable that names the desk: a file or a database URL."""


def database_named(environ: Mapping[str, str], option: str | None) -> str:
    """The file or URL of the desk; `option` (from ``--database``) wins over the variable."""
    named = option or environ.get(DATABASE_VARIABLE, "").strip()
    if named:
        return named
    from deskterm.paths import user_paths

    return str(user_paths().database)


def is_url(database: str) -> bool:
    """True for a database URL such as ``postgresql+psycopg://…``, False for a file."""
    return "://" in database


def without_password(database: str) -> str:
    """`database` with a password in its URL replaced by ``***``, for showing and logging."""
    if not is_url(database):
        return database
    parts = urlsplit(database)
    if parts.password is None:
        return database
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:***@{host}"))


def must_exist(database: str, status: int) -> None:
    """Raise CommandError with `status` where the desk is a file that is not there."""
    if is_url(database):
        return
    try:
        # An empty file is no desk yet, and may be somebody's own.
        there = Path(database).exists() and Path(database).stat().st_size > 0
    except OSError as error:
        raise CommandError(
            f"the desk {database} cannot be reached ({error.strerror}); ask to be added to the "
            "group it belongs to, or name another with --database",
            status,
        ) from error
    if not there:
        raise CommandError(
            f"there is no desk at {database}; begin one with: deskterm init --agent NAME --role "
            "ROLE, or name another with --database",
            status,
        )
