"""One line above a list: what is looked for, how much matched, and how to clear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from deskterm.console.widgets.painted import Line, Painted, Span

#: Keys that come faster than anybody types are one text: a paste, or a slow line catching up.
_BURST_SECONDS: Final = 0.006


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
        self._burst: Timer | None = None

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
        """Pass it on as what it means here, as soon as no further key follows at once."""
        event.stop()
        if self._burst is not None:
            self._burst.stop()
        self._burst = self.set_timer(_BURST_SECONDS, self._tell)

    def _tell(self) -> None:
        if self._burst is not None:
            self._burst.stop()
            self._burst = None
            self.post_message(self.FilterTyped(self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes back to the list."""
        event.stop()
        self._tell()
        self.post_message(self.FilterKept())


class _Slash(Painted):
    def __init__(self) -> None:
        super().__init__(id="filter-slash")

    def draw(self, width: int, height: int) -> list[Line]:
        return [[Span(" /", "key")]]
