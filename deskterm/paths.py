"""Where deskterm keeps what it writes. Pure: nothing is made here, and nothing is read.

Folders are made by whoever writes the first file into them. `deskterm paths` prints these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APP = "deskterm"


@dataclass(frozen=True, slots=True)
class Paths:
    """One place per thing that is kept; every one of them may not exist yet."""

    database: Path
    config: Path
    policies: Path
    """A user's own policy files; they win over shipped ones of the same id."""
    drafts: Path
    log: Path

    def __iter__(self) -> Iterator[tuple[str, Path]]:
        """(name, place) in the order they are printed."""
        yield "database", self.database
        yield "config", self.config
        yield "policies", self.policies
        yield "drafts", self.drafts
        yield "log", self.log


def paths_under(root: Path) -> Paths:
    """Everything below one folder, for tests, demos and desks carried on a stick."""
    return Paths(
        database=root / "desk.db",
        config=root / "config.toml",
        policies=root / "policies",
        drafts=root / "drafts",
        log=root / "deskterm.log",
    )


def user_paths() -> Paths:
    """Where this system keeps data, settings, state and logs of the user who runs deskterm."""
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(
        database=dirs.user_data_path / "desk.db",
        config=dirs.user_config_path / "config.toml",
        policies=dirs.user_config_path / "policies",
        drafts=dirs.user_state_path / "drafts",
        log=dirs.user_log_path / "deskterm.log",
    )
