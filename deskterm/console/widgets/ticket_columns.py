"""The columns of a list of tickets: which fit a width, and what each says of a ticket.

Pure: a row and an instant in, text and the name of a style out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Moment:
    """What cells depend on besides their ticket."""

    now_us: int
    local: Localise
    glyphs: Glyphs
    me: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Text and the style it is written in: a component of the table without its prefix."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `grow` shares out what the fixed widths leave over."""

    id: str
    title: str
    width: int
    cell: Callable[[QueueRow, Moment], Cell]
    grow: int = 0
    most: int = 0
    """The width beyond which it does not grow; 0 for no limit."""
    clock: bool = False
    """True where the text changes with time alone."""
    ordered_by: str = ""

    @property
    def order(self) -> str:
        """The desk's name for the order of this column."""
        return self.ordered_by or self.id


@dataclass(frozen=True, slots=True)
class Placed:
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
    if clock is None or clock.phase != "running" or clock.due_us is None:
        return Cell(moment.glyphs.none, "quiet")
    text = due_text(clock.due_us, moment.now_us, moment.local, moment.glyphs)
    if clock.state(moment.now_us) == "overdue":
        return Cell(text, "late")
    return Cell(text, "risk" if clock.at_risk(moment.now_us) else "ink")


def _subject(row: QueueRow, moment: Moment) -> Cell:
    return Cell(row.subject, "ink")


def _customer(row: QueueRow, moment: Moment) -> Cell:
    return Cell(row.customer, "quiet")


def _who(row: QueueRow, moment: Moment) -> Cell:
    if row.agent is None:
        return Cell(moment.glyphs.none, "quiet")
    return Cell(row.agent, "me" if row.agent_id == moment.me else "quiet")


NUMBER: Final = Column("number", "#", 5, _number)
PRIORITY: Final = Column("priority", "P", 6, _priority)
ANSWER: Final = Column("answer", "Answer", 10, _answer, clock=True)
FIX: Final = Column("fix", "Fix", 9, _fix, clock=True)
NEXT: Final = Column("next", "Next", 10, _next, clock=True, ordered_by="due")
DUE: Final = Column("due", "Due", 12, _due, clock=True)
SUBJECT: Final = Column("subject", "Subject", 14, _subject, grow=3)
CUSTOMER: Final = Column("customer", "Customer", 12, _customer, grow=1, most=34)
WHO: Final = Column("agent", "Who", 6, _who, grow=1, most=16)

_WIDE: Final = (NUMBER, PRIORITY, ANSWER, FIX, DUE, SUBJECT, CUSTOMER, WHO)
_NARROW: Final = (
    NUMBER,
    PRIORITY,
    NEXT,
    DUE,
    SUBJECT,
    Column("customer", "Customer", 13, _customer),
)


def columns_for(width: int, digits: int = 4, names: int = 6) -> tuple[Placed, ...]:
    """The columns that fit `width` cells, placed.

    `digits` and `names` are the lengths of the longest number and the longest name of a priority.
    """
    wide = width >= WIDE
    columns = _WIDE if wide else _NARROW
    fitted = {"number": max(digits, 4), "priority": max(4, min(names, 12 if wide else 8))}
    widths = [fitted.get(column.id, column.width) for column in columns]
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
        subject = next(at for at, column in enumerate(columns) if column.id == "subject")
        widths[subject] = max(4, widths[subject] + spare)
    placed: list[Placed] = []
    x = GUTTER
    for column, cells in zip(columns, widths, strict=True):
        placed.append(Placed(column, x, cells))
        x += cells + GAP
    return tuple(placed)


def fit(text: str, width: int, ellipsis: str) -> str:
    """`text` in exactly `width` cells, cut with `ellipsis` or padded with spaces."""
    length = len(text) if text.isascii() else cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    if width <= len(ellipsis):
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(ellipsis)) + ellipsis
