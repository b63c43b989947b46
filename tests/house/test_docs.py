"""The README and every --help say what there is, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer

from deskterm.cli.app import COMMANDS, build
from tests.house.tree import ROOT, sources

README = (ROOT / "README.md").read_text(encoding="utf-8")


def walk(command: Any, path: str = "deskterm") -> Iterator[tuple[str, Any]]:
    """(words, command) of every command that does something itself."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield path, command
        return
    for name, child in inner.items():
        yield from walk(child, f"{path} {name}")


@cache
def commands() -> dict[str, Any]:
    return dict(walk(typer.main.get_command(build(list(COMMANDS)))))


@pytest.mark.parametrize("path", commands())
def test_a_command_explains_itself_with_an_example(path: str) -> None:
    command = commands()[path]
    assert command.help, f"{path} has no help"
    assert "deskterm" in (command.epilog or ""), f"{path} --help has no example"
    unexplained = [
        param.name for param in command.params if not getattr(param, "help", None)
    ]
    assert unexplained == []


@pytest.mark.parametrize("path", commands())
def test_an_example_in_the_help_is_of_that_command(path: str) -> None:
    lines = [line for line in (commands()[path].epilog or "").splitlines() if "deskterm " in line]
    words = path.removeprefix("deskterm ")
    for line in lines:
        assert re.search(rf"deskterm (--\S+( \S+)? )?{re.escape(words)}\b", line), line


def documented() -> set[str]:
    """Every command the README's table names."""
    table = README.partition("<!-- commands")[2].partition("\n## ")[0]
    return {
        found[1]
        for line in table.splitlines()
        if line.startswith("| `deskterm")
        for found in re.finditer(r"`(deskterm(?: [a-z][a-z-]*)+)", line.split(" | ")[0])
    }


def test_the_readme_names_every_command_and_no_other() -> None:
    hidden = {path for path, command in commands().items() if command.hidden}
    # A step of a ticket is one row of the table and a list in `deskterm ticket --help`.
    assert documented() == set(commands()) - hidden


def test_the_readme_explains_every_environment_variable() -> None:
    used = {
        name
        for source in sources()
        for name in re.findall(r"\bDESKTERM_[A-Z]+\b", source.text)
    }
    assert {name for name in used if name not in README} == set()


def test_the_two_commands_of_the_readme_are_what_ci_runs() -> None:
    assert re.search(r"^python3 -m venv .*&& \.venv/bin/deskterm demo$", README, re.MULTILINE)
    tests = re.findall(r"^.*&& (\.venv/bin/pytest.*)$", README, re.MULTILINE)
    assert len(tests) == 1


def test_the_readme_points_only_at_files_that_exist() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    folders = re.findall(r"`((?:deskterm|tests|policies|screenshots)/[\w./-]*)`", README)
    missing = [name for name in links + folders if not (ROOT / name).exists()]
    assert missing == []
