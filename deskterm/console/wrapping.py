"""Text in lines of a width, by cells, keeping its own line breaks."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len, chop_cells

from deskterm.console.widgets.painted import Line, Span, width_of

_WORDS: Final = re.compile(r" +|[^ ]+")


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells; words longer than that are cut."""
    width = max(1, width)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = chop_cells(word, width) or [""]
            lines += whole
        lines.append(line)
    return lines


def wrapped_line(line: Line, width: int) -> list[Line]:
    """`line` in lines of at most `width` cells, each word in its own ink.

    What follows the first is as far in as the first begins; nothing ends in blanks.
    """
    pieces = [
        span._replace(text=text) for span in line for text in _WORDS.findall(span.text)
    ]  # fmt: skip
    indent = pieces[:1] if pieces and pieces[0].text.isspace() else []
    if width_of(indent) > width // 3:
        indent = []
    lines: list[list[Span]] = [[]]
    for piece in pieces:
        if width_of(lines[-1]) + piece.width <= width:
            lines[-1].append(piece)
        elif not piece.text.isspace():
            _trim(lines[-1])
            room = max(1, width - width_of(indent))
            for part in chop_cells(piece.text, room):
                lines.append([*indent, piece._replace(text=part)])
    _trim(lines[-1])
    return [_joined(each) for each in lines if each or len(lines) == 1]


def _joined(pieces: list[Span]) -> Line:
    """The same with words of one ink put together again."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = piece._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _trim(line: list[Span]) -> None:
    while line and line[-1].text.isspace():
        line.pop()
