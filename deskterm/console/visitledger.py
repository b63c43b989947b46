"""A ledger of visits month by month, so that a year of it can be read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from deskterm.console.clocktext import MONTHS
from deskterm.console.glyphs import Glyphs
from deskterm.console.visitwords import dated
from deskterm.console.widgets.lines import Choice
from deskterm.visits.balance import balance_of

if TYPE_CHECKING:
    from deskterm.visits.balance import Balance, Line

#: An instant in microseconds as the local time it was.
Local = Callable[[int], datetime]


def ledger_lines(
    entries: Sequence[Line], shown: Collection[str], local: Local, glyphs: Glyphs
) -> list[Choice]:
    """A line a month with what it changed; the entries of those `shown` under it.

    What the months changed adds up to the balance, each of its sums for itself.
    The value of a month's line is its name, e.g. ``2026-11``; that of an entry begins with it.
    """
    lines = []
    for month, group in groupby(entries, key=lambda entry: f"{local(entry.at_us):%Y-%m}"):
        inside = list(group)
        year, number = month.split("-")
        said = f" {glyphs.dot} ".join(_changes(inside))
        lines.append(Choice(month, f"{MONTHS[int(number) - 1]} {year}  {said}"))
        if month in shown:
            lines += [
                Choice(f"{month}/{at}", f"  {_entry(each, local)}")
                for at, each in enumerate(inside)
            ]
    return lines


def sums(balance: Balance) -> tuple[tuple[str, int], ...]:
    """What a balance consists of, by name: how many were granted, then where they lie."""
    return (
        ("granted", balance.granted),
        ("delivered", balance.delivered),
        ("used by callouts", balance.callouts),
        ("replaced by remote support", balance.in_lieu),
        ("forfeited", balance.forfeited),
        ("booked", balance.booked),
        ("owed", balance.owed),
    )


def _changes(entries: Sequence[Line]) -> list[str]:
    """``+2 booked``, ``-2 owed``: the sums that the entries changed, in the balance's order."""
    changed = [f"{count:+d} {name}" for name, count in sums(balance_of(entries)) if count]
    return changed or ["no change"]


def _entry(entry: Line, local: Local) -> str:
    at = local(entry.at_us)
    visit = "" if entry.visit is None else f" visit {entry.visit}"
    count = "" if entry.visits == 1 else f"{entry.visits} "
    note = f"  {entry.note}" if entry.note else ""
    return (
        f"{dated(at.date())} {at:%H:%M}  {entry.label}{visit}  {count}{entry.out_of.value} →"
        f" {entry.into.value}{note}"
    )
