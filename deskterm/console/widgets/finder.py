"""A line that finds what is typed: candidates below it, taken with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.lines import Choice, ChoiceLines

#: How many are offered at most.
CANDIDATES: Final = 5


class Finder(Vertical):
    """Posts what is typed; whoever knows answers with `offer`."""

    @dataclass
    class Typed(Message):
        """Something else is typed; what was chosen before is not any more."""

        finder: Finder
        text: str

    @dataclass
    class Picked(Message):
        """A candidate was taken."""

        finder: Finder
        value: str
        text: str

    @dataclass
    class Left(Message):
        """Enter on a line with nothing to take: go on."""

        finder: Finder

    @dataclass
    class Unchosen(Message):
        """The keys went elsewhere, and what is typed was taken from no candidate."""

        finder: Finder
        text: str

    def __init__(
        self,
        placeholder: str,
        *,
        glyphs: Glyphs = UNICODE,
        id: str,  # noqa: A002 -- Textual's own name for it
        text: str = "",
    ) -> None:
        """`text` is what stands in the line at first."""
        super().__init__(id=id)
        self._placeholder = placeholder
        self._glyphs = glyphs
        self.chosen: str | None = None
        """The value taken, while the text is still its own."""
        self._own_text = text

    def compose(self) -> ComposeResult:
        entry = Input(self._own_text, placeholder=self._placeholder, classes="field-entry")
        entry.cursor_blink = False
        yield entry
        lines = ChoiceLines((), glyphs=self._glyphs)
        lines.can_focus = False
        lines.display = False
        yield lines

    @property
    def entry(self) -> Input:
        """The line."""
        return self.query_one(Input)

    @property
    def _lines(self) -> ChoiceLines:
        return self.query_one(ChoiceLines)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.entry.value

    def fill(self, text: str, value: str | None = None) -> None:
        """Put `text` there without asking for candidates."""
        self.chosen, self._own_text = value, text
        self.entry.value = text
        self._lines.display = False

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show candidates for what is typed."""
        lines = self._lines
        lines.choices, lines.index = tuple(choices), 0
        lines.styles.height = max(1, len(choices))
        lines.display = bool(choices) and self.chosen is None and self.entry.has_focus
        lines.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask for candidates."""
        event.stop()
        if event.value != self._own_text:
            self.chosen, self._own_text = None, event.value
            self.post_message(self.Typed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the selected candidate, or go on."""
        event.stop()
        if self._lines.display and self._lines.selected is not None:
            self._take(self._lines.selected)
        else:
            self.post_message(self.Left(self))

    def _take(self, choice: Choice) -> None:
        self.fill(choice.text, choice.value)
        self.post_message(self.Picked(self, choice.value, choice.text))

    def on_key(self, event: events.Key) -> None:
        """Arrows move among the candidates while there are any."""
        if self._lines.display and event.key in ("down", "up"):
            event.stop()
            event.prevent_default()
            self._lines.move(1 if event.key == "down" else -1)

    def on_choice_lines_chosen(self, message: ChoiceLines.Chosen) -> None:
        """A click takes one."""
        message.stop()
        choice = self._lines.selected
        if choice is not None:
            self._take(choice)

    def on_descendant_blur(self) -> None:
        """Candidates are only shown where one is typing."""
        self._lines.display = False
        if self.chosen is None and self.text.strip():
            self.post_message(self.Unchosen(self, self.text.strip()))


def begins(name: str, text: str) -> bool:
    """Whether `name`, or a word of it and what follows, begins with `text`."""
    wanted, words = text.casefold(), name.casefold().split()
    return any(" ".join(words[at:]).startswith(wanted) for at in range(len(words)))
