"""A visit at work: where it is, what is open there, and the checklists to go through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.catalog import visit as keys
from deskterm.console.clocktext import day_and_time
from deskterm.console.dialogs.base import Dialog
from deskterm.console.visitwords import dated, stage_words
from deskterm.console.widgets.headed_lines import HeadedLines
from deskterm.console.widgets.lines import Choice, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.model import StepField, StepForm
from deskterm.visits.checklist import open_items

if TYPE_CHECKING:
    from deskterm.desk.model import EventView
    from deskterm.desk.visits.model import Stop, VisitView
    from deskterm.visits.checklist import ReportLine

_UNIT: Final = (
    StepField("name", "What it is", "line", required=True),
    StepField("room", "Where", "line"),
)
_REASON: Final = (StepField("reason", "Why", "line", required=True),)
_ERASES: Final = "The words are gone for good. Go on?"
_NOTE: Final = (StepField("note", "What was found", "line", required=True),)


class VisitDialog(Dialog):
    """Dismissed with None; every tick is saved at once."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (*keys.ACTIONS, *catalog.CHOOSE[:2])

    def __init__(self, visit: int) -> None:
        super().__init__()
        self._number = visit
        self._report: Sequence[ReportLine] = ()
        self._site: int | None = None

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Visit {self._number}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Reading the visit …", "quiet")]], id="visit-head")
        yield HeadedLines((), glyphs=self.desk_app.glyphs, id="visit-list")

    def on_mount(self) -> None:
        """Ask the desk."""
        self.query_one(HeadedLines).focus()
        self._read()

    def _read(self) -> None:
        visits, number = self.desk.visits, self._number

        def read() -> tuple[VisitView, Stop | None, Sequence[ReportLine]]:
            visit = visits.show(number)
            stops = visits.my_day(visit.day, visit.engineer_id)
            stop = next((each for each in stops if each.visit.id == number), None)
            return visit, stop, visits.report(number)

        self.ask(read, lambda got: self._show(*got), group="visit", waits=True)

    def _show(self, visit: VisitView, stop: Stop | None, report: Sequence[ReportLine]) -> None:
        glyphs = self.desk_app.glyphs
        said, ink = stage_words(visit)
        lines: list[Line] = [
            [Span(visit.where, "strong"), Span(f"  {said}", ink)],
            [Span(f"{dated(visit.day)} {visit.starts}–{visit.ends} {glyphs.dot} {visit.engineer}")],
        ]
        lines += [[Span(" ".join(text.split()), "quiet")] for text in (visit.address, visit.access)
                  if text]  # fmt: skip
        tickets = stop.tickets if stop is not None else ()
        if tickets:
            lines += [[], [Span("Open there", "head")]]
        lines += [[Span(f"  {number} ", "strong"), Span(f"{subject}", "ink")]
                  for number, _, subject in tickets]  # fmt: skip
        lines.append([])
        if not report:
            lines.append([Span("No checklist belongs to this package.", "quiet")])
        self.query_one("#visit-head", TextLines).set_content(lines)
        self._report, self._site = report, visit.site_id
        self.query_one(HeadedLines).show(
            [Choice(str(at), self._line(each)) for at, each in enumerate(report)], self._headings()
        )

    def _headings(self) -> dict[int, Line]:
        """Above the first item of each list, and of each unit where it is kept for each."""
        headings: dict[int, Line] = {}
        at = 0
        for (_, unit), items in groupby(self._report, lambda each: (each.checklist_id, each.unit)):
            group = list(items)
            what = "" if unit is None else f" {self.desk_app.glyphs.dot} {unit.name} {unit.room}"
            looked = len(group) - open_items(group)
            headings[at] = [Span(f"{group[0].checklist}{what}".rstrip(), "head"),
                            Span(f"  {looked} of {len(group)}", "quiet")]  # fmt: skip
            at += len(group)
        return headings

    def _line(self, each: ReportLine) -> str:
        glyphs = self.desk_app.glyphs
        mark = {"ok": glyphs.met, "fault": glyphs.missed, "not_applicable": glyphs.exempt}.get(
            each.result or "", " "
        )
        note = f" {glyphs.dot} {each.note}" if each.note else ""
        return f"[{mark}] {each.item}{note}"

    # Keys -------------------------------------------------------------------------------------

    def _chosen(self) -> ReportLine | None:
        listed = self.query_one(HeadedLines)
        return self._report[listed.index] if self._report else None

    def _tick(self, result: str, note: str = "") -> None:
        line = self._chosen()
        if line is None:
            return
        visits, number = self.desk.visits, self._number
        unit = None if line.unit is None else line.unit.id

        def ticked(_: None) -> None:
            self.do_down()
            self._read()

        self.write(
            lambda: visits.tick(
                number, line.checklist_id, line.place, result, unit=unit, note=note
            ),
            ticked,
            group=f"tick-{line.checklist_id}-{line.place}-{unit}-{result}-{note}",
            says="ticking …",
        )

    def do_ok(self) -> None:
        """See `catalog.visit`, as for the ones below."""
        self._tick("ok")

    def do_not_applicable(self) -> None:
        self._tick("not_applicable")

    def do_fault(self) -> None:
        line = self._chosen()
        if line is None:
            return
        form = StepForm("visit-fault", "A fault", _NOTE, None)
        self.open_window(
            "step", form, (self._number,), {}, line.item,
            then=lambda got: self._tick("fault", got["note"]) if got else None,
        )  # fmt: skip

    def do_ticket(self) -> None:
        line = self._chosen()
        if line is None:
            return
        visits, number = self.desk.visits, self._number
        self.write(
            lambda: visits.ticket_for(number, line),
            lambda opened: self.desk_app.say(f"Ticket {opened} opened: {line.item}"),
            group="ticket",
            says="opening a ticket …",
        )

    def do_unit(self) -> None:
        if self._site is None:
            return
        visits, site = self.desk.visits, self._site
        form = StepForm("visit-unit", "A new AV unit", _UNIT, None)

        def added(_: int) -> None:
            self.desk_app.keep_draft(f"visit-unit-{self._number}", {})
            self._read()

        self.open_window(
            "step", form, (self._number,), {}, "listed for this site from now on",
            then=lambda got: self.write(
                lambda: visits.add_unit(site, got["name"], got.get("room", "")), added,
                group="unit", says="adding it …") if got else None,
        )  # fmt: skip

    def do_sheet(self) -> None:
        self.open_window("visit-sheet", self._number)

    def do_history(self) -> None:
        visits, number = self.desk.visits, self._number
        self.ask(lambda: visits.history(number), self._tell, group="history")

    def _tell(self, events: Sequence[EventView]) -> None:
        """Every entry, newest first; one with words can be taken to erase them."""
        from deskterm.desk.visits.told import said_words, what_words

        def told(event: EventView) -> str:
            said = said_words(event)
            who = event.agent or "the desk"
            return f"{who} {dot} {what_words(event)}" + (f": {said}" if said else "")

        dot, local = self.desk_app.glyphs.dot, self.desk_app.local
        choices = [
            Choice(str(event.id), f"{day_and_time(event.at_us, local)}  {told(event)}")
            for event in reversed(events)
        ]
        erasable = {str(e.id) for e in events if said_words(e) and e.kind != "redacted"}
        self.open_window("choose", f"History {dot} visit {self._number} {dot} Enter erases words",
                         choices, then=lambda at: self._erase(at, erasable))  # fmt: skip

    def _erase(self, entry: str | None, erasable: Collection[str]) -> None:
        if entry is None:
            return
        if entry not in erasable:
            self.desk_app.say("Nobody wrote anything there that could be erased.", "warning")
            return
        visits = self.desk.visits
        form = StepForm("visit-redact", "Erase words", _REASON, _ERASES)

        def erased(_: int) -> None:
            self.desk_app.keep_draft(f"visit-redact-{self._number}", {})
            self.desk_app.say("Erased.")
            self._read()

        self.open_window(
            "step", form, (self._number,), {}, f"entry {entry}",
            then=lambda got: self.write(lambda: visits.redact(int(entry), got["reason"]), erased,
                                        group="redact", says="erasing …") if got else None,
        )  # fmt: skip

    def do_down(self) -> None:
        self.query_one(HeadedLines).move(1)

    def do_up(self) -> None:
        self.query_one(HeadedLines).move(-1)
