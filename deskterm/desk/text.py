"""Text from outside is data: cleaned once at the boundary, and then a type of its own.

Terminals obey control characters, and Textual's markup runs what stands in brackets with an ``@``.
Both reach the screen through almost every widget, so the only cure is that such text never gets
past this module: what upper floors take is `CleanText`.
"""

from __future__ import annotations

import unicodedata
from typing import Final

#: Bidirectional overrides and isolates reorder what stands around them; shown, never obeyed.
_BIDI: Final = frozenset(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
)
#: Line and paragraph separators that terminals and splitters disagree about.
_BREAKS: Final = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


class CleanText(str):
    """Text that holds no control, escape or direction-changing character.

    Made only by `clean`; widgets and the command line take this type and no plain `str` from
    outside. It is still data: it must be shown with markup off.
    """

    __slots__ = ()


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\N{LEFT-POINTING ANGLE BRACKET}U+{code:04X}\N{RIGHT-POINTING ANGLE BRACKET}"


def clean(text: str, *, lines: bool = False) -> CleanText:
    """`text` with control, escape and direction characters made visible.

    With `lines` newlines and tabs are kept (bodies, notes); without, each becomes a space
    (subjects, names). Lone surrogates become the replacement character. Cleaning twice changes
    nothing.
    """
    if type(text) is CleanText and (lines or ("\n" not in text and "\t" not in text)):
        return text
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        # Printable text holds none of them; nearly all text takes this way.
        return CleanText(text if lines else text.strip())
    out: list[str] = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        char = _BREAKS.get(char, char)
        if char in "\n\t":
            out.append(char if lines else " ")
        elif char in _BIDI or (unicodedata.category(char) in ("Cc", "Cf") and char != "\u200d"):
            out.append(_visible(char))
        elif unicodedata.category(char) == "Cs":
            out.append("\N{REPLACEMENT CHARACTER}")
        else:
            out.append(char)
    joined = unicodedata.normalize("NFC", "".join(out))
    return CleanText(joined if lines else joined.strip())
