"""Every command explains itself, with examples that can be typed as they stand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import Any

import pytest
import typer

from deskterm.cli.app import COMMANDS, build
from tests.cli.conftest import Deskterm


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(words, command) of every command that does something itself."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield path, command
        return
    for name, child in inner.items():
        yield from walk(child, (*path, name))


@cache
def table() -> dict[str, Any]:
    """The commands of design and README, by their words."""
    every = walk(typer.main.get_command(build(list(COMMANDS))))
    return {" ".join(path): command for path, command in every}


@pytest.mark.parametrize("path", table())
def test_help_shows_what_it_does_its_options_and_an_example(bare: Deskterm, path: str) -> None:
    said = bare(*path.split(), "--help").out
    assert said == bare(*path.split(), "-h").out
    assert said.startswith(f"Usage: deskterm {path} ")
    does, _, example = said.partition("Example")
    assert does.splitlines()[2].startswith("  "), "what it does, in a sentence"
    assert f"  deskterm {path}" in example or "| deskterm" in example


@pytest.mark.parametrize("path", table())
def test_an_example_is_understood(path: str) -> None:
    command = table()[path]
    examples = [line.strip() for line in command.epilog.splitlines() if "deskterm " in line]
    for example in examples:
        # What is piped on, or into a file, is the shell's.
        calls = [part for part in example.split("|") if f"deskterm {path}" in part]
        for call in calls:
            words = list(takewhile(lambda word: word != ">", shlex.split(call)))
            given = words[words.index("deskterm") + 1 + len(path.split()) :]
            command.make_context(path, given)


@pytest.mark.parametrize("group", sorted({path.split()[0] for path in table() if " " in path}))
def test_a_group_lists_its_commands(bare: Deskterm, group: str) -> None:
    listed = bare(group, "--help").out
    for path in table():
        words = path.split()
        if words[0] == group and not table()[path].hidden:
            assert f"\n  {words[1]} " in listed


def test_everything_is_listed_in_one_place(bare: Deskterm) -> None:
    listed = bare("--help").out
    for path in table():
        assert f"\n  {path.split()[0]} " in listed
