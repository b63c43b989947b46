"""Guessing what the columns of a spreadsheet hold from whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from deskterm.desk.intake.csv_reading import TableError, nearest_name

#: What spreadsheets take for a formula, defused or not. An export puts an apostrophe in front, and
#: taking one away on import gives back what was there.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n|%]")
_DEFUSED: Final = re.compile(r"\A'(?='*[=+\-@|%])")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file holds what, and those that hold something else."""

    found: Mapping[str, str]
    others: tuple[str, ...]

    def cell(self, cells: Mapping[str, str], key: str) -> str:
        """The value of a column of ours; empty where the file has none."""
        name = self.found.get(key)
        return "" if name is None else _DEFUSED.sub("", cells[name].strip(), count=1)


def plain(name: str) -> str:
    """A heading without case, spaces and punctuation: ``First Response?`` is ``firstresponse``."""
    return _NOT_WORD.sub("", name).casefold()


def guess(
    header: Sequence[str],
    known: Mapping[str, tuple[str, ...]],
    required: Sequence[str],
    ignored: Sequence[str] = (),
) -> Columns:
    """Find the columns named in `known`, each under its own name or one of its other names.

    A name earlier in the list wins where a file has two of them. Raises `TableError` where one of
    the `required` ones is missing, naming the heading that comes nearest.
    """
    there = {plain(name): name for name in reversed(header) if plain(name)}
    found: dict[str, str] = {}
    for key, names in known.items():
        for name in (key, *names):
            if plain(name) in there and there[plain(name)] not in found.values():
                found[key] = there[plain(name)]
                break
    for key in required:
        if key not in found:
            raise TableError(_missing(key, known[key], [*header]))
    passed = {plain(name) for name in ignored}
    others = tuple(
        name for name in header if name and name not in found.values() and plain(name) not in passed
    )
    return Columns(found, others)


def _missing(key: str, names: tuple[str, ...], header: list[str]) -> str:
    near = next((near for name in (key, *names) if (near := nearest_name(name, header))), None)
    hint = f"is it “{near}”? Call it “{key}”" if near else f"call it “{key}”"
    also = f" (or {', '.join(names)})" if names else ""
    return f"The file has no column for the {key}; {hint}{also}."
