"""The command line: which word is which command, loaded only when it is called.

Every command or group of commands is a module with ``register(app)``; only the one that is asked
for is imported, all of them for ``--help`` and for shell completion.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from typing import Annotated, Protocol, cast

import typer

from deskterm import __version__
from deskterm.cli.session import Session
from deskterm.cli.status import USAGE, fail

#: Command words in the order of ``deskterm --help``, and the module each lives in.
COMMANDS: dict[str, str] = {
    "init": "deskterm.cli.init",
    "demo": "deskterm.cli.demo",
    "ticket": "deskterm.cli.ticket",
    "explain": "deskterm.cli.explain",
    "watch": "deskterm.cli.watch",
    "customer": "deskterm.cli.customer",
    "visits": "deskterm.cli.visits",
    "vary": "deskterm.cli.vary",
    "agent": "deskterm.cli.agent",
    "policy": "deskterm.cli.policy",
    "simulate": "deskterm.cli.simulate",
    "audit": "deskterm.cli.audit",
    "import": "deskterm.cli.import_",
    "export": "deskterm.cli.export",
    "backup": "deskterm.cli.backup",
    "restore": "deskterm.cli.backup",
    "move": "deskterm.cli.move",
    "doctor": "deskterm.cli.doctor",
    "paths": "deskterm.cli.paths",
}


class _Registers(Protocol):
    register: Callable[[typer.Typer], None]


def build(words: Sequence[str]) -> typer.Typer:
    """The application with the commands named by `words` only."""
    app = typer.Typer(
        name="deskterm",
        help="A service desk in the terminal. Without a command the console opens.",
        epilog="Try it on a filled desk:  deskterm demo",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for module in dict.fromkeys(COMMANDS[word] for word in words):
        cast(_Registers, importlib.import_module(module)).register(app)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"deskterm {__version__}")
        raise typer.Exit


def _options(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            help="The desk: a file, or postgresql+psycopg://… (also: DESKTERM_DATABASE).",
            metavar="URL-or-FILE",
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Change nothing.")] = False,
    no_mouse: Annotated[
        bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal (console).")
    ] = False,
    start: Annotated[
        str | None, typer.Option(help="Screen the console opens on.", metavar="SCREEN")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    del no_mouse, start, version  # The console's, read before this module is imported.
    context.obj = Session(named=database, read_only=read_only)


def first_word(arguments: Sequence[str]) -> str | None:
    """The command word in `arguments`, after the options that stand before it."""
    from deskterm.cli.door import read_options

    rest = read_options(arguments)[1]
    return rest[0] if rest else None


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; its errors are the caller's to report."""
    word = first_word(arguments)
    completing = "_DESKTERM_COMPLETE" in os.environ
    words = [word] if word in COMMANDS and not completing else list(COMMANDS)
    command = typer.main.get_command(build(words))
    try:
        result = command.main(
            list(arguments),
            prog_name="deskterm",
            complete_var="_DESKTERM_COMPLETE",
            standalone_mode=False,
        )
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "deskterm"
        sentence = error.format_message().rstrip(".")
        joint = " Try" if sentence.endswith("?") else "; try"
        return fail(f"{sentence}{joint}: {path} --help", USAGE)
    except typer.Abort:
        return fail("stopped", 1)
    return result if isinstance(result, int) else 0
