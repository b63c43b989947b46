"""What the options before a command say, and the desk they name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from deskterm.cli.database import database_named
from deskterm.cli.now import clock

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line."""

    named: str | None = None
    """What ``--database`` says."""
    read_only: bool = False

    @property
    def database(self) -> str:
        """The file or URL of the desk."""
        return database_named(os.environ, self.named)

    @property
    def clock(self) -> Callable[[], int]:
        """The clock commands go by, in microseconds since the epoch."""
        return clock(os.environ)


def session(context: typer.Context) -> Session:
    """The session the options before the command made."""
    found = context.find_object(Session)
    return found if found is not None else Session()


def open_desk(context: typer.Context) -> Desk:
    """Open the desk this call names; the caller closes it (use ``with closing``)."""
    from deskterm.desk.desk import Desk

    here = session(context)
    return Desk.open(here.database, clock=here.clock, read_only=here.read_only)
