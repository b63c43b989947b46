"""``deskterm policy``: the agreements this desk can promise by."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskterm.cli.output import say, say_json, say_table
from deskterm.cli.session import session
from deskterm.cli.status import CommandError, UsageError
from deskterm.cli.words import AsJson, command, group
from deskterm.desk.counting import counted

if TYPE_CHECKING:
    from deskterm.desk.policies import PolicyEntry, PolicyLibrary
    from deskterm.policy import Finding, Policy
    from deskterm.policy.holidays import ResolvedHolidays

PolicyId = Annotated[str, typer.Argument(metavar="ID", help="The policy's id.")]


def list_policies(as_json: AsJson = False) -> None:
    """List the policies there are; your own win over shipped ones of the same id."""
    from deskterm.desk.policies import default_library

    library = default_library()
    rows = [_row(library, entry) for entry in library.entries()]
    if as_json:
        say_json(rows)
        return
    say_table(
        ("id", "name", "whose", "state", "file"),
        [(row["id"], row["name"], row["whose"], row["state"], row["path"]) for row in rows],
    )


def show(
    context: typer.Context,
    policy_id: PolicyId,
    holidays: Annotated[
        bool, typer.Option("--holidays", help="List this year's and next year's holidays too.")
    ] = False,
    source: Annotated[
        bool, typer.Option("--source", help="Print the file itself, with its clauses.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print an agreement as a person would read it: hours, grid, promises, packages."""
    from deskterm.desk.policies import default_library
    from deskterm.policy.describe import describe

    policy = default_library().load(policy_id)
    if source:
        say(policy.text.rstrip("\n"))
        return
    resolved = _holidays_around(policy, session(context).clock()) if holidays else None
    sections = describe(policy, resolved)
    if as_json:
        from dataclasses import asdict

        say_json([asdict(section) for section in sections])
        return
    from deskterm.cli.document import say_sections

    say_sections(sections)


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The policy file, or - for input.")],
) -> None:
    """Check a policy file and print every mistake: place, found, expected, nearest name."""
    from deskterm.policy import read_policy
    from deskterm.policy.findings import PolicyError
    from deskterm.policy.holidays import unknown_holidays

    name = "standard input" if file == "-" else file
    findings: tuple[Finding, ...]
    try:
        policy = read_policy(_text_of(file), name)
        findings = unknown_holidays(policy, name)
    except PolicyError as error:
        findings = error.findings
    if findings:
        from deskterm.desk.text import clean

        for finding in findings:
            print(clean(str(finding)), file=sys.stderr)
        raise typer.Exit(1)
    levels = counted(len(policy.priorities), "priority", "priorities")
    clocks = counted(len(policy.clock_names()), "clock")
    say(f"{name}: no mistakes. {policy.name}: {levels}, {clocks}.")


def new(
    policy_id: PolicyId,
    like: Annotated[
        str | None, typer.Option(metavar="ID", help="Begin with a copy of this policy.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the commented start of a policy of your own and print where it lies."""
    from deskterm.desk.policies import SUFFIX, default_library
    from deskterm.policy.template import template

    library = default_library()
    try:
        text = template(policy_id)
    except ValueError as error:
        raise UsageError(f"{policy_id!r} cannot be an id: {error}") from error
    if like is not None:
        text = _renamed(library.load(like), policy_id)
    path = library.user_dir / f"{policy_id}{SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError as error:
        raise CommandError(f"{path} is there already; --force replaces it") from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error
    say(str(path))
    if library.shipped_text(policy_id) is not None:
        say(f"It wins over the shipped policy {policy_id}; delete it to have that one back.")


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    policies = group(app, "policy", "The agreements this desk can promise by.")
    command(policies, "list", list_policies, "policy list", "policy list --json")
    command(policies, "show", show, "policy show our-school", "policy show our-school --holidays")
    command(policies, "check", check, "policy check our-school.toml")
    command(
        policies, "new", new, "policy new our-school", "policy new our-school --like main-school"
    )


def _row(library: PolicyLibrary, entry: PolicyEntry) -> dict[str, object]:
    from deskterm.desk.policies import BrokenPolicy

    whose = "own, wins over the shipped one" if entry.overrides_shipped else entry.origin
    try:
        name, state, findings = library.load(entry.id).name, "good", []
    except BrokenPolicy as broken:
        count = len(broken.findings)
        state = counted(count, "mistake")
        name, findings = "", [str(finding) for finding in broken.findings]
    return {
        "id": entry.id,
        "name": name,
        "whose": whose,
        "origin": entry.origin,
        "overrides_shipped": entry.overrides_shipped,
        "state": state,
        "findings": findings,
        "path": str(entry.path),
    }


def _holidays_around(policy: Policy, now_us: int) -> ResolvedHolidays:
    from deskterm.policy.holidays import resolve_holidays

    year = datetime.fromtimestamp(now_us // 1_000_000, UTC).year
    return resolve_holidays(policy, year, year + 1)


def _text_of(file: str) -> str:
    from deskterm.desk.policies import read_text

    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape")
    path = Path(file)
    try:
        path.open("rb").close()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
    return read_text(path)


def _renamed(policy: Policy, policy_id: str) -> str:
    return re.sub(
        r'(?m)^([ \t]*id[ \t]*=[ \t]*)"[^"\n]*"', rf'\g<1>"{policy_id}"', policy.text, count=1
    )
