"""What is wrong with a policy file, said so that its writer can mend it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

#: A key path: table keys and, for lists, positions counted from 0.
Path = tuple[str | int, ...]

_LONGEST_WORD = 64
_COMPARISONS = 8_000
_SHOWN = 60
_MOST_FINDINGS = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: where it is, what was found there, what is expected, the nearest valid name.

    `path` reads like ``targets[3].amount.urgent``, lists counted from 0; it is empty where the
    file as a whole is meant. `line` counts from 1 and is None where it could not be told.
    """

    file: str
    path: str
    found: str
    expected: str
    nearest: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
        if self.path:
            place += f": {self.path}"
        text = f"{place}: found {self.found}, expected {self.expected}"
        if self.nearest is not None:
            text += f" (did you mean {_clipped(self.nearest)}?)"
        # Names out of the file stand in every part of it.
        return printable(text)


class PolicyError(ValueError):
    """A policy text that cannot be used; nothing of it was taken in.

    `findings` has every mistake, in the order of the file's sections, and is never empty.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Findings:
    """Collects the mistakes of one text and knows how to word them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[tuple[Path, Finding]] = []
        self.left_out = 0
        self._comparisons = _COMPARISONS

    def add(
        self,
        path: Path,
        found: object,
        expected: str,
        *,
        known: Collection[str] = (),
        nearest: str | None = None,
    ) -> None:
        """Note a mistake at `path`; `known` are the valid names to look for a near one in."""
        if self._is_full():
            return
        if nearest is None and known and isinstance(found, str):
            nearest = self.nearest(found, known)
        self._keep(path, shown(found), expected, nearest)

    def missing(self, path: Path, expected: str) -> None:
        """Note that nothing stands at `path` where `expected` is needed."""
        self._note(path, "nothing", expected)

    def says(self, path: Path, found: str, expected: str) -> None:
        """Note a mistake whose `found` is a phrase of ours and not a value of the file."""
        self._note(path, found, expected)

    def _note(self, path: Path, found: str, expected: str) -> None:
        if not self._is_full():
            self._keep(path, found, expected, None)

    def _is_full(self) -> bool:
        """True, with one more counted, when there are more mistakes than anyone reads."""
        if len(self.found) < _MOST_FINDINGS:
            return False
        self.left_out += 1
        return True

    def _keep(self, path: Path, found: str, expected: str, nearest: str | None) -> None:
        finding = Finding(self.file, path_text(path), found, expected, nearest)
        self.found.append((path, finding))

    def under(self, path: Path) -> bool:
        """True if something at or inside `path` was noted."""
        return any(place[: len(path)] == path for place, _ in self.found)

    def nearest(self, word: str, known: Collection[str]) -> str | None:
        """The valid name most like `word`, if any is like it at all.

        Stops looking once a text has cost too many comparisons: a file with a thousand mistakes
        is answered as promptly as one with ten.
        """
        self._comparisons -= len(known)
        if self._comparisons < 0 or len(word) > _LONGEST_WORD:
            return None
        lowered = {name.lower(): name for name in known if name != word}
        close = get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
        return lowered[close[0]] if close else None


def path_text(path: Path) -> str:
    """The key path as it is printed: ``targets[3].amount.urgent``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if _is_bare(part) else f'"{_clipped(part)}"'
            text += f".{name}" if text else name
    return text


def shown(value: object) -> str:
    """A value of the file in a few printable words."""
    if isinstance(value, str):
        return f'"{_clipped(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"a table with {_count(len(value), 'key')}"
    if isinstance(value, list | tuple):
        return f"a list of {_count(len(value), 'value')}"
    if isinstance(value, int):
        # Printing an integer of thousands of digits is refused by Python itself.
        return str(value) if value.bit_length() < 128 else "a gigantic number"
    return _clipped(str(value))


def one_of(names: Collection[str]) -> str:
    """``"one of a, b, c"``, shortened where there are many."""
    listed = list(names)
    if not listed:
        return "one that is defined (there is none)"
    some = ", ".join(_clipped(name) for name in listed[:16])
    return f"one of {some}" + (f" … ({len(listed)} in all)" if len(listed) > 16 else "")


def printable(text: str) -> str:
    """`text` with everything that a terminal could take for a command written out."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "replace").decode()
        for char in text
    )


def _clipped(text: str) -> str:
    return printable(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _is_bare(name: str) -> bool:
    return 0 < len(name) <= _SHOWN and all(
        char.isascii() and (char.isalnum() or char in "-_") for char in name
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
