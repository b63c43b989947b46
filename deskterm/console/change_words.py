"""What was changed of a customer, one line for each change. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from deskterm.console.variation_words import KINDS, data_words
from deskterm.desk.customer_model import ChangeView

_OLD_NAMES = {"starts": "start", "ends": "end", "access": "access notes"}


class Told(NamedTuple):
    """A line of the change log."""

    at_us: int
    agent: str
    words: str


def change_lines(
    changes: Sequence[ChangeView], names: Mapping[tuple[str, int], str]
) -> list[Told]:
    """One line for each entry, in the order given; `names` are those of (part, id)."""
    lines: list[Told] = []
    for _, group in groupby(changes, key=lambda change: change.event.id):
        entry = list(group)
        event, subject = entry[0].event, entry[0].subject
        part = names.get((subject, int(event.data.get("part_id") or 0)), "")
        who = str(event.agent or "the desk")
        lines.append(Told(event.at_us, who, _words(subject, part, entry)))
    return lines


def _words(subject: str, part: str, entry: Sequence[ChangeView]) -> str:
    if subject == "variation":
        return "entered: " + "; ".join(
            data_words(each.field, each.new) if each.field in KINDS else each.field
            for each in entry
        )
    fields = {each.field: (each.old, each.new) for each in entry}
    fresh = all(old is None for old, _ in fields.values())
    if fresh and (subject == "agreement" or "name" in fields):
        called = str(fields.get("name", (None, part))[1] or part)
        rest = ", ".join(
            _said(new) for name, (_, new) in fields.items()
            if name not in ("name", "active", "snapshot") and new not in (None, "")
        )  # fmt: skip
        head = f"added {subject} {called}".strip()
        return f"{head}: {rest}" if rest else head
    if fields.get("active", (None, True))[1] is False:
        return f"{subject} {part} is no more".replace("  ", " ")
    whose = "" if subject == "customer" else f"{part or subject}: "
    return whose + ", ".join(
        f"{_OLD_NAMES.get(name, name.replace('_', ' '))} {_said(new)} (was {_said(old)})"
        for name, (old, new) in fields.items()
        if name != "snapshot"
    )


def _said(value: Any) -> str:
    text = " ".join(str(value).split()) if value not in (None, "") else "nothing"
    return text.replace("_", " ")
