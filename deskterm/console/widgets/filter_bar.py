"""One line above a list: what is looked for, how much matched, and how to clear it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from deskterm.console.widgets.painted import Line, Painted, Span


class _Found(Painted):
    """What came of it."""

    def __init__(self) -> None:
        super().__init__(id="filter-found")
        self.text = ""
        self.wrong = False

    def draw(self, width: int, height: int) -> list[Line]:
        """See `Painted.draw`."""
        text = self.text if len(self.text) <= width else self.text[: max(0, width - 1)] + "…"
        return [[Span(text.rjust(width), "risk" if self.wrong else "quiet")]]


class FilterBar(Horizontal):
    """Posts what is typed as it is typed."""

    @dataclass
    class FilterTyped(Message):
        """The text is another."""

        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the newest text matters."""
            return isinstance(message, FilterBar.FilterTyped)

    class FilterKept(Message):
        """The keys go back to the list, the filter stays."""

    def __init__(self, text: str = "") -> None:
        super().__init__(id="filter-bar")
        self._text = text

    def compose(self) -> ComposeResult:
        label = _Slash()
        yield label
        entry = Input(
            self._text, placeholder="words, p:high, who:me, customer:oak, clock:risk …",
            id="filter-text", compact=True, select_on_focus=False,
        )  # fmt: skip
        entry.cursor_blink = False
        yield entry
        yield _Found()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(Input).value

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show what came of it."""
        found = self.query_one(_Found)
        found.text, found.wrong = text, wrong
        found.repaint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass it on as what it means here."""
        event.stop()
        self.post_message(self.FilterTyped(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes back to the list."""
        event.stop()
        self.post_message(self.FilterKept())


class _Slash(Painted):
    def __init__(self) -> None:
        super().__init__(id="filter-slash")

    def draw(self, width: int, height: int) -> list[Line]:
        return [[Span(" /", "key")]]
