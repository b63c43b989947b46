"""``deskterm import``: tickets and customers from other programs' files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from deskterm.cli.output import say, say_json
from deskterm.cli.progress import Progress
from deskterm.cli.session import working
from deskterm.cli.status import INTERRUPTED, CommandError, UsageError
from deskterm.cli.words import AsJson, command, group, listed
from deskterm.desk.counting import counted

if TYPE_CHECKING:
    from deskterm.desk.intake.servicenow_map import ServiceNowMap
    from deskterm.desk.intake.taking_in import TakenIn

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]


def servicenow(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The audit export, as CSV (needed).")
    ] = None,
    customer: Annotated[
        str | None,
        typer.Option(help="Whose incidents they are; added if new (needed).", metavar="NAME"),
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="The policy they come under (needed).", metavar="ID")
    ] = None,
    tz: Annotated[
        str | None,
        typer.Option(
            help="Zone of times that name none, e.g. Europe/London (default: that of the policy's "
            "desk hours).",
            metavar="ZONE",
        ),
    ] = None,
    map_: Annotated[
        Path | None,
        typer.Option("--map", help="What ServiceNow's words mean, as TOML.", metavar="FILE"),
    ] = None,
    show_map: Annotated[
        bool, typer.Option("--show-map", help="Print the mapping, to be changed, and stop.")
    ] = False,
    package: Annotated[str | None, typer.Option(help="A new customer's package.")] = None,
    region: Annotated[str | None, typer.Option(help="A new customer's region.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take in incidents with their histories from a ServiceNow audit export.

    One ticket for each incident; a second import changes nothing, one that was stopped goes on.
    Local times that the clocks show twice are the first, those they skip move over the gap.
    """
    from deskterm.desk.intake.servicenow_import import import_servicenow, mapping_for, owner
    from deskterm.desk.intake.servicenow_map import show_map as shown

    words = None if map_ is None else _text(map_)
    if show_map and policy is not None:
        shown_zone = _zone(tz).key if tz else _desk_zone(policy, region)
        say(f"# Times that name no zone are those of {shown_zone}; another one: --tz ZONE.")
        say(shown(_mapping(policy, words)).rstrip())
        return
    wanted = {"FILE": file, "--customer NAME": customer, "--policy ID": policy}
    if show_map:
        raise UsageError("--show-map needs --policy ID; all of them: deskterm policy list")
    if file is None or customer is None or policy is None:
        raise UsageError(
            f"it needs {listed([name for name, given in wanted.items() if given is None])}, like: "
            "deskterm import servicenow FILE --customer NAME --policy ID"
        )
    named = None if tz is None else _zone(tz)
    data = _bytes(file)
    _mapping(policy, words)  # a mistake in the mapping is found before anything is written
    with working(context) as desk, Progress() as progress:
        whose = owner(desk, customer, policy, package=package, region=region)
        mapping = mapping_for(whose.policy, words)
        with _reading(file):
            zone = named or ZoneInfo(whose.zone)
            result, later = import_servicenow(desk, data, whose, mapping, zone, progress)
    if as_json:
        say_json({**_shape(result), "later": later})
        return
    if whose.added:
        say(f"{customer} is a new customer under {policy}")
    reason = "as said" if tz is not None else "that of the desk hours; another one: --tz ZONE"
    say(f"times without a zone: {zone.key} ({reason})")
    for line in _mapped(mapping):
        say(line)
    _say_result(result)
    if later:
        say(f"{counted(later, 'line')} not happened yet and left out")


def csv(
    context: typer.Context,
    file: File,
    customers: Annotated[
        bool, typer.Option("--customers", help="Customers, whatever the header looks like.")
    ] = False,
    customer: Annotated[
        str | None,
        typer.Option(help="Whose tickets these are, where no column says so.", metavar="NAME"),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(help="The policy of customers that are new and name none.", metavar="ID"),
    ] = None,
    tz: Annotated[
        str | None,
        typer.Option(
            help="Zone of times that name none (default: this machine's).", metavar="ZONE"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in tickets, or customers with contacts and sites, from a spreadsheet saved as CSV.

    The header says what is what: reference, customer, subject, body, status, type, priority,
    contact, site, opened, responded, resolved, closed and the like for tickets; name, policy,
    package, contact, site and the like for customers. Other names people use are known too.
    """
    from deskterm.desk.intake.csv_import import holds_tickets, import_customers, import_tickets
    from deskterm.desk.intake.servicenow import looks_like_audit
    from deskterm.desk.localzone import local_zone

    zone = _zone(tz or local_zone())
    data = _bytes(file)
    if looks_like_audit(data):
        raise UsageError(
            f"{file} is a ServiceNow audit export, with a line for each change of an incident; "
            f"take it in with: deskterm import servicenow {quote(str(file))} --customer NAME "
            "--policy ID"
        )
    with working(context) as desk, Progress() as progress, _reading(file):
        if customers or not holds_tickets(data):
            result, others = import_customers(desk, data, policy_id=policy, progress=progress)
            fate = "nobody knows and nothing was taken from"
        else:
            result, others = import_tickets(
                desk, data, zone, customer=customer, policy_id=policy, progress=progress
            )
            fate = "were kept with the tickets as they are"
    if as_json:
        say_json(_shape(result))
        return
    _say_result(result)
    if others:
        say(f"columns that {fate}: {', '.join(others)}")


def _mapped(mapping: ServiceNowMap) -> list[str]:
    """The mapping in a few lines; the whole of it is what ``--show-map`` prints."""
    lines = []
    for name in ("impact", "urgency", "priority"):
        pairs = getattr(mapping, name)
        if pairs:
            said = ", ".join(f"{word} = {value}" for word, value in pairs.items())
            lines.append(f"{name}: {said}")
    return [*lines, "(the whole mapping: --show-map; another one: --map FILE)"]


def _mapping(policy_id: str, words: str | None) -> ServiceNowMap:
    from deskterm.desk.intake.servicenow_import import mapping_for
    from deskterm.desk.intake.servicenow_map import MapError
    from deskterm.desk.policies import default_library

    try:
        return mapping_for(default_library().load(policy_id), words)
    except MapError as error:
        raise CommandError("--map: " + "; ".join(error.findings)) from error


def _desk_zone(policy_id: str, region: str | None) -> str:
    from deskterm.desk.policies import default_library
    from deskterm.desk.shelf import desk_zone

    return desk_zone(default_library().load(policy_id), region)


def _shape(result: TakenIn) -> dict[str, object]:
    return {
        "created": result.created,
        "unchanged": result.unchanged,
        "updated": result.updated,
        "refused": [{"line": one.line, "reason": one.reason} for one in result.refused],
    }


def _say_result(result: TakenIn) -> None:
    for one in result.refused:
        say(f"line {one.line} {one.reason}")
    more = f", {result.updated} brought up to date" if result.updated else ""
    say(
        f"{result.created} created, {result.unchanged} unchanged{more}, "
        f"{counted(len(result.refused), 'line')} refused"
    )


def _zone(name: str) -> ZoneInfo:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    if name in available_timezones():
        return ZoneInfo(name)
    near = get_close_matches(name, available_timezones(), n=1)
    hint = f"did you mean {near[0]}?" if near else "a zone is named like Europe/London"
    raise UsageError(f"there is no time zone {name}; {hint}")


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Say what is wrong with `file`, and that what was stopped can go on."""
    try:
        yield
    except ValueError as error:
        raise CommandError(f"{file}: {error}") from error
    except KeyboardInterrupt:
        raise CommandError(
            "stopped; what was taken in is kept, and the same command goes on", INTERRUPTED
        ) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read ({error.strerror})") from error


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is no text in UTF-8") from error


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    words = group(app, "import", "Take in tickets and customers from other programs' files.")
    command(
        words,
        "servicenow",
        servicenow,
        'import servicenow audit.csv --customer Oakfield --policy our-school',
        "import servicenow --policy our-school --show-map > map.toml",
    )
    command(
        words,
        "csv",
        csv,
        "import csv customers.csv --policy our-school",
        "import csv tickets.csv --tz Europe/London",
    )
