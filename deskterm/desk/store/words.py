"""Text as search sees it: the same plain words whatever the database.

Both sides, what is stored and what is asked, go through here, so that the two databases cannot
disagree about accents, case, hyphens or mail addresses.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NOT_WORD: Final = re.compile(r"[\W_]+")


def searchable(text: str) -> str:
    """`text` as plain lower-case words between single spaces, without accents or punctuation."""
    if not text.isascii():
        text = "".join(
            char
            for char in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(char)
        )
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def tokens(text: str) -> list[str]:
    """The words of `text` in order."""
    return searchable(text).split()
