"""The top line: where one is, whether the desks are open, what time it is and who one is."""

from __future__ import annotations

from collections.abc import Sequence

from deskterm.console.clocktext import Localise, day_and_time, due_text, span_words, system_local
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span, width_of
from deskterm.desk.hours import DeskHours


class HeaderLine(Painted):
    """One line; what does not fit is left out from the least important end."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, local: Localise = system_local) -> None:
        super().__init__(id="header-line")
        self.glyphs = glyphs
        self.local = local
        self.places: Sequence[tuple[str, str]] = ()
        """(action id, name) of the screens there are."""
        self.place = ""
        self.hours: Sequence[DeskHours] = ()
        self.agent = ""
        self.notice: str | None = None
        """What is wrong with the database, while something is."""
        self.read_only = False
        self._now_us = 0

    def tick(self, now_us: int) -> None:
        """It is `now_us`."""
        self._now_us = now_us
        self.repaint()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        dot = self.glyphs.dot
        brand = [Span(" deskterm ", "title")]
        right = [Span(day_and_time(self._now_us, self.local), "ink")]
        if self.agent:
            right += [Span(f" {dot} ", "quiet"), Span(self.agent, "ink")]
        if self.read_only:
            right.append(Span(f" {dot} read-only", "risk"))
        right.append(Span(" "))
        here = [
            Span(f"  {name}", "accent" if action == self.place else "quiet", target=action)
            for action, name in self.places
        ]
        only_here = [span for span in here if span.target == self.place]
        # What is said of the desks becomes short before the names of the screens go.
        middles = self._middles()
        choices = [(places, middle) for places in (here, only_here) for middle in middles]
        choices.append((only_here, []))
        for places, middle in choices:
            left = [*brand, *places]
            spare = width - width_of(left) - width_of(middle) - width_of(right)
            if spare >= 4 or (spare >= 2 and not middle):
                before = spare // 2
                return [[*left, Span(" " * before), *middle, Span(" " * (spare - before)), *right]]
        return [[*brand, *right]]

    def _middles(self) -> Sequence[list[Span]]:
        """What is said of the desks, from most words to fewest."""
        if self.notice is not None:
            return [[Span(self.notice, "late")], [Span("database lost", "late")]]
        if not self.hours:
            return [[]]
        now, total = self._now_us, len(self.hours)
        opened = [hours for hours in self.hours if hours.open]
        changes = [
            hours.changes_us
            for hours in (opened or self.hours)
            if hours.changes_us is not None and hours.changes_us > now
        ]
        desks = "desk" if total == 1 else "desks"
        if opened:
            count = "desk open" if total == 1 else f"{len(opened)} of {total} {desks} open"
            if not changes:
                return [[Span(count, "quiet")]]
            left = span_words(min(changes) - now)
            when = f"closes in {left}" if total == 1 else f"next closes in {left}"
            return [[Span(f"{count}, {when}", "quiet")], [Span(count, "quiet")]]
        closed = "desk closed" if total == 1 else "all desks closed"
        if not changes:
            return [[Span(closed, "risk")]]
        opens = due_text(min(changes), now, self.local, self.glyphs)
        return [
            [Span(closed, "risk"), Span(f" {self.glyphs.dot} opens {opens}", "quiet")],
            [Span(f"opens {opens}", "risk")],
            [Span(closed, "risk")],
            [Span("closed", "risk")],
        ]
