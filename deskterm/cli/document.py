"""Prints sections of sentences and tables, wrapped to the terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from deskterm.cli.output import say, width_of
from deskterm.policy.describing.sections import Section, TextTable

_GAP = "  "
_NARROWEST = 6
_PIPED_WIDTH = 120


def say_sections(sections: Iterable[Section]) -> None:
    """Print every section under its title; without a terminal 120 columns wide."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPED_WIDTH
    for position, section in enumerate(sections):
        if position:
            say()
        say(section.title)
        say("-" * min(width, width_of(section.title)))
        for line in section.lines:
            say(textwrap.fill(line, width, subsequent_indent="  "))
        for table in section.tables:
            say()
            if table.title:
                say(table.title)
            _say_table(table, width)


def _say_table(table: TextTable, width: int) -> None:
    widths = _fitted(table, width)
    _say_row(table.headings, widths)
    say(_GAP.join("-" * column for column in widths))
    for row in table.rows:
        _say_row(row, widths)


def _say_row(cells: Sequence[str], widths: Sequence[int]) -> None:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(len(lines) for lines in wrapped)):
        parts = [
            _padded(lines[number] if number < len(lines) else "", width)
            for lines, width in zip(wrapped, widths, strict=True)
        ]
        say(_GAP.join(parts).rstrip())


def _wrapped(cell: str, width: int) -> list[str]:
    indent = cell[: len(cell) - len(cell.lstrip())]
    return textwrap.wrap(cell.strip(), width, initial_indent=indent, subsequent_indent=indent) or [
        ""
    ]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def _fitted(table: TextTable, width: int) -> list[int]:
    """Column widths: as wide as they like, then the widest gives way until all fit.

    Words stay whole while there is room for that.
    """
    columns = list(zip(table.headings, *table.rows, strict=True))
    widths = [max(width_of(cell) for cell in column) or 1 for column in columns]
    words = [
        max(width_of(word) for cell in column for word in f"{cell} x".split()) for column in columns
    ]
    room = width - len(_GAP) * (len(widths) - 1)
    for floors in (words, [_NARROWEST] * len(words)):
        while sum(widths) > room:
            spare = [have - floor for have, floor in zip(widths, floors, strict=True)]
            if max(spare) <= 0:
                break
            widest = max(range(len(widths)), key=lambda column: (spare[column] > 0, widths[column]))
            widths[widest] -= 1
    return widths
