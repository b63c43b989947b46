"""A customer's card: lines to be read, of which some can be selected and opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.geometry import Region
from textual.message import Message

from deskterm.console.clocktext import Localise, due_clock, next_change_us, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.customer_sections import CardWriter
from deskterm.console.widgets.painted import Line, Painted, Span, width_of
from deskterm.desk.customer_sheet import CustomerSheet


class CustomerCardLines(Painted, can_focus=True):
    """As high as what it has to say; the cursor goes from thing to thing."""

    @dataclass
    class Chosen(Message):
        """The selected thing was clicked again: ``ticket:7``, ``contact:3`` and the like."""

        target: str

    def __init__(
        self,
        keys: dict[str, str],
        *,
        glyphs: Glyphs = UNICODE,
        local: Localise = system_local,
    ) -> None:
        """`keys` are the keys of the screen's actions, by the last part of their ids."""
        super().__init__(id="customer-card")
        self.keys = keys
        self.glyphs = glyphs
        self.local = local
        self.sheet: CustomerSheet | None = None
        self.selected: str | None = None
        self._now_us = 0

    def show(self, sheet: CustomerSheet | None, now_us: int) -> None:
        """Show another customer, or the same one as it is now."""
        self.sheet, self._now_us = sheet, now_us
        things = self.things()
        if self.selected not in things:
            self.selected = things[0] if things else None
        self._fit(max(20, self.size.width))
        self.repaint()

    def tick(self, now_us: int) -> int | None:
        """It is `now_us`; when it next shows something else."""
        self._now_us = now_us
        self.repaint()
        if self.sheet is None:
            return None
        cells = [due_clock(row) for row in self.sheet.open]
        changes = [next_change_us(cell, now_us) for cell in cells if cell is not None]
        return min((at for at in changes if at is not None), default=None)

    def things(self) -> list[str]:
        """What can be selected, from top to bottom."""
        found = (
            span.target for line in self._written(80) for span in line
            if span.target is not None and ":" in span.target
        )  # fmt: skip
        return list(dict.fromkeys(found))

    def move(self, by: int) -> None:
        """Select another thing, or read on where there is none."""
        things = self.things()
        if self.selected in things:
            at = things.index(self.selected) + by
            if 0 <= at < len(things):
                self.selected = things[at]
                self.repaint()
                self._follow()
                return
        scroll = self.parent
        if scroll is not None and hasattr(scroll, "scroll_relative"):
            scroll.scroll_relative(y=3 * by, animate=False)

    def _follow(self) -> None:
        at = next(
            (y for y, line in enumerate(self._written(self.size.width))
             if any(span.target == self.selected for span in line)), 0
        )  # fmt: skip
        scroll = self.parent
        if scroll is not None and hasattr(scroll, "scroll_to_region"):
            scroll.scroll_to_region(Region(0, at, 1, 3), animate=False)

    def _written(self, width: int) -> list[Line]:
        if self.sheet is None:
            return []
        return CardWriter(
            self.sheet, width, self._now_us, self.local, self.glyphs, self.keys
        ).lines()

    def _fit(self, width: int) -> None:
        self.styles.height = max(1, len(self._written(width)))

    def on_resize(self) -> None:
        """Lines may break elsewhere."""
        self._fit(self.size.width)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        lines: list[Line] = []
        for line in self._written(width):
            here = self.selected is not None and any(s.target == self.selected for s in line)
            if not here:
                lines.append(line)
                continue
            paper = "cursor" if self.has_focus else "plain"
            spans = [span._replace(paper=paper) for span in line]
            spare = width - width_of(spans)
            lines.append([*spans, Span(" " * max(0, spare), "ink", paper, self.selected)])
        return lines

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self.repaint()

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click selects, another opens; an action written on the card is done."""
        if ":" not in message.target:
            return
        message.stop()
        self.focus()
        if message.target == self.selected:
            self.post_message(self.Chosen(message.target))
        self.selected = message.target
        self.repaint()
