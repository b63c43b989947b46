"""Reading a table somebody exported: encoding, delimiter and line numbers, whatever the program.

Every record keeps the number of the line it begins on, so that what is wrong with it can be said
in the words of the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Final, NamedTuple

_DELIMITERS: Final = (",", ";", "\t", "|")
#: How many records are looked at to guess the delimiter.
_SAMPLE: Final = 20
#: The longest field that is taken in; beyond it a quote was probably never closed.
MAX_FIELD: Final = 1_000_000


class TableError(ValueError):
    """A file that cannot be read as a table at all; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was left out, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a table: the number of the line it begins on, and its cells by header name."""

    line: int
    cells: Mapping[str, str]


def decode(data: bytes) -> str:
    """The text of an exported file: UTF-8 or UTF-16 with or without a mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets on Windows save "CSV" in the code page of Western Europe.
        return data.decode("cp1252", errors="replace")


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The character between the cells: the one that cuts the first records most evenly."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = [len(found.cells) for found in islice(_records(lines, delimiter), _SAMPLE)]
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if (even, widths[0]) > best_score:
            best, best_score = delimiter, (even, widths[0])
    return best


class _Raw(NamedTuple):
    """One record as it stands: its first line, the line after it, its cells, or what is wrong."""

    line: int
    after: int
    cells: list[str]
    error: str = ""


def _records(lines: Sequence[str], delimiter: str, start: int = 1) -> Iterator[_Raw]:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(islice(lines, start - 1, None), delimiter=delimiter)
    line = start
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Raw(line, start + reader.line_num, [], str(error))
            return
        after = start + reader.line_num
        if any(cell.strip() for cell in cells):
            yield _Raw(line, after, cells)
        line = after


class Table:
    """A table with a header; iterating gives a `Record`, or a `Refused` for a line that is none."""

    def __init__(self, data: bytes) -> None:
        """Read the header. TableError where there is none."""
        self._lines = list(io.StringIO(decode(data), newline=""))
        self.delimiter = sniff_delimiter(self._lines)
        header = next(_records(self._lines, self.delimiter), None)
        if header is None:
            raise TableError("The file is empty; export it again with its header line.")
        if header.error:
            raise TableError(f"The file is no table of text ({header.error}); export it as CSV.")
        self.header: tuple[str, ...] = tuple(cell.strip() for cell in header.cells)
        self._body = header.after
        twice = {name for name in self.header if name and self.header.count(name) > 1}
        if twice:
            raise TableError(f"The header names {min(twice)!r} twice; rename one of the two.")

    def __len__(self) -> int:
        """Lines in the file: how far a progress bar has to go."""
        return len(self._lines)

    def __iter__(self) -> Iterator[Record | Refused]:
        start: int | None = self._body
        while start is not None:
            start = yield from self._stretch(start)

    def _stretch(self, start: int) -> Generator[Record | Refused, None, int | None]:
        """Records from line `start` on; gives the line to begin again at, None at the end.

        A quote that is never closed swallows the lines after it. Such a record is refused alone,
        and reading begins again on its second line.
        """
        width = len(self.header)
        for raw in _records(self._lines, self.delimiter, start):
            cells = raw.cells
            # A trailing delimiter is how some programs end every line.
            if len(cells) == width + 1 and not cells[-1]:
                cells.pop()
            spans = raw.after - raw.line > 1
            unclosed = spans and self._quotes(raw) % 2 == 1
            if len(cells) == width and not raw.error and not unclosed:
                yield Record(raw.line, dict(zip(self.header, cells, strict=True)))
                continue
            if raw.error:
                yield Refused(raw.line, f"cannot be read as CSV ({raw.error})")
            elif spans:
                yield Refused(raw.line, "has a quote that is not closed on its line")
            else:
                yield Refused(raw.line, f"has {len(cells)} cells where the header has {width}")
            if raw.error or spans:
                return raw.line + 1 if raw.line < len(self._lines) else None
        return None

    def _quotes(self, raw: _Raw) -> int:
        return sum(line.count('"') for line in self._lines[raw.line - 1 : raw.after - 1])


def nearest_name(found: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known name that `found` was probably meant to be, ignoring case."""
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(found.casefold(), list(folded), n=1, cutoff=0.55)
    return folded[close[0]] if close else None
