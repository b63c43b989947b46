"""``deskterm demo``: build a desk in a process of its own, then open it in this one.

Building needs the whole command line, the schema's history and the holidays of many years. In a
child process they are gone again when the console starts, which then opens as fast, and as small,
as it does on any other morning.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

from deskterm.cli.door import Opening, has_screen
from deskterm.cli.throwaway import thrown_away


def build_and_open(opening: Opening, arguments: Sequence[str]) -> int:
    """Build the desk ``demo ARGUMENTS`` describes and open it; a throw-away one is removed."""
    named = _value(arguments, "--database") or opening.database
    if named:
        return _open(opening, arguments, named)
    with thrown_away() as folder:
        return _open(opening, arguments, str(folder) + "/desk.db")


def _open(opening: Opening, arguments: Sequence[str], database: str) -> int:
    build = ["--database", database, "demo", *_without(arguments, "--database"), "--no-open"]
    status = _in_child(build)
    if status != 0:
        return status
    frozen = _value(arguments, "--now")
    if frozen:
        os.environ["DESKTERM_NOW"] = frozen
    opening.database = database
    from deskterm.cli.opening import open_console

    return open_console(opening, terminal=has_screen())


def _value(arguments: Sequence[str], option: str) -> str | None:
    for index, argument in enumerate(arguments):
        if argument.startswith(option + "="):
            return argument.partition("=")[2]
        if argument == option and index + 1 < len(arguments):
            return arguments[index + 1]
    return None


def _without(arguments: Sequence[str], option: str) -> list[str]:
    out: list[str] = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == option:
            skip = True
        elif not argument.startswith(option + "="):
            out.append(argument)
    return out


def _in_child(arguments: Sequence[str]) -> int:
    """Run a deskterm command in a forked process and return its exit status."""
    child = os.fork()
    if child == 0:
        from deskterm.cli.app import run
        from deskterm.cli.status import report

        status = 1
        try:
            status = run(arguments)
        except (KeyboardInterrupt, Exception) as error:
            status = report(error)
        finally:
            _flush()
            os._exit(status)
    # Ctrl-C ends the child, which tidies up; this process goes on to remove the folder.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _, waited = os.waitpid(child, 0)
    finally:
        signal.signal(signal.SIGINT, before)
    return os.waitstatus_to_exitcode(waited) if os.WIFEXITED(waited) else 130


def _flush() -> None:
    import sys

    sys.stdout.flush()
    sys.stderr.flush()
