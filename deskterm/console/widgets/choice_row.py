"""A few things beside each other of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.painted import Line, Painted, Span, width_of


class ChoiceRow(Painted, can_focus=True):
    """``(•) incident  ( ) change``; left and right choose, as do a click and the digits."""

    @dataclass
    class Changed(Message):
        """Another one is chosen."""

        sender: ChoiceRow
        value: str

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice],
        current: str,
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.label = label
        self.choices = tuple(choices)
        self.glyphs = glyphs
        self.index = next((at for at, c in enumerate(self.choices) if c.value == current), 0)
        self.styles.height = 1

    def offer(self, choices: Sequence[Choice], current: str) -> None:
        """Other choices; what was chosen before stays where it is among them."""
        self.choices = tuple(choices)
        values = [choice.value for choice in self.choices]
        self.index = values.index(current) if current in values else 0
        self.styles.height = max(1, len(self._lines_of(self.size.width)))
        self.repaint()

    @property
    def value(self) -> str:
        """What is chosen."""
        return self.choices[self.index].value

    def move(self, by: int) -> None:
        """Choose the next or the one before."""
        self.choose((self.index + by) % len(self.choices))

    def choose(self, index: int) -> None:
        """Choose the one at `index`."""
        if index != self.index:
            self.index = index
            self.repaint()
            self.post_message(self.Changed(self, self.value))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._lines_of(width)

    def on_resize(self) -> None:
        """They may need another line, or one less."""
        self.styles.height = len(self._lines_of(self.size.width))

    def _lines_of(self, width: int) -> list[Line]:
        label = Span(f"{self.label}  ", "quiet")
        lines: list[list[Span]] = [[label]]
        for at, choice in enumerate(self.choices):
            here = at == self.index
            mark = self.glyphs.marked if here else " "
            paper = "cursor" if here and self.has_focus else "plain"
            ink = "strong" if here else "ink"
            span = Span(f"({mark}) {choice.text}", ink, paper, choice.value)
            if width_of(lines[-1]) + span.width > width and len(lines[-1]) > 1:
                lines.append([Span(" " * label.width)])
            lines[-1] += [span, Span("  ")]
        return [*lines]

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """Left and right choose, as do digits."""
        key = event.key
        if key in ("left", "right"):
            event.stop()
            self.move(1 if key == "right" else -1)
        elif len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(self.choices):
            self.choose(int(key) - 1)

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click chooses."""
        message.stop()
        self.focus()
        self.choose(next(i for i, c in enumerate(self.choices) if c.value == message.target))
