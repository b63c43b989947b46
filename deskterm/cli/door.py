"""What happens before a command line library is needed: which of the two front ends is meant.

``deskterm`` alone opens the console and ``deskterm demo`` builds a desk and opens it; the time to
the first painted queue is what everybody waits for each morning, so nothing is imported here
that it does not need. Everything else is a command (`deskterm.cli.app`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from deskterm.cli.status import CommandError, UsageError, report

_VALUES = {"--database": "database", "--start": "start"}
_FLAGS = {"--read-only": "read_only", "--no-mouse": "no_mouse"}


@dataclass(slots=True)
class Opening:
    """How the console was asked for."""

    database: str | None = None
    start: str | None = None
    read_only: bool = False
    no_mouse: bool = False


def read_options(arguments: Sequence[str]) -> tuple[Opening, list[str]]:
    """The options in front, and what follows them.

    Raises UsageError for an option without its value.
    """
    opening = Opening()
    rest = list(arguments)
    while rest and rest[0].startswith("--"):
        name, equals, value = rest[0].partition("=")
        if name in _VALUES:
            if not equals:
                if len(rest) < 2:
                    raise UsageError(f"{name} needs a value; try: deskterm --help")
                value = rest.pop(1)
            setattr(opening, _VALUES[name], value)
        elif name in _FLAGS and not equals:
            setattr(opening, _FLAGS[name], True)
        else:
            break
        rest.pop(0)
    return opening, rest


def enter(arguments: Sequence[str]) -> int:
    """Run what `arguments` ask for; every error has become one line and a status."""
    _open_streams()
    try:
        opening, rest = read_options(arguments)
        if not rest:
            return _open(opening)
        if rest[0] == "demo" and not {"--no-open", "--help", "-h"} & set(rest):
            from deskterm.cli.demo_door import build_and_open

            return build_and_open(opening, rest[1:])
        from deskterm.cli.app import run

        return run(arguments)
    except CommandError as error:
        return report(error)
    except (KeyboardInterrupt, Exception) as error:
        return report(error)


def _open_streams() -> None:
    """Who closes a stream of ours wants nothing of it: what goes there goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))


def _open(opening: Opening) -> int:
    from deskterm.cli.opening import open_console

    return open_console(opening, terminal=has_screen())


def has_screen() -> bool:
    """True where a full-screen program can be shown: a terminal that can do more than print."""
    return (
        sys.stdin.isatty()
        and sys.stdout.isatty()
        and os.environ.get("TERM", "dumb") not in ("", "dumb")
    )
