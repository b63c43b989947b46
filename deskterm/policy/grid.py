"""The triage grid as the agreement prints it: one line per row, columns in declared order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from deskterm.policy.findings import Findings, Path, one_of


def read_grid(
    value: object,
    path: Path,
    *,
    rows: Literal["impact", "urgency"],
    row_ids: Sequence[str],
    column_ids: Sequence[str],
    priorities: Sequence[str],
    findings: Findings,
) -> Mapping[tuple[str, str], str]:
    """(impact id, urgency id) to priority id, from a table with one line per row.

    A line is a list of priority ids or the same in one text, separated by spaces. Notes rows that
    are missing, unknown or of the wrong length and cells that name no priority.
    """
    if not isinstance(value, dict):
        if value is None:
            findings.missing(path, "the grid: one line of priorities for each row")
        else:
            findings.add(path, value, "a table with one line of priorities for each row")
        return {}
    for row in value:
        if row not in row_ids:
            findings.add((*path, row), row, f"a row of the grid, {one_of(row_ids)}", known=row_ids)
    grid: dict[tuple[str, str], str] = {}
    for row in row_ids:
        place = (*path, row)
        if row not in value:
            findings.missing(place, f"a line with {len(column_ids)} priorities")
            continue
        cells = _cells(value[row], place, column_ids, priorities, findings)
        for column, cell in zip(column_ids, cells, strict=False):
            impact, urgency = (row, column) if rows == "impact" else (column, row)
            grid[impact, urgency] = cell
    return grid


def _cells(
    line: object,
    path: Path,
    columns: Sequence[str],
    priorities: Sequence[str],
    findings: Findings,
) -> list[str]:
    is_text = isinstance(line, str)
    listed: object = line.split() if isinstance(line, str) else line
    if not isinstance(listed, list):
        findings.add(path, line, f"a list of {len(columns)} priorities")
        return []
    if len(listed) != len(columns):
        findings.says(
            path,
            f"a row of {len(listed)}",
            f"{len(columns)} priorities, for the columns {', '.join(columns[:16])}",
        )
    cells: list[str] = []
    for position, cell in enumerate(listed[: len(columns)]):
        if isinstance(cell, str) and cell in priorities:
            cells.append(cell)
        else:
            place = path if is_text else (*path, position)
            findings.add(
                place,
                cell,
                f"a priority for the column {columns[position]}, {one_of(priorities)}",
                known=priorities,
            )
    return cells
