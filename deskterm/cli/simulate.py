"""``deskterm simulate``: play worked examples of the clocks, and check what is expected of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from deskterm.cli.output import say, say_json
from deskterm.cli.status import NO, UsageError, fail
from deskterm.cli.words import command

if TYPE_CHECKING:
    from deskterm.policy.document import Policy
    from deskterm.policy.holidays import ResolvedHolidays


def simulate(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Scenarios, one JSON object a line; - for input.")
    ],
    check: Annotated[
        bool, typer.Option("--check", help="Compare with what is expected, print what differs.")
    ] = False,
) -> None:
    """Play worked examples: print each one with its clocks, or check them.

    Exit status 1 where a line cannot be read or a clock differs from what is expected.
    """
    from deskterm.sla.errors import ScenarioError
    from deskterm.sla.scenario import compare, run

    name = "standard input" if file == "-" else file
    played = unread = different = 0
    with _opened(file) as lines:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                told = run(_object(raw), load_policy)
            except ScenarioError as error:
                fail(f"{name}, line {number}: {error.sentence}", NO)
                unread += 1
                continue
            played += 1
            if not check:
                say_json(told)
                continue
            title = f" ({told['id']})" if isinstance(told.get("id"), str) else ""
            differences = compare(told.get("expect") or {}, told["clocks"])
            for difference in differences:
                say(f"line {number}{title}: {difference}")
            different += bool(differences)
    if check:
        say(_summary(played, different, unread))
    if unread or different:
        raise typer.Exit(NO)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(
        app,
        "simulate",
        simulate,
        "simulate policies/scenarios.jsonl --check",
        "ticket show 1042 --json | deskterm simulate -",
    )


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(Path(file).open("rb"))
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
        yield opened


def _object(raw: bytes) -> dict[str, Any]:
    from deskterm.sla.errors import ScenarioError

    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ScenarioError(f"byte {error.start} is no UTF-8.") from error
    except json.JSONDecodeError as error:
        raise ScenarioError(f"is no JSON: {error.msg} at column {error.colno}.") from error
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"is no JSON that can be read: {error}.") from error
    if not isinstance(value, dict):
        raise ScenarioError("is no JSON object.")
    return value


@cache
def load_policy(policy_id: str) -> tuple[Policy, ResolvedHolidays]:
    """A policy by its id, with holidays of all years; `ScenarioError` where it cannot be used."""
    from deskterm.desk.errors import DeskError
    from deskterm.desk.policies import default_library
    from deskterm.policy import PolicyError
    from deskterm.policy.holidays import FIRST_YEAR, LAST_YEAR, resolve_holidays
    from deskterm.sla.errors import ScenarioError

    try:
        policy = default_library().load(policy_id)
        return policy, resolve_holidays(policy, FIRST_YEAR, LAST_YEAR)
    except (DeskError, PolicyError) as error:
        raise ScenarioError(str(error)) from error


def _summary(played: int, different: int, unread: int) -> str:
    words = f"{played} scenario{'' if played == 1 else 's'} played"
    if different:
        words += f", {different} not as expected"
    if unread:
        words += f", {unread} not read"
    return words + ("." if different or unread else ", all as expected.")
