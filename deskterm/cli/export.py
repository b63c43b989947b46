"""``deskterm export``: tickets and customers for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from deskterm.cli.output import json_text
from deskterm.cli.progress import Progress
from deskterm.cli.session import asking
from deskterm.cli.shapes import ticket_shape
from deskterm.cli.status import CommandError, UsageError
from deskterm.cli.words import command, group
from deskterm.desk.filters import Filter, FilterError, filter_text, parse_filter

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILTER", help="Only these tickets (default: all)."),
]
ToFile = Annotated[Path | None, typer.Option("--to", help="Write a file instead.", metavar="FILE")]
OfCustomers = Annotated[bool, typer.Option("--customers", help="Customers instead of tickets.")]


def csv(
    context: typer.Context,
    words: Words = None,
    customers: OfCustomers = False,
    to: ToFile = None,
) -> None:
    """Write tickets, or customers, as CSV that `import csv` and spreadsheets read."""
    from deskterm.desk.export import customer_lines, ticket_lines

    words, customers = _of(words, customers)
    wanted = _wanted(words, customers)
    with asking(context) as desk, Progress(beside_output=to is None) as progress:
        lines = (
            customer_lines(desk)
            if customers
            else ticket_lines(desk, wanted, lambda done, total: progress("tickets", done, total))
        )
        # Spreadsheets take a file for UTF-8 only where a mark at its beginning says so.
        _write(lines, to, encoding="utf-8-sig")


def json(
    context: typer.Context,
    words: Words = None,
    customers: OfCustomers = False,
    to: ToFile = None,
) -> None:
    """Write tickets as JSON lines: on each what `ticket show --json` prints."""
    words, customers = _of(words, customers)
    wanted = _wanted(words, customers)
    with asking(context) as desk, Progress(beside_output=to is None) as progress:
        lines = _customers(desk) if customers else _tickets(desk, wanted, progress)
        _write(lines, to, encoding="ascii")


def _of(words: list[str] | None, customers: bool) -> tuple[list[str], bool]:
    """The filter, and whether customers are meant; either may be named in front of it."""
    first, *rest = words or [""]
    if first.casefold() not in ("tickets", "customers"):
        return words or [], customers
    if first.casefold() == "tickets" and customers:
        raise UsageError("name either tickets or --customers")
    return rest, first.casefold() == "customers"


def _wanted(words: list[str] | None, customers: bool) -> Filter | None:
    if customers and words:
        raise UsageError("a filter is for tickets; leave it or --customers out")
    try:
        return parse_filter(filter_text(words or ()))
    except FilterError as error:
        raise UsageError(error.sentence) from None


def _tickets(desk: Desk, wanted: Filter | None, progress: Progress) -> Iterator[str]:
    from deskterm.desk.export import tickets

    now_us = desk.now_us()
    for row in tickets(desk, wanted, lambda done, total: progress("tickets", done, total)):
        shape = {**ticket_shape(row, now_us), **desk.tickets.scenario(row.number)}
        yield json_text(shape) + "\n"


def _customers(desk: Desk) -> Iterator[str]:
    from deskterm.cli.customer import card_shape

    for line in desk.customers.list():
        yield json_text(card_shape(desk.customers.card(line.customer.id))) + "\n"


def _write(lines: Iterable[str], to: Path | None, encoding: str) -> None:
    with _opened(to, encoding) as out:
        for line in lines:
            out.write(line)


@contextmanager
def _opened(to: Path | None, encoding: str) -> Iterator[TextIO]:
    if to is None:
        # Piped on, the text is for a program and no terminal's locale may change it.
        if not sys.stdout.isatty() and isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    if to.is_dir():
        raise CommandError(f"{to} is a folder; name a file in it")
    if not to.absolute().parent.is_dir():
        raise CommandError(f"there is no folder {to.absolute().parent}; make it first")
    # A device or a pipe is written to; anything else is there whole or not at all.
    special = to.exists() and not to.is_file()
    part = to if special else to.with_name(to.name + ".part")
    try:
        with part.open("w", encoding=encoding, newline="") as out:
            yield out
        if not special:
            part.replace(to)
    except OSError as error:
        raise CommandError(
            f"{to} cannot be written ({error.strerror}); name another file"
        ) from error
    finally:
        if not special:
            part.unlink(missing_ok=True)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    words = group(app, "export", "Write tickets and customers for other programs.")
    command(words, "csv", csv, "export csv --to tickets.csv", "export csv --customers")
    command(words, "json", json, "export json status:closed opened:2026-11")
