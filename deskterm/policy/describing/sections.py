"""What a description is made of: plain text and tables, for any kind of output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an agreement: what it is about, some sentences, some tables."""

    title: str
    lines: tuple[str, ...] = ()
    tables: tuple[TextTable, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.lines or any(table.rows for table in self.tables))


def table(
    headings: Iterable[str], rows: Iterable[Iterable[str]], title: str = "", *, keep: int = 1
) -> TextTable:
    """A table without the columns that are empty in every row, the first `keep` excepted."""
    heads = tuple(headings)
    cells = [tuple(row) for row in rows]
    used = [
        column for column in range(len(heads)) if column < keep or any(row[column] for row in cells)
    ]
    return TextTable(
        tuple(heads[column] for column in used),
        tuple(tuple(row[column] for column in used) for row in cells),
        title,
    )


def listed(words: Iterable[str]) -> str:
    """``a, b, c``"""
    return ", ".join(words)


def sentence(label: str, text: str) -> tuple[str, ...]:
    """``label: text``, or nothing where there is no text."""
    return (f"{label}: {text}",) if text else ()
