"""A window with text in it, which neither Esc nor a crash loses."""

from __future__ import annotations

from typing import Final

from textual.timer import Timer

from deskterm.console.dialogs.base import Dialog

#: Typing is kept this long after the last key, in seconds.
_KEPT_SECONDS: Final = 0.4


class TypedDialog(Dialog):
    """Subclasses name their `draft` and say in `typed_words` what there is to keep."""

    def __init__(self) -> None:
        super().__init__()
        self._keeper: Timer | None = None

    @property
    def draft(self) -> str:
        """The name the typed text is kept under."""
        raise NotImplementedError

    def typed_words(self) -> dict[str, str]:
        """What is typed by now; nothing where there is nothing worth keeping."""
        raise NotImplementedError

    def on_input_changed(self) -> None:
        """Something was typed."""
        self.keep_soon()

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self.keep_soon()

    def keep_soon(self) -> None:
        """Keep it once no key has come for a moment."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self.set_timer(_KEPT_SECONDS, self.keep_now)

    def keep_now(self) -> bool:
        """Keep it, as it is taken or left; whether there is anything."""
        if self._keeper is not None:
            self._keeper.stop()
        words = self.typed_words()
        self.desk_app.keep_draft(self.draft, words)
        return bool(words)

    def before_leaving(self) -> None:
        """See `Dialog.before_leaving`."""
        if self.keep_now():
            self.desk_app.say("Your text is kept as a draft.")
