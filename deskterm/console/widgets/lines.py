"""Lines of text to be read or to choose from: as many as there are, one may be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.widgets.ticket_columns import fit
from deskterm.console.wrapping import wrapped_line


class TextLines(Painted):
    """Lines to be read, as high as they are many; what is too long is cut, but see `Prose`."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self.content: Sequence[Line] = lines
        self.styles.height = max(1, len(lines))

    def set_content(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.content = lines
        self.styles.height = max(1, len(lines))
        self.repaint()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self.content


class Prose(TextLines):
    """Lines to be read that are broken where they are longer than there is room."""

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(lines, id=id)
        self.styles.height = "auto"

    def set_content(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        before, self.content = self.content, lines
        width = self.size.width
        if len(self._broken(before, width)) != len(self._broken(lines, width)):
            self.refresh(layout=True)
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it is at that width."""
        return max(1, len(self._broken(self.content, width)))

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        return self._broken(self.content, width)

    @staticmethod
    def _broken(lines: Sequence[Line], width: int) -> list[Line]:
        return [part for line in lines for part in wrapped_line(line, max(1, width))]


class Choice(NamedTuple):
    """A line that can be chosen, or that says why not."""

    value: str
    text: str
    why_not: str | None = None


class ChoiceLines(Painted, can_focus=True):
    """Lines of which one is selected; digits select, as do a click and the arrows."""

    @dataclass
    class Chosen(Message):
        """A line was clicked."""

        value: str

    @dataclass
    class Moved(Message):
        """Another line is selected."""

        value: str

    def __init__(
        self,
        choices: Sequence[Choice],
        current: str = "",
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.choices = tuple(choices)
        self.glyphs = glyphs
        self.index = next((at for at, c in enumerate(self.choices) if c.value == current), 0)
        self.styles.height = max(1, len(self.choices))
        # Hundreds of lines are made once, not for each move of the cursor.
        self._unselected: tuple[tuple[Sequence[Choice], int], list[Line]] = (((), 0), [])

    @property
    def selected(self) -> Choice | None:
        """The selected line."""
        return self.choices[self.index] if self.choices else None

    def move(self, by: int) -> None:
        """Select another line."""
        before = self.index
        self.index = max(0, min(self.index + by, len(self.choices) - 1))
        if self.index != before and self.selected is not None:
            self.post_message(self.Moved(self.selected.value))
        self.repaint()
        self.scroll_to_region_of_line()

    def scroll_to_region_of_line(self) -> None:
        """Keep the selected line in view of whatever scrolls around it."""
        line, inner = Region(0, self.index, 1, 1), cast(Widget, self)
        while isinstance(outer := inner.parent, Widget):
            line = line.translate(inner.virtual_region.offset)
            if outer.allow_vertical_scroll:
                outer.scroll_to_region(line, animate=False)
                return
            inner = outer

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        made_of = (self.choices, width)
        if self._unselected[0] != made_of:
            self._unselected = made_of, [
                self._line(at, width, "plain") for at in range(len(self.choices))
            ]
        lines = list(self._unselected[1])
        if self.index < len(lines):
            paper = "cursor" if self.has_focus else "resting"
            lines[self.index] = self._line(self.index, width, paper)
        return lines

    def _line(self, at: int, width: int, paper: str) -> Line:
        choice = self.choices[at]
        quiet = choice.why_not is not None
        text = choice.text if not quiet else f"{choice.text}: {choice.why_not}"
        digit = str(at + 1) if at < 9 else " "
        calm = "quiet" if paper == "plain" else "ink"
        return (
            Span(" " if paper == "plain" else self.glyphs.cursor, "me", paper, choice.value),
            Span(f"{digit} ", calm, paper, choice.value),
            Span(
                fit(text, max(1, width - 3), self.glyphs.ellipsis),
                calm if quiet else "ink", paper, choice.value,
            ),
        )  # fmt: skip

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here; the events come before the widget knows of it."""
        super().watch_has_focus(value)
        self.repaint()
        if value:
            # Textual brings the middle of what is focused into view, however long it is.
            self.call_after_refresh(self.scroll_to_region_of_line)

    def on_key(self, event: object) -> None:
        """A digit selects its line."""
        key = getattr(event, "key", "")
        if len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(self.choices):
            self.move(int(key) - 1 - self.index)

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click chooses."""
        message.stop()
        at = next(i for i, choice in enumerate(self.choices) if choice.value == message.target)
        self.move(at - self.index)
        self.focus()
        self.post_message(self.Chosen(message.target))
