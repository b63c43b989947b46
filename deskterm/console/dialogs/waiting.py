"""In the place of a window that cannot open yet: the desk cannot be reached, or takes its time.

What is typed for that window stays in sight, is kept as a draft and goes into it; none of it is
ever taken for a key of the screen behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.app import ComposeResult

from deskterm.console.dialogs.base import Dialog
from deskterm.console.drafts import AHEAD
from deskterm.console.widgets.lines import Prose
from deskterm.console.widgets.painted import Span

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from deskterm.desk.errors import DeskError

_KEEPS: Final = "What you type here goes into it; Esc leaves it."
_WAITS: Final = "It opens here as soon as the desk answers; Esc leaves it."


class WaitingDialog(Dialog):
    """Dismissed with what `work` answers once the desk can be asked, or None."""

    def __init__(
        self, title: str, work: Callable[[], Any], why: str = "", draft: str = ""
    ) -> None:
        """`why` is what the desk said last, `draft` where typed text is kept, if anywhere."""
        super().__init__()
        self._title = title
        self._work = work
        self._why = why
        self._draft = draft

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return self._title

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        from textual.widgets import TextArea

        yield Prose(self._words(), id="waiting-words")
        if self._draft:
            kept = self.desk_app.drafts.find(self._draft).get(AHEAD, "")
            area = TextArea(kept, id="waiting-text", classes="field-entry", tab_behavior="focus")
            area.cursor_blink = False
            yield area

    def _words(self) -> list[list[Span]]:
        why = self._why or "The desk takes its time …"
        then = f"It opens here as soon as the desk answers. {_KEEPS}" if self._draft else _WAITS
        return [[Span(why, "late" if self._why else "quiet")], [Span(then, "ink")]]

    @property
    def _text(self) -> TextArea | None:
        from textual.widgets import TextArea

        found = self.query(TextArea)
        return found.first() if found else None

    def on_mount(self) -> None:
        """Ask, now and whenever the desk is back."""
        text = self._text
        if text is not None:
            text.move_cursor(text.document.end)
            text.focus()
        self.ask(self._work, self._answered, group="waiting", failed=self._failed, waits=True)

    def _failed(self, error: DeskError) -> None:
        self._why = error.sentence
        self.query_one("#waiting-words", Prose).set_content(self._words())

    def _answered(self, answer: Any) -> None:
        self.before_leaving()
        self.desk_app.hold_keys()
        self.dismiss(answer)

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self.before_leaving()

    def before_leaving(self) -> None:
        """See `Dialog.before_leaving`."""
        text = self._text
        if text is not None:
            kept = self.desk_app.drafts.find(self._draft)
            self.desk_app.keep_draft(self._draft, {**kept, AHEAD: text.text})
