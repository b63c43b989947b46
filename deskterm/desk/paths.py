"""Where deskterm keeps things: the one module that knows.

Nothing is made here; folders are made by whoever writes the first file into them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from platformdirs import PlatformDirs

DATABASE_VARIABLE = "DESKTERM_DATABASE"
"""Environment variable that names the desk: a file or a database URL."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one user; `database` may be a URL, the others are files and folders."""

    database: str
    config: Path
    policies: Path
    """The user's own policy files; one of the same id wins over a shipped one."""
    drafts: Path
    log: Path
    cache: Path
    """What can be made again: throw-away demo desks."""

    @property
    def database_shown(self) -> str:
        """`database` without a password, for showing and logging."""
        return without_password(self.database)


def places(environ: Mapping[str, str], database: str | None = None) -> Paths:
    """The places for `environ`; `database` (from ``--database``) wins over its variable."""
    dirs = PlatformDirs("deskterm", appauthor=False)
    named = database or environ.get(DATABASE_VARIABLE, "").strip()
    state = Path(dirs.user_state_dir)
    config = Path(dirs.user_config_dir)
    return Paths(
        database=named or str(Path(dirs.user_data_dir) / "desk.db"),
        config=config / "config.toml",
        policies=config / "policies",
        drafts=state / "drafts",
        log=Path(dirs.user_log_dir) / "deskterm.log",
        cache=Path(dirs.user_cache_dir),
    )


def is_url(database: str) -> bool:
    """True for a database URL such as ``postgresql+psycopg://…``, False for a file."""
    return "://" in database


def without_password(database: str) -> str:
    """`database` with a password in its URL replaced by ``***``."""
    if not is_url(database):
        return database
    parts = urlsplit(database)
    if parts.password is None:
        return database
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:***@{host}"))
