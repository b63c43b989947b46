"""Above a list: what is looked for, and below it how much matched or what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from deskterm.console.lull import Lull
from deskterm.console.widgets.painted import Line, Painted, Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.filters import KEYS

#: Keys that come faster than anybody types are one text: a paste, or a slow line catching up.
_BURST_SECONDS: Final = 0.006


class _Found(Painted):
    """What came of it, to its end; while nothing is typed, what can be."""

    def __init__(self) -> None:
        super().__init__(id="filter-found")
        self.text = ""
        self.wrong = False

    def say(self, text: str, *, wrong: bool) -> None:
        """Something else came of it."""
        self.text, self.wrong = text, wrong
        self._fit()
        self.repaint()

    def on_resize(self) -> None:
        """Sentences may break elsewhere."""
        self._fit()

    def _fit(self) -> None:
        self.styles.height = max(1, len(self.draw(self.size.width, 0)))

    def draw(self, width: int, height: int) -> list[Line]:
        """See `Painted.draw`."""
        said = self.text or f"a word, or {' '.join(f'{key}:' for key in KEYS)}"
        ink = "risk" if self.wrong else "quiet"
        return [[Span(f"   {part}", ink)] for part in wrapped(said, max(10, width - 4))]


class FilterBar(Vertical):
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
        self._burst = Lull(self, _BURST_SECONDS, self._typed)

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield _Slash()
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
        self.query_one(_Found).say(text, wrong=wrong)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass it on as what it means here, as soon as no further key follows at once."""
        event.stop()
        self._burst.begin()

    def _typed(self) -> None:
        self.post_message(self.FilterTyped(self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes back to the list."""
        event.stop()
        if self._burst.end():
            self._typed()
        self.post_message(self.FilterKept())


class _Slash(Painted):
    def __init__(self) -> None:
        super().__init__(id="filter-slash")

    def draw(self, width: int, height: int) -> list[Line]:
        return [[Span(" /", "key")]]
