"""A customer's week: slots downwards, days across, in each who could come or why nobody can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.message import Message

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.visitwords import (
    day_name,
    first_name,
    for_words,
    offer_words,
    stage_words,
    visit_mark,
)
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.visits.model import OfferView, Planner, VisitView
from deskterm.visits.bookable import Reason
from deskterm.visits.slots import FREE

_SIDE = 14
#: Below this many columns the side only says when a slot begins.
_NARROW = 70
_NARROW_SIDE = 6
_ROW_HEIGHT = 3


class PlannerGrid(Painted, can_focus=True):
    """The cursor is on one slot of one day; it stays there when the week changes."""

    @dataclass
    class CellMoved(Message):
        """The cursor is on another cell."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="planner-grid")
        self.glyphs = glyphs
        self.planner: Planner | None = None
        self.row = 0
        self.column = 0
        self.today: date | None = None

    def show(self, planner: Planner, today: date) -> None:
        """Show a week."""
        other = self.planner is None or (
            self.planner.check.agreement_id != planner.check.agreement_id
        )
        self.planner, self.today = planner, today
        if other:
            self._begin(planner, today)
        self.row = min(self.row, max(0, len(planner.rows) - 1))
        self.column = min(self.column, len(planner.days) - 1)
        self.styles.height = 1 + _ROW_HEIGHT * len(planner.rows)
        self.repaint()

    def _begin(self, planner: Planner, today: date) -> None:
        """Begin on today, at what is still to come."""
        self.row = self.column = 0
        if today in planner.days:
            self.column = planner.days.index(today)
        for at, row in enumerate(planner.rows):
            offer = planner.offers.get((row.slot, planner.days[self.column]))
            past = offer is not None and _is_past(offer)
            if not past or any(visit.holds for visit in self.visits(at, self.column)):
                self.row = at
                return

    def move(self, down: int, right: int) -> bool:
        """Move the cursor; False where it would leave the week sideways."""
        planner = self.planner
        if planner is None or not planner.rows:
            return True
        if not 0 <= self.column + right < len(planner.days):
            return False
        self.row = max(0, min(self.row + down, len(planner.rows) - 1))
        self.column += right
        self.repaint()
        self.post_message(self.CellMoved())
        return True

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return self.planner.days[self.column] if self.planner is not None else None

    @property
    def slot(self) -> str | None:
        """The slot under the cursor."""
        planner = self.planner
        return planner.rows[self.row].slot if planner is not None and planner.rows else None

    @property
    def offer(self) -> OfferView | None:
        """What could be booked under the cursor, or why not."""
        planner = self.planner
        if planner is None or self.slot is None or self.day is None:
            return None
        return planner.offers.get((self.slot, self.day))

    def visits(self, row: int | None = None, column: int | None = None) -> list[VisitView]:
        """The visits in a cell, by default the one under the cursor; those that hold come first."""
        planner = self.planner
        if planner is None or not planner.rows:
            return []
        slot = planner.rows[self.row if row is None else row].slot
        day = planner.days[self.column if column is None else column]
        named = {each.slot for each in planner.rows} - {FREE}
        here = [
            visit for visit in planner.visits
            if visit.day == day
            and (visit.slot == slot or (slot == FREE and visit.slot not in named))
        ]  # fmt: skip
        return sorted(here, key=lambda visit: (not visit.holds, visit.from_us))

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self.repaint()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        planner = self.planner
        if planner is None:
            return []
        side = _SIDE if width >= _NARROW else _NARROW_SIDE
        wide = max(7, (width - side) // len(planner.days))
        head = [Span(" " * side)]
        for at, day in enumerate(planner.days):
            ink = "accent" if at == self.column else "strong" if day == self.today else "quiet"
            name = day_name(day) + (" today" if day == self.today and wide > 13 else "")
            head.append(Span(fit(name, wide - 1, self.glyphs.ellipsis).ljust(wide), ink))
        lines: list[Line] = [head]
        for y, row in enumerate(planner.rows):
            hours = row.starts and (f"{row.starts}–{row.ends}" if side == _SIDE else row.starts)
            sides = (row.name, hours, "")
            cells = [self._cell(y, x, wide - 1) for x in range(len(planner.days))]
            for level in range(_ROW_HEIGHT):
                ink = "accent" if y == self.row and level == 0 else "quiet"
                line = [Span(fit(sides[level], side - 1, self.glyphs.ellipsis).ljust(side), ink)]
                for x, cell in enumerate(cells):
                    target = f"{y} {x}"
                    paper = "plain"
                    if (y, x) == (self.row, self.column):
                        paper = "cursor" if self.has_focus else "resting"
                    text, said = cell[level]
                    if level == _ROW_HEIGHT - 1:
                        paper = "plain"
                    line.append(Span(text.ljust(wide - 1), said, paper, target))
                    line.append(Span(" "))
                lines.append(line)
        return lines

    def _cell(self, row: int, column: int, width: int) -> list[tuple[str, str]]:
        """The lines of a cell with their ink."""
        planner, glyphs = self.planner, self.glyphs
        assert planner is not None
        here = (row, column) == (self.row, self.column)
        mark = glyphs.cursor if here else " "
        offer = planner.offers.get((planner.rows[row].slot, planner.days[column]))
        lines: list[tuple[str, str]] = []
        held = self.visits(row, column)
        if offer is not None and offer.bookable and not any(each.holds for each in held):
            # What was cancelled or missed leaves the slot free for another.
            words, ink = offer_words(offer)
            lines.append((fit(f"{mark}{words}", width, glyphs.ellipsis), ink))
        for visit in held[:2]:
            ink = stage_words(visit)[1] if visit.stage == "arrived" else "strong"
            start = "" if planner.rows[row].starts else f"{visit.starts} "
            said = f"{visit_mark(visit, glyphs)} {start}"
            room = width - len(mark) - len(said)
            who = visit.engineer if len(visit.engineer) <= room else first_name(visit.engineer)
            ink = ink if visit.holds else "quiet"
            lines.append((fit(mark + said + who, width, glyphs.ellipsis), ink))
        if len(held) == len(lines) == 1:
            below = for_words(held[0]) or stage_words(held[0])[0] or held[0].site
            lines.append((fit(f"{mark}  {below}", width, glyphs.ellipsis), "quiet"))
        if not lines:
            if offer is not None and _is_past(offer):
                lines.append((f"{mark}{glyphs.dot}", "quiet"))
            elif offer is not None:
                words, ink = offer_words(offer)
                cross = "" if offer.bookable else f"{glyphs.missed} "
                lines.append((fit(f"{mark}{cross}{words}", width, glyphs.ellipsis), ink))
            elif self.today is not None and planner.days[column] >= self.today:
                lines.append((fit(f"{mark}pick a time", width, glyphs.ellipsis), "quiet"))
            else:
                lines.append((f"{mark}{glyphs.dot}", "quiet"))
        while len(lines) < _ROW_HEIGHT:
            lines.append((mark if here and len(lines) < _ROW_HEIGHT - 1 else "", "quiet"))
        return lines

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click goes there."""
        message.stop()
        row, _, column = message.target.partition(" ")
        self.focus()
        self.move(int(row) - self.row, int(column) - self.column)


def _is_past(offer: OfferView) -> bool:
    return offer.why_not is not None and offer.why_not.reason is Reason.PAST
