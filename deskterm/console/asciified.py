"""Everything on the screen in ASCII, for terminals that show nothing else.

Our own marks have ASCII forms (`glyphs`); this catches the rest: names with accents, quotation
marks in sentences, the blocks Textual draws scrollbars with. Nothing moves: what took two cells
still does.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN: Final = str.maketrans(
    {
        "…": "~", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "·": "-", "•": "*",
        "×": "x", "⏎": " ", "←": "<", "→": ">", "↑": "^", "↓": "v", "─": "-", "│": "|", "└": "+",
        "┘": "+", "┌": "+", "┐": "+", "├": "+", "┤": "+", "╭": "+", "╮": "+", "╰": "+", "╯": "+",
        "█": "#", "▌": "|", "▊": "|", "▎": "|", "▕": "|", "▏": "|", "▔": " ", "▁": " ",
        "▂": " ", "▃": " ", "▄": " ", "▅": " ", "▆": " ", "▇": " ", "░": ".", "▓": "+", "ß": "s",
        "æ": "a", "ø": "o", "ł": "l", "đ": "d", "Æ": "A", "Ø": "O", "Ł": "L",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def asciified(text: str) -> str:
    """`text` in ASCII and in as many cells."""
    if text.isascii():
        return text
    plain = text.translate(_PLAIN)
    return plain if plain.isascii() else "".join(map(_char, plain))


def _char(char: str) -> str:
    if char.isascii():
        return char
    cells = cell_len(char)
    base = unicodedata.normalize("NFKD", char)[0]
    return base if cells == 1 and base.isascii() else "?" * cells


class AsciiFilter(LineFilter):
    """Applied to every line that is drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """See `LineFilter.apply`."""
        return [Segment(asciified(text), style, control) for text, style, control in segments]


#: The one filter there is; what it has made of a line is remembered with it.
TO_ASCII: Final = AsciiFilter()
