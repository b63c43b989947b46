"""What commands print: cleaned text, tables that line up, and ASCII JSON."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deskterm.desk.text import CleanText, clean


def say(text: str = "") -> None:
    """Print `text` cleaned, one or more lines of it, as far as the locale can show it."""
    encoding = sys.stdout.encoding or "utf-8"
    shown = clean(text, lines=True).encode(encoding, "replace").decode(encoding)
    sys.stdout.write(shown + "\n")


def json_text(value: object) -> str:
    """`value` as ASCII JSON on one line: no character in it can steer a terminal."""
    return json.dumps(value, ensure_ascii=True, default=_plain)


def say_json(value: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_text(value) + "\n")


def say_json_list(values: Iterable[object]) -> None:
    """Print a JSON list, a line for each item, without holding them all."""
    separator = "[\n"
    for value in values:
        sys.stdout.write(separator + json_text(value))
        separator = ",\n"
    sys.stdout.write("\n]\n" if separator == ",\n" else "[]\n")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def width_of(text: str) -> int:
    """How many terminal columns `text` takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, with ``…`` where something was cut off."""
    if width_of(text) <= width:
        return text
    out = ""
    for char in text:
        if width_of(out + char) > width - 1:
            break
        out += char
    return out + "…" if width > 0 else ""


def say_table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows under headings in columns; the last one is cut to the terminal's width.

    Without a terminal nothing is cut: what reads the table then wants all of it.
    """
    cells: list[list[CleanText]] = [
        [clean("" if cell is None else str(cell)) for cell in row] for row in rows
    ]
    lines = [[clean(heading) for heading in headings], *cells]
    widths = [max(width_of(line[column]) for line in lines) for column in range(len(headings))]
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        shown = "  ".join(
            text + " " * (width - width_of(text)) for text, width in zip(line, widths, strict=True)
        ).rstrip()
        say(shown if limit is None else cut(shown, limit))
