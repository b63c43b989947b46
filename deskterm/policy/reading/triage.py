"""Reads priorities, ``[triage]``, ticket types and classes of requests."""

from __future__ import annotations

from typing import Literal, cast

from deskterm.policy.document import (
    AxisValue,
    Priority,
    RequestClass,
    TicketType,
    Triage,
    frozen_map,
)
from deskterm.policy.grid import read_grid
from deskterm.policy.reading.names import Names
from deskterm.policy.reading.table import Table, check_name, ids_of
from deskterm.policy.vocabulary import TICKET_TYPE_NAMES, TICKET_TYPES

_MOST_LEVELS = 40


def read_priorities(root: Table) -> tuple[Priority, ...]:
    """The levels, highest first."""
    tables = root.tables("priorities")
    if not tables and not root.findings.under(root.at("priorities")):
        root.findings.missing(root.at("priorities"), "at least one [[priorities]], highest first")
    if len(tables) > _MOST_LEVELS:
        root.findings.says(
            root.at("priorities"), f"{len(tables)} priorities", f"no more than {_MOST_LEVELS}"
        )
    levels: list[Priority] = []
    for name, table in zip(ids_of(tables, "priority"), tables, strict=True):
        levels.append(Priority(name, table.text("name", name), table.text("definition", "")))
        table.done()
    return tuple(levels)


def read_triage(root: Table, names: Names) -> Triage:
    """How a priority is found: from the grid, or from the list of priorities."""
    table = root.table("triage")
    kind = cast(Literal["grid", "list"], table.choice("kind", ("grid", "list"), "list"))
    rows = cast(
        Literal["impact", "urgency"], table.choice("rows", ("impact", "urgency"), "urgency")
    )
    reason_for = table.names("reason_for", names.priorities, "priority")
    clause = table.text("clause", "")
    if kind == "list":
        for key in ("impact", "urgency", "grid"):
            if key in table:
                table.raw(key)
                table.findings.says(
                    table.at(key), f'"{key}" in a list of priorities', 'kind = "grid" to use it'
                )
        table.done()
        return Triage("list", rows=rows, reason_for=reason_for, clause=clause)
    impact = _read_axis(table, "impact")
    urgency = _read_axis(table, "urgency")
    row_axis, column_axis = (impact, urgency) if rows == "impact" else (urgency, impact)
    grid = read_grid(
        table.raw("grid"),
        table.at("grid"),
        rows=rows,
        row_ids=[value.id for value in row_axis],
        column_ids=[value.id for value in column_axis],
        priorities=names.priorities,
        findings=table.findings,
    )
    table.done()
    return Triage("grid", impact, urgency, rows, frozen_map(grid), reason_for, clause)


def read_types(root: Table, names: Names) -> dict[str, TicketType]:
    """The ticket types the desk takes; all of them where the file lists none."""
    if "types" not in root:
        root.raw("types")
        return {kind: TicketType(kind, TICKET_TYPE_NAMES[kind]) for kind in TICKET_TYPES}
    types: dict[str, TicketType] = {}
    for name, table in root.named("types"):
        check_name(name, TICKET_TYPES, "ticket type", table.path, root.findings)
        types[name] = TicketType(
            id=name,
            name=table.text("name", TICKET_TYPE_NAMES.get(name, name)),
            priority=table.reference("priority", names.priorities, "priority"),
            help=table.text("help", ""),
            clause=table.text("clause", ""),
        )
        table.done()
    if not types and not root.findings.under(root.at("types")):
        root.findings.says(root.at("types"), "no ticket type", "one of them, or leave the key out")
    return types


def read_classes(root: Table, names: Names) -> tuple[RequestClass, ...]:
    """Classes of requests, parents before or after their children, none its own ancestor."""
    tables = root.tables("classes")
    classes: list[RequestClass] = []
    for name, table in zip(ids_of(tables, "class"), tables, strict=True):
        classes.append(
            RequestClass(
                id=name,
                name=table.text("name", name),
                parent=table.reference("parent", names.classes, "class"),
                type=table.reference("type", names.types, "ticket type"),
                priority=table.reference("priority", names.priorities, "priority"),
                quote=table.optional_text("quote"),
                note=table.text("note", ""),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    _check_parents(classes, tables)
    return tuple(classes)


def _check_parents(classes: list[RequestClass], tables: list[Table]) -> None:
    parents = {entry.id: entry.parent for entry in classes}
    for entry, table in zip(classes, tables, strict=True):
        seen = {entry.id}
        parent = entry.parent
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        if parent == entry.id:
            table.findings.add(
                table.at("parent"), entry.parent, "a class that is not its own child"
            )


def _read_axis(triage: Table, key: str) -> tuple[AxisValue, ...]:
    tables = triage.tables(key)
    if not tables and not triage.findings.under(triage.at(key)):
        triage.findings.missing(triage.at(key), f"[[triage.{key}]] with the values of that axis")
    if len(tables) > _MOST_LEVELS:
        triage.findings.says(
            triage.at(key), f"{len(tables)} values", f"no more than {_MOST_LEVELS}"
        )
    values: list[AxisValue] = []
    for name, table in zip(ids_of(tables, key), tables, strict=True):
        values.append(AxisValue(name, table.text("name", name), table.text("help", "")))
        table.done()
    return tuple(values[:_MOST_LEVELS])
