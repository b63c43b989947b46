"""What was changed of a customer, one line for each change. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from deskterm.console.variation_words import KINDS, data_words, day_words
from deskterm.desk.customer_model import ChangeView

_FIELDS: Final = {"starts": "first day", "ends": "last day", "access": "access notes"}
#: Dates and numbers, which do not say what they are.
_BARE: Final = ("starts", "ends", "visits", "fair_use")


class Told(NamedTuple):
    """A line of the change log."""

    at_us: int
    agent: str
    words: str


def change_lines(
    changes: Sequence[ChangeView],
    names: Mapping[tuple[str, int], str],
    called: Mapping[tuple[str, str], str],
) -> list[Told]:
    """One line for each entry, in the order given.

    `names` are those of (part, id), `called` what the values of a field are called, by both.
    """
    lines: list[Told] = []
    for _, group in groupby(changes, key=lambda change: change.event.id):
        entry = list(group)
        event, subject = entry[0].event, entry[0].subject
        part = names.get((subject, int(event.data.get("part_id") or 0)), "")
        who = str(event.agent or "the desk")
        lines.append(Told(event.at_us, who, _words(subject, part, entry, called)))
    return lines


def _words(
    subject: str,
    part: str,
    entry: Sequence[ChangeView],
    called: Mapping[tuple[str, str], str],
) -> str:
    if subject == "variation":
        return "entered: " + "; ".join(
            data_words(each.field, each.new) if each.field in KINDS else each.field
            for each in entry
        )
    fields = {each.field: (each.old, each.new) for each in entry}
    fresh = all(old is None for old, _ in fields.values())
    if fresh and (subject == "agreement" or "name" in fields):
        whom = str(fields.get("name", (None, part))[1] or part)
        rest = ", ".join(
            _fresh(name, new, called) for name, (_, new) in fields.items()
            if name not in ("name", "active", "snapshot") and new not in (None, "")
        )  # fmt: skip
        head = f"added {subject} {whom}".strip()
        return f"{head}: {rest}" if rest else head
    if fields.get("active", (None, True))[1] is False:
        return f"{subject} {part} is no more".replace("  ", " ")
    whose = "" if subject == "customer" else f"{part or subject}: "
    return whose + ", ".join(
        f"{field_words(name)} {_said(name, new, called)} (was {_said(name, old, called)})"
        for name, (old, new) in fields.items()
        if name != "snapshot"
    )


def field_words(name: str) -> str:
    """What a field is called."""
    return _FIELDS.get(name, name.removesuffix("_us").replace("_", " "))


def _fresh(name: str, value: Any, called: Mapping[tuple[str, str], str]) -> str:
    """A value that needs its field's name only where it says nothing by itself."""
    said = _said(name, value, called)
    return f"{field_words(name)} {said}" if name in _BARE else said


def _said(name: str, value: Any, called: Mapping[tuple[str, str], str]) -> str:
    if value in (None, ""):
        return "nothing"
    text = " ".join(str(value).split())
    if name in ("starts", "ends"):
        return day_words(text)
    return called.get((name, text), text.replace("_", " "))
