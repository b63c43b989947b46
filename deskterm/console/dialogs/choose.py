"""Choose one of a few things by its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.lines import Choice, ChoiceLines


class ChooseDialog(Dialog):
    """Dismissed with the value of the chosen line, or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.CHOOSE

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        current: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return self._title

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield ChoiceLines(self._choices, self._current, glyphs=self.desk_app.glyphs)

    @property
    def lines(self) -> ChoiceLines:
        """The lines."""
        return self.query_one(ChoiceLines)

    def on_mount(self) -> None:
        """Keys go to the lines."""
        self.lines.focus()

    def do_down(self) -> None:
        """Next line."""
        self.lines.move(1)

    def do_up(self) -> None:
        """Line before."""
        self.lines.move(-1)

    def do_choose(self) -> None:
        """Take the selected line, or hear why not."""
        choice = self.lines.selected
        if choice is None:
            return
        if choice.why_not is not None:
            self.desk_app.say(choice.why_not, "warning")
        else:
            self.dismiss(choice.value)

    def on_choice_lines_chosen(self, message: ChoiceLines.Chosen) -> None:
        """A click takes a line at once."""
        message.stop()
        self.do_choose()
