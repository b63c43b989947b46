"""``deskterm ticket list``: the views of the queue, filtered, as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from deskterm.cli.output import say, say_json_list, say_table
from deskterm.cli.session import asking
from deskterm.cli.shapes import ticket_shape
from deskterm.cli.status import UsageError
from deskterm.cli.times import left, short, standing
from deskterm.cli.words import AsJson
from deskterm.desk.filters import Filter, FilterError, filter_text, parse_filter
from deskterm.desk.model import QueueRow

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: Rows read at a time; a list of a whole desk is never held in memory.
_PAGE = 1000
DEFAULT_VIEW = "breaking-next"
ALL_VIEW = "all"


def list_(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILTER", help="Words, and key:value as in the console."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Resolved and closed tickets too.")] = False,
    view: Annotated[
        str | None, typer.Option(help="A view of the queue, or one you saved.", metavar="NAME")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="No more than so many.", min=1)] = None,
    as_json: AsJson = False,
) -> None:
    """List tickets, those that break next first."""
    if all_ and view:
        raise UsageError("--all and --view exclude each other; name one of them")
    try:
        wanted = parse_filter(filter_text(words or ()))
    except FilterError as error:
        raise UsageError(error.sentence) from None
    named = view or (ALL_VIEW if all_ else DEFAULT_VIEW)
    with asking(context) as desk:
        now_us = desk.now_us()
        rows = rows_of(desk, named, wanted, limit)
        if as_json:
            say_json_list(ticket_shape(row, now_us) for row in rows)
        else:
            say_rows(rows, now_us)


def rows_of(
    desk: Desk, view: str, wanted: Filter | None, limit: int | None = None
) -> Iterator[QueueRow]:
    """The rows of a view in its order, read page by page."""
    offset = 0
    while limit is None or offset < limit:
        size = _PAGE if limit is None else min(_PAGE, limit - offset)
        page = desk.queue.page(view, wanted, offset=offset, limit=size)
        yield from page.rows
        offset += len(page.rows)
        if len(page.rows) < size:
            return


def say_rows(rows: Iterator[QueueRow], now_us: int) -> None:
    """Print rows as a table, each with the clock that breaks next."""
    lines = [_cells(row, now_us) for row in rows]
    if not lines:
        say("Nothing here.")
        return
    say_table(("#", "priority", "clock", "left", "due", "subject", "customer", "who"), lines)


def _cells(row: QueueRow, now_us: int) -> tuple[str, ...]:
    clock = row.clock(row.next_clock) if row.next_clock else None
    if clock is None:
        clock = next((cell for cell in row.clocks if cell.phase == "paused"), None)
    state: str = row.status
    remaining = due = ""
    if clock is not None:
        state = f"{clock.title} {standing(clock, now_us)}"
        remaining = left(clock.remaining_us(now_us))
        due = short(clock.due_us, now_us, clock.zone)
    who = row.agent or ""
    return (
        str(row.number), row.priority_name, state, remaining, due, row.subject, row.customer, who,
    )  # fmt: skip
