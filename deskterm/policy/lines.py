"""Which line of a TOML text a key path stands on.

`tomllib` gives values without places. This reads the text once more, roughly but enough for
texts it has already accepted, to tell the writer of a policy where to look.
"""

from __future__ import annotations

import re

from deskterm.policy.findings import Path

_KEY_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_KEY_PART)
# Anything that changes how the following characters are to be read.
_TOKEN = re.compile(
    r"""
    \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}.*?'{3}      # texts over several lines
    | "(?:[^"\\\n]|\\.)*" | '[^'\n]*'            # texts
    | \#[^\n]*                                     # comments
    | [\[\]{}\n]
    """,
    re.DOTALL | re.VERBOSE,
)


class Lines:
    """Lines of the keys, headers and list entries of one text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._read(text)

    def of(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest thing around it; None for the whole file."""
        for length in range(len(path), 0, -1):
            line = self._lines.get(path[:length])
            if line is not None:
                return line
        return None

    def _read(self, text: str) -> None:
        position = 0
        line = 1
        table: Path = ()
        counts: dict[Path, int] = {}
        while position < len(text):
            header = _HEADER.match(text, position)
            assignment = None if header else _ASSIGNMENT.match(text, position)
            if header:
                table = self._enter(_keys(header[2]), header[1] == "[[", counts, line)
                position = header.end()
            elif assignment:
                path = self._resolve(table, _keys(assignment[1]), counts)
                self._lines.setdefault(path, line)
                position = assignment.end()
                position, line = self._value(text, position, path, line)
                continue
            end = text.find("\n", position)
            if end < 0:
                return
            position, line = end + 1, line + 1

    def _enter(self, keys: Path, is_list: bool, counts: dict[Path, int], line: int) -> Path:
        parent = self._resolve((), keys[:-1], counts)
        path = (*parent, *keys[-1:])
        self._lines.setdefault(path, line)
        if is_list:
            counts[path] = counts.get(path, -1) + 1
            path = (*path, counts[path])
            self._lines.setdefault(path, line)
        return path

    @staticmethod
    def _resolve(table: Path, keys: Path, counts: dict[Path, int]) -> Path:
        path = table
        for key in keys:
            path = (*path, key)
            if path in counts:
                path = (*path, counts[path])
        return path

    def _value(self, text: str, position: int, path: Path, line: int) -> tuple[int, int]:
        """Skip one value, noting the lines on which the entries of a list begin."""
        depth = 0
        entry = -1
        while True:
            token = _TOKEN.search(text, position)
            if token is None:
                return len(text), line
            if token[0] == "\n" and depth == 0:
                return token.end(), line + 1
            if depth == 1 and token[0][0] in "[{\"'":
                entry += 1
                self._lines.setdefault((*path, entry), line)
            if token[0] in "[{":
                depth += 1
            elif token[0] in "]}":
                depth -= 1
            line += token[0].count("\n")
            position = token.end()


def _keys(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
