"""What is taken along to a visit or left there: its sheet, and the report on classroom AV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from deskterm.desk.errors import Refused
from deskterm.desk.text import clean
from deskterm.desk.visits.checklists import report_lines
from deskterm.desk.visits.model import VisitView
from deskterm.desk.visits.planning import open_tickets
from deskterm.desk.visits.printed import Item, Part, Sheet, rendered
from deskterm.desk.visits.reading import load_visit
from deskterm.visits.checklist import Condition, ReportLine, Unit, conditions
from deskterm.visits.state import STAGE_WORDS
from deskterm.visits.wallclock import day_words, moment_words

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: What can be printed of a visit.
SHEETS: Final = ("visit", "condition")
_STAGES: Final[Mapping[str, str]] = {
    **{str(stage): words for stage, words in STAGE_WORDS.items()},
    "withdrawn": "taken back",
}
_CONDITION_WORDS: Final[Mapping[Condition, str]] = {
    "good": "in order",
    "faulty": "faulty",
    "unchecked": "not looked at yet",
}


def printed(desk: Desk, visit: int, what: str = "visit", form: str = "text") -> str:
    """A visit's sheet, or the condition report on each AV unit of its site, as the text of a file
    (`deskterm.desk.visits.printed.FORMS`). Raises `NotFound` and `Refused`.
    """
    if what not in SHEETS:
        raise Refused(f"“{clean(what)}” is nothing to print; it is {', '.join(SHEETS)}.")
    with desk.store.read() as tx:
        view = load_visit(tx, visit)
        lines = report_lines(tx, desk, view)
        if what == "condition":
            return rendered(_condition(view, lines), form)
        return rendered(_visit(view, open_tickets(tx, view), lines), form)


def _visit(
    view: VisitView, tickets: Sequence[tuple[int, str, str]], lines: Sequence[ReportLine]
) -> Sheet:
    facts = [
        ("When", f"{day_words(view.day)}, {view.starts}–{view.ends} ({view.zone})"),
        ("Engineer", str(view.engineer)),
        ("State", f"{_STAGES.get(view.stage, view.stage)}{_attended(view)}"),
        ("Address", str(view.address)),
        ("Access", str(view.access)),
        ("For ticket", "" if view.ticket is None else str(view.ticket)),
    ]
    listed = tuple(
        " ".join(part for part in (str(number), priority.replace("_", " "), subject) if part)
        for number, priority, subject in tickets
    )
    return Sheet(
        f"Visit {view.id} – {view.where}",
        tuple((name, text) for name, text in facts if text),
        (Part("Open tickets there", listed or ("none",)), *_checklists(lines)),
        ("Arrived", "Left", "Signed"),
    )


def _attended(view: VisitView) -> str:
    marks = [
        f"{word} {moment_words(at_us, view.zone)}"
        for word, at_us in (("arrived", view.arrived_us), ("left", view.departed_us))
        if at_us is not None
    ]
    return f" ({', '.join(marks)})" if marks else ""


def _condition(view: VisitView, lines: Iterable[ReportLine]) -> Sheet:
    found = [line for line in lines if line.unit is not None]
    how = conditions(found)
    counts = Counter(how.values())
    parts = []
    for (_, unit), items in groupby(found, key=lambda line: (line.checklist_id, line.unit)):
        assert unit is not None, "only lines about a unit are left"
        parts.append(Part(f"{_called(unit)}: {_CONDITION_WORDS[how[unit.id]]}", (), _items(items)))
    summary = ", ".join(
        f"{counts[each]} {word}" for each, word in _CONDITION_WORDS.items() if counts[each]
    )
    return Sheet(
        f"Condition of classroom AV – {view.where}",
        (
            ("Looked at", f"{day_words(view.day)}, {view.starts}–{view.ends} (visit {view.id})"),
            ("By", str(view.engineer)),
            ("Units", f"{len(how)}: {summary}" if how else "none is listed for this site"),
        ),
        tuple(parts),
        ("Signed",),
    )


def _checklists(lines: Iterable[ReportLine]) -> Iterator[Part]:
    for (_, unit), items in groupby(lines, key=lambda line: (line.checklist_id, line.unit)):
        listed = list(items)
        name = listed[0].checklist
        yield Part(name if unit is None else f"{name} – {_called(unit)}", (), _items(listed))


def _items(lines: Iterable[ReportLine]) -> tuple[Item, ...]:
    return tuple(Item(line.item, line.result, line.note) for line in lines)


def _called(unit: Unit) -> str:
    return f"{unit.name}, {unit.room}" if unit.room else unit.name
