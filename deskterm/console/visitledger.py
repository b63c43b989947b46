"""A ledger of visits month by month, so that a year of it can be read. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from deskterm.console.clocktext import MONTHS
from deskterm.console.glyphs import Glyphs
from deskterm.console.visitwords import dated
from deskterm.console.widgets.lines import Choice

if TYPE_CHECKING:
    from deskterm.visits.balance import Line

#: An instant in microseconds as the local time it was.
Local = Callable[[int], datetime]


def ledger_lines(
    entries: Sequence[Line], shown: Collection[str], local: Local, glyphs: Glyphs
) -> list[Choice]:
    """A line a month that counts its entries by kind; the entries of those `shown` under it.

    The value of a month's line is its name, e.g. ``2026-11``; that of an entry begins with it.
    """
    lines = []
    for month, group in groupby(entries, key=lambda entry: f"{local(entry.at_us):%Y-%m}"):
        inside = list(group)
        year, number = month.split("-")
        said = f" {glyphs.dot} ".join(_counts(inside))
        lines.append(Choice(month, f"{MONTHS[int(number) - 1]} {year}  {said}"))
        if month in shown:
            lines += [
                Choice(f"{month}/{at}", f"  {_entry(each, local)}")
                for at, each in enumerate(inside)
            ]
    return lines


def _counts(entries: Sequence[Line]) -> list[str]:
    """``4 delivered``, in the order in which each kind came first."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[entry.label] += entry.visits
    return [f"{count} {label}" for label, count in counts.items()]


def _entry(entry: Line, local: Local) -> str:
    at = local(entry.at_us)
    visit = "" if entry.visit is None else f" visit {entry.visit}"
    count = "" if entry.visits == 1 else f"{entry.visits} "
    note = f"  {entry.note}" if entry.note else ""
    return (
        f"{dated(at.date())} {at:%H:%M}  {entry.label}{visit}  {count}{entry.out_of.value} →"
        f" {entry.into.value}{note}"
    )
