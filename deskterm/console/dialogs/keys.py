"""Every action and the keys it is on; the next key pressed becomes another one's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from deskterm.console import config
from deskterm.console.actions import Action, keys_shown
from deskterm.console.catalog import everything
from deskterm.console.catalog import settings as catalog
from deskterm.console.config_text import CannotChange
from deskterm.console.dialogs.base import Dialog
from deskterm.console.keyclash import why_not
from deskterm.console.widgets.lines import Choice, ChoiceLines, TextLines
from deskterm.console.widgets.painted import Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.errors import DeskError


class KeysDialog(Dialog):
    """What is changed is written at once and works at once; Del goes back."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.KEYS

    def __init__(self) -> None:
        super().__init__()
        self._waiting = False
        self._shown = [each for each in everything() if each.key and not each.numbered]

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Keys"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Choose an action, press Enter, then its new key.", "quiet")], []],
                        id="keys-words")  # fmt: skip
        with VerticalScroll(id="keys-scroll", can_focus=False):
            yield ChoiceLines(self._choices(), glyphs=self.desk_app.glyphs)

    def _choices(self) -> list[Choice]:
        app = self.desk_app
        own = app.settings.keys
        return [
            Choice(
                each.id,
                f"{keys_shown(each, own, app.glyphs):<12} {each.label:<16} {each.group}"
                + ("  (yours)" if each.id in own else ""),
            )
            for each in self._shown
        ]

    @property
    def lines(self) -> ChoiceLines:
        """The actions."""
        return self.query_one(ChoiceLines)

    def on_resize(self) -> None:
        """The sentence above the actions stays where it is."""
        self.query_one("#keys-scroll").styles.height = max(1, self._room() - 2)

    def on_mount(self) -> None:
        """Keys go to the actions."""
        self.lines.focus()

    def _say(self, text: str, ink: str = "quiet") -> None:
        words = self.query_one("#keys-words", TextLines)
        width = self.query_one("#keys-scroll").size.width
        words.set_content([*([Span(part, ink)] for part in wrapped(text, width)), []])

    # Waiting for a key ------------------------------------------------------------------------

    def do_change(self) -> None:
        """The next key is meant for the selected action."""
        chosen = self._selected()
        self._waiting = True
        self._say(f"Press the new key of “{chosen.label}”; Esc leaves it.", "accent")

    def _selected(self) -> Action:
        return self._shown[self.lines.index]

    def on_key(self, event: events.Key) -> None:
        """Take a key that is waited for."""
        if not self._waiting:
            return
        event.stop()
        event.prevent_default()
        self._waiting = False
        if event.key == "escape":
            self._say("Nothing is changed.")
        else:
            self._take(event.key)

    def action_act(self, action_id: str, digit: int | None = None) -> None:
        """While a key is waited for, no key means what it does otherwise."""
        if not self._waiting:
            super().action_act(action_id, digit)
            return
        # Only keys with priority come here before `on_key` has seen them.
        self._waiting = False
        pressed = next(each for each in self.actions() if each.id == action_id)
        self._take(pressed.keys(self.desk_app.settings.keys)[0])

    def _take(self, key: str) -> None:
        app, chosen = self.desk_app, self._selected()
        why = why_not(chosen, key, app.settings.keys, app.glyphs)
        if why is not None:
            self._say(why, "late")
        else:
            self._write(chosen, key)

    def do_default(self) -> None:
        """Back to its first key, unless that is another action's by now."""
        app, chosen = self.desk_app, self._selected()
        for key in chosen.keys({}):
            why = why_not(chosen, key, app.settings.keys, app.glyphs)
            if why is not None:
                self._say(why, "late")
                return
        self._write(chosen, None)

    def _write(self, chosen: Action, key: str | None) -> None:
        app, path = self.desk_app, self.desk_app.paths.config

        def write() -> Mapping[str, str]:
            try:
                config.write_setting(path, chosen.id, key, "keys")
            except CannotChange as error:
                raise DeskError(error.sentence) from error
            except OSError as error:
                raise DeskError(f"{path} cannot be written: {error.strerror}.") from error
            own = {name: keys for name, keys in app.settings.keys.items() if name != chosen.id}
            return own if key is None else {**own, chosen.id: key}

        def written(own: Mapping[str, str]) -> None:
            app.use_keys(own)
            lines = self.lines
            lines.choices = tuple(self._choices())
            lines.repaint()
            keys = keys_shown(chosen, own, app.glyphs)
            self._say(f"“{chosen.label}” is on {keys}.", "accent")

        def failed(error: DeskError) -> None:
            self._say(error.sentence, "late")

        self.write(write, written, group="keys", failed=failed, says="saving …")

    # Moving -------------------------------------------------------------------------------------

    def do_down(self) -> None:
        """Next action."""
        self.lines.move(1)

    def do_up(self) -> None:
        """Action before."""
        self.lines.move(-1)

    def do_page_down(self) -> None:
        """A page on."""
        self.lines.move(12)

    def do_page_up(self) -> None:
        """A page back."""
        self.lines.move(-12)


