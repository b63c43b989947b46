"""The columns of a list of tickets: which fit a width, and what each says of a ticket.

Pure: a row and an instant in, text and the name of a style out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from deskterm.console.clocktext import (
    ClockText,
    Localise,
    answer_and_fix,
    clock_text,
    due_clock,
    due_text,
)
from deskterm.console.glyphs import Glyphs
from deskterm.desk.model import QueueRow

#: From this width of the table on, both clocks and the agent have columns of their own.
WIDE: Final = 88
GUTTER: Final = 2
GAP: Final = 1


class Moment(NamedTuple):
    """What cells depend on besides their ticket."""

    now_us: int
    local: Localise
    glyphs: Glyphs
    me: int | None = None


class Cell(NamedTuple):
    """Text and the style it is written in: a component of the table without its prefix."""

    text: str
    style: str


class Column(NamedTuple):
    """One column; `grow` shares out what the fixed widths leave over."""

    id: str
    title: str
    width: int
    cell: Callable[[QueueRow, Moment], Cell]
    grow: int = 0
    most: int = 0
    """The width beyond which it does not grow; 0 for no limit."""
    fitted: int = 0
    """The width up to which it is as wide as its longest text."""
    clock: bool = False
    """True where the text changes with time alone."""
    ordered_by: str = ""

    @property
    def order(self) -> str:
        """The desk's name for the order of this column."""
        return self.ordered_by or self.id


class Placed(NamedTuple):
    """A column at its place."""

    column: Column
    x: int
    width: int


def _clock_cell(said: ClockText) -> Cell:
    return Cell(said.text, said.mood)


def _number(row: QueueRow, moment: Moment) -> Cell:
    return Cell(str(row.number), "number")


def _priority(row: QueueRow, moment: Moment) -> Cell:
    if row.priority is None:
        return Cell(moment.glyphs.none, "quiet")
    return Cell(row.priority_name, "top" if row.priority_rank == 0 else "ink")


def _answer(row: QueueRow, moment: Moment) -> Cell:
    answer, _ = answer_and_fix(row)
    triaged = row.priority is not None
    return _clock_cell(clock_text(answer, moment.now_us, moment.glyphs, triaged=triaged))


def _fix(row: QueueRow, moment: Moment) -> Cell:
    _, fix = answer_and_fix(row)
    triaged = row.priority is not None
    return _clock_cell(clock_text(fix, moment.now_us, moment.glyphs, triaged=triaged))


def _next(row: QueueRow, moment: Moment) -> Cell:
    triaged = row.priority is not None
    return _clock_cell(clock_text(due_clock(row), moment.now_us, moment.glyphs, triaged=triaged))


def _due(row: QueueRow, moment: Moment) -> Cell:
    clock = due_clock(row)
    due_us = clock.due_us if clock is not None and clock.phase == "running" else None
    chase_us = row.chase_us if row.status == "held" else None
    # Late it is by its other columns as well; that somebody is to be asked now it is not.
    if chase_us is not None and (due_us is None or chase_us <= moment.now_us):
        return _chase(chase_us, moment)
    if clock is None or due_us is None:
        return Cell(moment.glyphs.none, "quiet")
    text = due_text(due_us, moment.now_us, moment.local, moment.glyphs)
    if clock.state(moment.now_us) == "overdue":
        return Cell(text, "late")
    return Cell(text, "risk" if clock.at_risk(moment.now_us) else "ink")


def _chase(chase_us: int, moment: Moment) -> Cell:
    """When to ask for what is awaited; a day says enough where it is not today's."""
    day, _, clock = due_text(chase_us, moment.now_us, moment.local, moment.glyphs).rpartition(" ")
    when = clock if day == "today" else day
    if chase_us <= moment.now_us:
        return Cell(f"{moment.glyphs.risk}chase {when}", "risk")
    return Cell(f"chase {when}", "held")


def _subject(row: QueueRow, moment: Moment) -> Cell:
    return Cell(row.subject, "ink")


def _customer(row: QueueRow, moment: Moment) -> Cell:
    return Cell(row.customer, "quiet")


def _who(row: QueueRow, moment: Moment) -> Cell:
    if row.agent is None:
        return Cell(moment.glyphs.none, "quiet")
    return Cell(short_name(row.agent), "me" if row.agent_id == moment.me else "quiet")


NUMBER: Final = Column("number", "#", 4, _number, fitted=9)
PRIORITY: Final = Column("priority", "P", 4, _priority, fitted=11)
ANSWER: Final = Column("answer", "Answer", 8, _answer, clock=True, fitted=10)
FIX: Final = Column("fix", "Fix", 8, _fix, clock=True, fitted=10)
NEXT: Final = Column("next", "Next", 8, _next, clock=True, fitted=10, ordered_by="due")
DUE: Final = Column("due", "Due", 11, _due, clock=True, fitted=13)
SUBJECT: Final = Column("subject", "Subject", 14, _subject, grow=4)
CUSTOMER: Final = Column("customer", "Customer", 13, _customer, grow=1, most=30)
CUSTOMER_SHORT: Final = Column("customer", "Customer", 14, _customer)
WHO: Final = Column("who", "Who", 4, _who, fitted=9)

_WIDE: Final = (NUMBER, PRIORITY, ANSWER, FIX, DUE, SUBJECT, CUSTOMER, WHO)
_NARROW: Final = (NUMBER, PRIORITY, NEXT, DUE, SUBJECT, CUSTOMER_SHORT)
_FITTED: Final = (NUMBER, PRIORITY, ANSWER, FIX, NEXT, DUE, WHO)


def needed_widths(rows: Iterable[QueueRow], moment: Moment) -> dict[str, int]:
    """Column to the longest text it has for `rows`, for columns that are as wide as needed."""
    needs: dict[str, int] = {}
    for row in rows:
        for column in _FITTED:
            length = len(column.cell(row, moment).text)
            if column is DUE and row.chase_us is not None:
                # For the mark it gets when the time has come.
                length += len(moment.glyphs.risk)
            if length > needs.get(column.id, 0):
                needs[column.id] = length
    return needs


def columns_for(width: int, needs: Mapping[str, int]) -> tuple[Placed, ...]:
    """The columns that fit `width` cells, placed; `needs` is what `needed_widths` found."""
    columns = _WIDE if width >= WIDE else _NARROW
    widths = [max(column.width, min(needs.get(column.id, 0), column.fitted)) for column in columns]
    spare = width - GUTTER - sum(widths) - GAP * (len(columns) - 1)
    while spare > 0:
        growing = [
            at
            for at, column in enumerate(columns)
            if column.grow and (not column.most or widths[at] < column.most)
        ]
        if not growing:
            break
        shares = sum(columns[at].grow for at in growing)
        given = 0
        for at in growing:
            column = columns[at]
            room = column.most - widths[at] if column.most else spare
            share = min(max(1, spare * column.grow // shares), room, spare - given)
            widths[at] += share
            given += share
        spare -= given
    if spare < 0:
        for at, least in _shrinking(columns):
            given = min(-spare, max(0, widths[at] - least))
            widths[at] -= given
            spare += given
    placed: list[Placed] = []
    x = GUTTER
    for column, cells in zip(columns, widths, strict=True):
        placed.append(Placed(column, x, cells))
        x += cells + GAP
    return tuple(placed)


def _shrinking(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    """Where there is room to be had on a very narrow terminal, and how much must stay."""
    places = {column.id: at for at, column in enumerate(columns)}
    return [(places["priority"], 7), (places["subject"], 4)]


def short_name(name: str) -> str:
    """``Uma Novak`` as ``Uma N.``: a column of first names, told apart."""
    first, _, rest = name.partition(" ")
    last = rest.rpartition(" ")[2]
    return f"{first} {last[0]}." if last else first


def fit(text: str, width: int, ellipsis: str) -> str:
    """`text` in exactly `width` cells, cut with `ellipsis` or padded with spaces."""
    length = len(text) if text.isascii() else cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    if width <= len(ellipsis):
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(ellipsis)) + ellipsis
