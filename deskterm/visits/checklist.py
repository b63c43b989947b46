"""Checklists of a visit: what was ticked, the condition of each AV unit, and the report of both.

Source: the policy's `checklists`: essential maintenance to onsite servers, and classroom AV support
with a condition report for each unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from deskterm.policy.document import Checklist
from deskterm.visits.errors import VisitRefused

Result = Literal["ok", "fault", "not_applicable"]
RESULT_WORDS: dict[Result, str] = {"ok": "ok", "fault": "fault", "not_applicable": "n/a"}

#: The condition of an AV unit as its items leave it, best first.
Condition = Literal["good", "faulty", "unchecked"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of classroom AV at a site, e.g. the projector of Room 4."""

    id: int
    name: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One item of a checklist looked at; `unit` is set where the list is kept per AV unit.

    `item` is the item's place in the list, from 0. A fault says in `note` what was found.
    """

    checklist: str
    item: int
    result: Result
    at_us: int
    agent: str = ""
    unit: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of a report: an item of a list, its result and note; `unit` where kept per unit."""

    checklist: str
    unit: Unit | None
    item: str
    result: Result | None
    note: str
    checklist_id: str = ""
    place: int = 0
    """Of the item in its list, from 0: what a tick names it by."""

    @property
    def words(self) -> str:
        """The result as printed; items nobody looked at are said to be open."""
        return "open" if self.result is None else RESULT_WORDS[self.result]


def check_tick(checklist: Checklist, tick: Tick, units: Iterable[Unit] = ()) -> None:
    """Raise `VisitRefused` where the tick does not belong to the list or a unit of the site."""
    if not 0 <= tick.item < len(checklist.items):
        raise VisitRefused("unreadable", f"{checklist.name} has items 1 to {len(checklist.items)}.")
    if checklist.per_unit and tick.unit not in {unit.id for unit in units}:
        raise VisitRefused(
            "unreadable", f"{checklist.name} is kept per unit: name one of the site."
        )
    if not checklist.per_unit and tick.unit is not None:
        raise VisitRefused("unreadable", f"{checklist.name} is not kept per unit.")
    if tick.result == "fault" and not tick.note.strip():
        raise VisitRefused("no_reason", "Say what was found.")


def report(
    checklist: Checklist, ticks: Iterable[Tick], units: Iterable[Unit] = ()
) -> tuple[ReportLine, ...]:
    """Every item of the list (for each unit, where kept so) with its latest result, in order."""
    latest: dict[tuple[int | None, int], Tick] = {}
    for tick in sorted(ticks, key=lambda each: each.at_us):
        if tick.checklist == checklist.id:
            latest[tick.unit, tick.item] = tick
    per: Iterable[Unit | None] = units if checklist.per_unit else (None,)
    lines = []
    for unit in per:
        for place, item in enumerate(checklist.items):
            found = latest.get((unit.id if unit is not None else None, place))
            result = found.result if found is not None else None
            note = found.note if found is not None else ""
            lines.append(
                ReportLine(checklist.name, unit, item, result, note, checklist.id, place)
            )
    return tuple(lines)


def open_items(lines: Iterable[ReportLine]) -> int:
    """How many items nobody has looked at yet."""
    return sum(line.result is None for line in lines)


def conditions(lines: Iterable[ReportLine]) -> Mapping[int, Condition]:
    """The condition of each unit: faulty with any fault, unchecked while any item is open."""
    found: dict[int, Condition] = {}
    for line in lines:
        if line.unit is None:
            continue
        known = found.setdefault(line.unit.id, "good")
        if line.result == "fault":
            found[line.unit.id] = "faulty"
        elif line.result is None and known == "good":
            found[line.unit.id] = "unchecked"
    return found


def faults(lines: Iterable[ReportLine]) -> tuple[ReportLine, ...]:
    """The lines that found a fault, each of which can become a ticket."""
    return tuple(line for line in lines if line.result == "fault")
