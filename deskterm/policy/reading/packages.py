"""Reads ``[packages.*]``, ``[checklists.*]`` and ``[[checks]]``."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, cast, get_args

from deskterm.policy.findings import Findings
from deskterm.policy.hours import read_span
from deskterm.policy.onsite import (
    CalloutKind,
    Check,
    Checklist,
    Cover,
    CoverKind,
    Every,
    OnsiteKind,
    Package,
    Slot,
)
from deskterm.policy.reading.names import Names
from deskterm.policy.reading.table import Table, ids_of

_SERIES = ("weekly", "fortnightly")
_DAY_MINUTES = 24 * 60


def read_packages(root: Table, names: Names) -> dict[str, Package]:
    """Packages by id, the default one first."""
    packages: dict[str, Package] = {}
    for name, table in root.named("packages"):
        package = Package(
            id=name,
            name=table.text("name", name),
            channels=table.names("channels", names.channels, "channel"),
            desk_access=table.flag("desk_access", True),
            onsite=cast(OnsiteKind, table.choice("onsite", get_args(OnsiteKind), "none")),
            slots=_read_slots(table),
            free_minutes=table.wholes("free_minutes", 15, _DAY_MINUTES),
            window_weeks=table.whole("window_weeks", 1, 520),
            typical_visits=table.wholes("typical_visits", 1, 1_000),
            in_term=table.flag("in_term"),
            series=table.names("series", _SERIES, "series"),
            callout=cast(
                CalloutKind, table.choice("callout", get_args(CalloutKind), "not_offered")
            ),
            callout_priorities=table.names("callout_priorities", names.priorities, "priority"),
            fair_use=table.flag("fair_use"),
            in_lieu=table.flag("in_lieu"),
            cover=_read_cover(table),
            checklists=table.names("checklists", names.checklists, "checklist"),
            clause=table.text("clause", ""),
        )
        _check_onsite(package, table, names)
        packages[name] = package
        table.done()
    return packages


def read_checklists(root: Table) -> dict[str, Checklist]:
    """Checklists by id."""
    checklists: dict[str, Checklist] = {}
    for name, table in root.named("checklists"):
        items = table.texts("items")
        if not items and not root.findings.under(table.at("items")):
            root.findings.missing(table.at("items"), "a list of what is ticked off")
        every = table.choice("every", get_args(Every), "") or None
        checklists[name] = Checklist(
            id=name,
            name=table.text("name", name),
            items=items,
            per_unit=table.flag("per_unit"),
            every=cast(Every | None, every),
            clause=table.text("clause", ""),
        )
        table.done()
    return checklists


def read_checks(root: Table) -> tuple[Check, ...]:
    """Recurring checks in the file's order."""
    tables = root.tables("checks")
    checks: list[Check] = []
    for name, table in zip(ids_of(tables, "check"), tables, strict=True):
        checks.append(
            Check(
                id=name,
                name=table.text("name", name),
                every=cast(Every, table.choice("every", get_args(Every))),
                alert=cast(
                    Literal["automatic", "manual"], table.choice("alert", ("automatic", "manual"))
                ),
                reported_by=table.text("reported_by", expected="how a fault reaches the desk"),
                responsible=table.text("responsible", expected="who answers a fault"),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(checks)


def _read_slots(package: Table) -> tuple[Slot, ...]:
    tables = package.tables("slots")
    slots: list[Slot] = []
    for name, table in zip(ids_of(tables, "slot"), tables, strict=True):
        hours = table.text("hours", expected='the hours of the slot, such as "08:30-10:30"')
        span = read_span(hours) if hours else None
        if hours and span is None:
            table.findings.add(table.at("hours"), hours, 'hours in one day, such as "08:30-10:30"')
        start, end = span or ("", "")
        slots.append(Slot(name, table.text("name", name), start, end))
        table.done()
    _check_slots_apart(slots, package.at("slots"), package.findings)
    return tuple(slots)


def _check_slots_apart(slots: list[Slot], path: tuple[str | int, ...], findings: Findings) -> None:
    order = sorted(range(len(slots)), key=lambda index: (slots[index].start, slots[index].end))
    for earlier, later in pairwise(order):
        if slots[earlier].end and slots[later].start < slots[earlier].end:
            findings.says(
                (*path, later, "hours"),
                f"a slot that overlaps {slots[earlier].id}",
                "slots of one package that do not overlap",
            )


def _read_cover(package: Table) -> tuple[Cover, ...]:
    lines: list[Cover] = []
    for table in package.tables("cover"):
        lines.append(
            Cover(
                area=table.text("area", expected="what the line is about, such as Hardware"),
                text=table.text("text", expected="what is covered or left out"),
                cover=cast(CoverKind, table.choice("cover", get_args(CoverKind))),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(lines)


def _check_onsite(package: Package, table: Table, names: Names) -> None:
    findings = table.findings
    if package.onsite in ("slots", "slots+free") and not package.slots:
        if not findings.under(table.at("slots")):
            findings.missing(table.at("slots"), f'slots, as onsite is "{package.onsite}"')
    elif package.slots and package.onsite not in ("slots", "slots+free"):
        findings.says(
            table.at("slots"),
            f'slots where onsite is "{package.onsite}"',
            'onsite = "slots" or "slots+free", or no slots',
        )
    if package.onsite != "none" and "onsite" not in (*names.calendars, *names.roles):
        findings.says(
            table.at("onsite"), "onsite work without onsite hours", "a calendar with the id onsite"
        )
