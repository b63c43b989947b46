"""A window with text in it, which neither Esc nor a crash loses."""

from __future__ import annotations

from typing import Final

from deskterm.console.dialogs.base import Dialog
from deskterm.console.lull import Lull

#: Typing is kept this long after the last key, in seconds.
_KEPT_SECONDS: Final = 0.4


class TypedDialog(Dialog):
    """Subclasses name their `draft` and say in `typed_words` what there is to keep."""

    def __init__(self) -> None:
        super().__init__()
        self._keeping = Lull(self, _KEPT_SECONDS, self.keep_now)

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
        self._keeping.begin()

    def keep_now(self) -> bool:
        """Keep it, as it is taken or left; whether there is anything."""
        self._keeping.end()
        words = self.typed_words()
        self.desk_app.keep_draft(self.draft, words)
        return bool(words)

    def before_leaving(self) -> None:
        """See `Dialog.before_leaving`."""
        if self.keep_now():
            self.desk_app.say("Your text is kept as a draft.")
