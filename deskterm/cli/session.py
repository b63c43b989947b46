"""What the options before a command say, and the desk they name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from deskterm.cli.database import database_named, must_exist
from deskterm.cli.login import login_for
from deskterm.cli.now import clock, instant
from deskterm.cli.status import NO, UNKNOWN, CommandError

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Session:
    """One call of the command line."""

    named: str | None = None
    """What ``--database`` says."""
    read_only: bool = False
    day_us: int | None = None
    """The instant a question is about, where it is not now."""

    @property
    def database(self) -> str:
        """The file or URL of the desk."""
        return database_named(os.environ, self.named)

    @property
    def clock(self) -> Callable[[], int]:
        """The clock commands go by, in microseconds since the epoch."""
        if self.day_us is not None:
            asked_us = self.day_us
            return lambda: asked_us
        return clock(os.environ)


def session(context: typer.Context) -> Session:
    """The session the options before the command made."""
    found = context.find_object(Session)
    return found if found is not None else Session()


@contextmanager
def working(context: typer.Context, *, begin: bool = False) -> Iterator[Desk]:
    """The desk this call names, for a command that changes something.

    A desk that is not there is only made where the command is to `begin` one.
    """
    here = session(context)
    if not begin:
        must_exist(here.database, NO)
    with _opened(here, here.read_only) as desk:
        yield desk


@contextmanager
def asking(
    context: typer.Context, *, read_only: bool = False, day: str | None = None
) -> Iterator[Desk]:
    """The desk this call names, for a question; answered as on `day` where one is given.

    A database that cannot be asked leaves the question open: exit status 3. `read_only` makes sure
    that looking changes nothing, not even the form of an older desk.
    """
    from deskterm.desk.errors import StoreBusy, StoreLost, StoreUnfit

    here = session(context)
    if day is not None:
        here = replace(here, day_us=instant(day, "--date"))
    must_exist(here.database, UNKNOWN)
    try:
        with _opened(here, here.read_only or read_only) as desk:
            yield desk
    except (StoreBusy, StoreLost, StoreUnfit) as error:
        raise CommandError(error.sentence, UNKNOWN) from error


@contextmanager
def _opened(here: Session, read_only: bool) -> Iterator[Desk]:
    from deskterm.desk.desk import Desk

    login = login_for(here.database, os.environ)
    with Desk.open(here.database, clock=here.clock, login=login, read_only=read_only) as desk:
        yield desk
