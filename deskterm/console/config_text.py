"""Changes one setting in the text of ``config.toml`` and leaves everything else as it was typed.

Pure. What comes out is read again: where it does not say exactly what was wanted (a value over
several lines, a table written in one line), nothing is changed and the line to type is named.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

_TABLE: Final = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+\s*(#.*)?")
_ENTRY: Final = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_.-]+)\s*=""")
_COMMENT: Final = re.compile(r"""=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"'\s]+)(\s*#.*)$""")


class CannotChange(ValueError):
    """The text cannot be changed safely; `sentence` says what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def with_setting(text: str, name: str, value: object, table: str | None = None) -> str:
    """`text` with `name` (in `table`) set to `value`; None takes the line out.

    Raises `CannotChange`.
    """
    wanted = _wanted(text, name, value, table)
    lines = text.splitlines()
    first, end = _section(lines, table)
    at = next((i for i in range(first, end) if _key_of(lines[i]) == name), None)
    if value is None:
        if at is not None:
            del lines[at]
    elif at is not None:
        comment = _COMMENT.search(lines[at])
        lines[at] = _line(name, value) + (comment[1] if comment else "")
    else:
        if table is not None and first > len(lines):
            lines += [*([""] if lines else []), f"[{table}]"]
            first = end = len(lines)
        lines.insert(_after_entries(lines, first, end), _line(name, value))
    changed = "\n".join(lines) + "\n" if lines else ""
    if not _says(changed, wanted):
        where = f" under [{table}]" if table else ""
        raise CannotChange(
            f"The file is written in a way that cannot be changed from here; type this into it"
            f"{where}: {_line(name, value)}"
        )
    return changed


def _wanted(text: str, name: str, value: object, table: str | None) -> Mapping[str, Any]:
    data = _read(text)
    part = data if table is None else data.setdefault(table, {})
    if not isinstance(part, dict):
        raise CannotChange(f"“{table}” is no table in this file; make it one: [{table}]")
    if value is None:
        part.pop(name, None)
    else:
        part[name] = value
    if table is not None and not part and f"[{table}]" not in text:
        del data[table]
    return data


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotChange(f"The file has a mistake ({error}); mend it first.") from error


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _section(lines: list[str], table: str | None) -> tuple[int, int]:
    """The lines of a table, without its heading; beyond the end where there is none."""
    heads = [(i, found[1]) for i, line in enumerate(lines) if (found := _TABLE.fullmatch(line))]
    if table is None:
        return 0, heads[0][0] if heads else len(lines)
    for place, (i, name) in enumerate(heads):
        if name == table:
            return i + 1, heads[place + 1][0] if place + 1 < len(heads) else len(lines)
    return len(lines) + 1, len(lines) + 1


def _key_of(line: str) -> str | None:
    found = _ENTRY.match(line)
    if found is None:
        return None
    key = found[1]
    return key[1:-1] if key[0] in "\"'" else key


def _after_entries(lines: list[str], first: int, end: int) -> int:
    """Behind the last entry, so that the blank lines before the next table stay there."""
    last = [i for i in range(first, end) if lines[i].strip()]
    return last[-1] + 1 if last else first


def _line(name: str, value: object) -> str:
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
