"""Typed access to one TOML table, noting what is wrong instead of stopping at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from deskterm.policy.findings import Findings, Path, one_of

Toml = dict[str, object]

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
ID_WORDS = "an id of letters, digits, - and _ that begins with a letter (40 at most)"
MOST_ENTRIES = 400

_LONGEST_TEXT = 2_000


class Table:
    """One table of the file. Every key that is asked for counts as known; `done` names the rest.

    What is missing or wrong is noted and a stand-in returned, so that reading goes on and all
    mistakes come out at once. The stand-ins never reach a policy: one finding refuses the file.
    """

    def __init__(self, data: Toml, path: Path, findings: Findings) -> None:
        self.data = data
        self.path = path
        self.findings = findings
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def at(self, *keys: str | int) -> Path:
        """The path of something inside this table."""
        return (*self.path, *keys)

    def done(self) -> None:
        """Note every key that no one asked for."""
        expected = "a known key: " + one_of(sorted(self._asked))
        for key in self.data:
            if key not in self._asked:
                self.findings.add(self.at(key), key, expected, known=self._asked)

    def raw(self, key: str) -> object:
        """The value as TOML has it, or None where there is none."""
        self._asked.add(key)
        return self.data.get(key)

    def optional_text(self, key: str) -> str | None:
        """A text, or None where there is none."""
        value = self.raw(key)
        return None if value is None else clean_text(value, self.at(key), self.findings)

    def text(self, key: str, default: str | None = None, *, expected: str = "a text") -> str:
        """A text; without a default it has to be there."""
        value = self.optional_text(key)
        if value is not None:
            return value
        if default is None:
            self.findings.missing(self.at(key), expected)
        return default or ""

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        """One of a few words."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in options:
            return value
        if value is None:
            self.findings.missing(self.at(key), one_of(options))
        else:
            self.findings.add(self.at(key), value, one_of(options), known=options)
        return default or ""

    def reference(self, key: str, known: Collection[str], what: str) -> str | None:
        """The id of a `what` defined elsewhere in the file; None where the key is missing."""
        value = self.raw(key)
        if value is None:
            return None
        check_name(value, known, what, self.at(key), self.findings)
        return value if isinstance(value, str) else None

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.findings.add(self.at(key), value, "true or false")
            return default
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int | None:
        """A whole number from `low` to `high`."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.findings.add(self.at(key), value, f"a whole number from {low} to {high}")
            return default
        return value

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from `low` to `high`."""
        numbers: list[int] = []
        for place, value in self._entries(key, f"a list of whole numbers from {low} to {high}"):
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                self.findings.add(place, value, f"a whole number from {low} to {high}")
            else:
                numbers.append(value)
        return tuple(numbers)

    def number(
        self, key: str, low: float, high: float, default: float | None = None
    ) -> float | None:
        """A number from `low` to `high`."""
        value = self.raw(key)
        if value is None:
            return default
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            self.findings.add(self.at(key), value, f"a number from {low:g} to {high:g}")
            return default
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        found = (
            clean_text(value, place, self.findings)
            for place, value in self._entries(key, "a text or a list of texts")
        )
        return tuple(text for text in found if text is not None)

    def names(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """A list of ids of things called `what`, each once; one alone is a list of one."""
        names: list[str] = []
        for place, value in self._entries(key, "a list of names"):
            check_name(value, known, what, place, self.findings)
            if isinstance(value, str):
                if value in names:
                    self.findings.add(place, value, f"each {what} once")
                names.append(value)
        return tuple(names)

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one where there is none."""
        return as_table(self.raw(key), self.at(key), self.findings)

    def tables(self, key: str) -> list[Table]:
        """A list of tables, such as ``[[targets]]``."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.findings.add(self.at(key), value, f"a list of tables, each headed [[{key}]]")
            return []
        self._count(key, len(value))
        return [
            as_table(entry, self.at(key, position), self.findings)
            for position, entry in enumerate(value[:MOST_ENTRIES])
        ]

    def named(self, key: str) -> Iterator[tuple[str, Table]]:
        """The tables inside a table, such as ``[packages.cloud]``, with their ids checked."""
        parent = self.table(key)
        self._count(key, len(parent.data))
        for name, value in list(parent.data.items())[:MOST_ENTRIES]:
            place = parent.at(name)
            check_id(name, place, self.findings)
            yield name, as_table(value, place, self.findings)

    def words(self, key: str, known: Collection[str] | None, what: str) -> dict[str, str]:
        """A table of texts by id; with `known`, the ids have to be among them."""
        parent = self.table(key)
        self._count(key, len(parent.data))
        words: dict[str, str] = {}
        for name in list(parent.data)[:MOST_ENTRIES]:
            if known is None:
                check_id(name, parent.at(name), self.findings)
            else:
                check_name(name, known, what, parent.at(name), self.findings)
            words[name] = parent.text(name)
        return words

    def _entries(self, key: str, expected: str) -> list[tuple[Path, object]]:
        value = self.raw(key)
        if value is None:
            return []
        if isinstance(value, str):
            return [(self.at(key), value)]
        if not isinstance(value, list):
            self.findings.add(self.at(key), value, expected)
            return []
        self._count(key, len(value))
        return [(self.at(key, place), entry) for place, entry in enumerate(value[:MOST_ENTRIES])]

    def _count(self, key: str, count: int) -> None:
        if count > MOST_ENTRIES:
            self.findings.says(
                self.at(key), f"{count} entries", f"no more than {MOST_ENTRIES}: split the policy"
            )


def as_table(value: object, path: Path, findings: Findings) -> Table:
    """`value` as a table; an empty one, with the mistake noted, where it is something else."""
    if value is None:
        return Table({}, path, findings)
    if not isinstance(value, dict):
        findings.add(path, value, "a table")
        return Table({}, path, findings)
    return Table(value, path, findings)


def clean_text(value: object, path: Path, findings: Findings) -> str | None:
    """A text on one line; control and invisible characters are refused.

    Policies are printed on terminals, where such characters are commands.
    """
    if not isinstance(value, str):
        findings.add(path, value, "a text in quotes")
        return None
    if len(value) > _LONGEST_TEXT:
        findings.says(path, f"{len(value)} characters", f"no more than {_LONGEST_TEXT}")
        return None
    text = value.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in text):
        findings.add(path, value, "a text without control or invisible characters")
        return None
    text = " ".join(text.split())
    if not text:
        findings.add(path, value, "a text that is not empty (or leave the key out)")
        return None
    return text


def check_id(value: object, path: Path, findings: Findings) -> str | None:
    """An id that can be typed on the command line."""
    if isinstance(value, str) and ID.fullmatch(value):
        return value
    findings.add(path, value, ID_WORDS)
    return value if isinstance(value, str) else None


def check_name(
    value: object, known: Collection[str], what: str, path: Path, findings: Findings
) -> None:
    """Note `value` unless it is the id of a known `what`."""
    if isinstance(value, str) and value in known:
        return
    if known:
        findings.add(path, value, f"{what}: {one_of(known)}", known=known)
    else:
        findings.add(path, value, f"{what}, but this policy defines none")


def ids_of(tables: list[Table], what: str) -> list[str]:
    """The ids of a list of tables, each checked and none twice; a missing one reads empty."""
    ids: list[str] = []
    seen: set[str] = set()
    for table in tables:
        value = table.raw("id")
        name = ""
        if value is None:
            table.findings.missing(table.at("id"), f"the id of this {what}: {ID_WORDS}")
        else:
            name = check_id(value, table.at("id"), table.findings) or ""
            if name and name in seen:
                table.findings.add(
                    table.at("id"), name, f"an id that no other {what} has (it is given twice)"
                )
        seen.add(name)
        ids.append(name)
    return ids
