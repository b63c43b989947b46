"""What stands below the matrix of triage: what is under the cursor, in the agreement's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.console.widgets.painted import Line, Span

if TYPE_CHECKING:
    from deskterm.desk.triage_sheet import TriageSheet, Worded


def said_words(
    sheet: TriageSheet,
    kind: str,
    fixed: str | None,
    axes: tuple[str, str] | None,
    priority: str | None,
    request_class: str | None,
) -> list[Line]:
    """The words for a ticket of the type `kind`.

    `fixed` is the priority its type or class fixes, `axes` impact and urgency under the cursor.
    """
    lines: list[Line] = []
    if fixed is not None:
        name = next(each.name for each in sheet.types if each.id == kind)
        lines.append([Span(f"{name}: always {sheet.name_of(fixed)}, no matrix is asked.")])
    elif axes is not None:
        for axis, chosen, values in (
            ("impact", axes[0], sheet.impact), ("urgency", axes[1], sheet.urgency),
        ):  # fmt: skip
            lines.append(_defined(axis, next(v for v in values if v.id == chosen)))
    entry = next((each for each in sheet.classes if each.id == request_class), None)
    if entry is not None:
        line = [Span("class ", "quiet"), Span(entry.name, "ink")]
        if entry.quote:
            line.append(Span(f"  a quote is needed from the {entry.quote}", "risk"))
        lines.append(line)
    level = next((each for each in sheet.priorities if each.id == priority), None)
    if level is not None:
        line = [Span(level.name, "strong")]
        if sheet.priority not in (None, priority):
            line.append(Span(f" (was {sheet.name_of(sheet.priority)})", "quiet"))
        if level.words:
            line += [Span(": ", "strong"), Span(level.words, "quiet")]
        lines.append(line)
    return [[], *lines]


def _defined(axis: str, value: Worded) -> Line:
    return [Span(f"{axis} {value.name}: ", "strong"), Span(value.words, "quiet")]
