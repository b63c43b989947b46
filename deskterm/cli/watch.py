"""``deskterm watch``: says when a clock gets into danger, on any terminal and into any pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from deskterm.cli.output import say, say_json
from deskterm.cli.session import asking
from deskterm.cli.times import iso, left, moment, short, standing
from deskterm.cli.words import AsJson, command
from deskterm.desk.filters import parse_filter
from deskterm.desk.model import ClockCell, QueueRow

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_IN_DANGER: Final = parse_filter("clock:overdue,risk")
_SAID: Final = ("at risk", "overdue")
#: Rows that are looked at every second; what breaks next is among the first of a queue.
_ROWS: Final = 500
_TICK_SECONDS: Final = 1.0
#: Rows beyond the first `_ROWS` get their turn at the latest after this.
_READ_AGAIN_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class News:
    """A clock that has got into danger, or a ticket that is to be chased."""

    row: QueueRow
    clock: ClockCell | None
    what: str


@dataclass(slots=True)
class Watcher:
    """Tells each piece of news once."""

    told: set[tuple[int, str, str]] = field(default_factory=set)

    def look(self, rows: Iterable[QueueRow], now_us: int) -> Iterator[News]:
        """What is new among `rows` at this instant; what is no longer so can become new again."""
        seen: set[tuple[int, str, str]] = set()
        numbers: set[int] = set()
        for row in rows:
            if row.number in numbers:
                continue
            numbers.add(row.number)
            for news in _dangers(row, now_us):
                key = (row.number, news.clock.name if news.clock else "", news.what)
                seen.add(key)
                if key not in self.told:
                    yield news
        self.told = {key for key in self.told if key[0] not in numbers} | seen


def _dangers(row: QueueRow, now_us: int) -> Iterator[News]:
    for cell in row.clocks:
        state = standing(cell, now_us)
        if state in _SAID:
            yield News(row, cell, state)
    if row.chase_us is not None and row.chase_us <= now_us and row.status == "held":
        yield News(row, None, "to be chased")


def run(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="Say how things stand, and end.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say when a clock is at risk or overdue, or a hold is to be chased; Ctrl-C ends it."""
    watcher = Watcher()
    with asking(context) as desk:
        rows, counter, read_at = _rows(desk), desk.changes.counter(), time.monotonic()
        while True:
            now_us = desk.now_us()
            for news in watcher.look(rows, now_us):
                _tell(news, now_us, as_json)
            sys.stdout.flush()
            if once:
                return
            time.sleep(_TICK_SECONDS)
            changed = desk.changes.counter()
            if changed != counter or time.monotonic() - read_at > _READ_AGAIN_SECONDS:
                rows, counter, read_at = _rows(desk), changed, time.monotonic()


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    command(app, "watch", run, "watch", "watch --once --json")


def _rows(desk: Desk) -> list[QueueRow]:
    """The rows in danger, those that come next, and those on hold."""
    return [
        *desk.queue.page("breaking-next", _IN_DANGER, limit=_ROWS).rows,
        *desk.queue.page("breaking-next", limit=_ROWS).rows,
        *desk.queue.page("on-hold", limit=_ROWS).rows,
    ]


def _tell(news: News, now_us: int, as_json: bool) -> None:
    row, cell = news.row, news.clock
    if as_json:
        shape: dict[str, Any] = {
            "at": iso(now_us),
            "number": row.number,
            "what": news.what.replace(" ", "_"),
            "clock": cell.name if cell else None,
            "due": iso(cell.due_us, cell.zone) if cell else iso(row.chase_us),
            "priority": row.priority,
            "subject": row.subject,
            "customer": row.customer,
            "agent": row.agent,
        }
        say_json(shape)
        return
    what = f"{cell.title} {news.what}" if cell else news.what
    due = ""
    if cell is not None:
        remaining = left(cell.remaining_us(now_us))
        when = short(cell.due_us, now_us, cell.zone)
        if remaining.startswith("-"):
            due = f", {remaining[1:]} late, was due {when}"
        else:
            due = f", {remaining} left, due {when}"
    who = row.agent or "nobody"
    say(
        f"{moment(now_us):%H:%M:%S}  {row.number}  {what}{due}  "
        f"{row.subject} · {row.customer} · {who}"
    )
