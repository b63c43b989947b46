"""The command palette: everything that can be done here, found by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, SimpleCommand, SimpleProvider
from textual.widgets import Input

from deskterm.console.actions import keys_shown
from deskterm.console.palette_places import SearchedPlaces
from deskterm.console.screens.base import DeskScreen
from deskterm.console.screens.host import ActionHost

if TYPE_CHECKING:
    from deskterm.console.app import DeskApp


class Palette(CommandPalette):
    """Textual's palette in our colours, without its wide picture of a lens."""

    CSS_PATH = "palette.tcss"

    def on_mount(self) -> None:
        """A cursor that blinks would send something to the terminal for ever."""
        self.query_one(Input).cursor_blink = False


def open_palette(app: DeskApp) -> None:
    """Offer what applies here; what cannot be done now says why instead of being hidden."""
    screen = app.screen
    if not isinstance(screen, ActionHost):
        return
    now = screen.situation()
    commands: list[SimpleCommand] = []
    for action in screen.actions():
        keys = keys_shown(action, app.settings.keys, app.glyphs)
        key = f"  ({keys})" if keys else ""
        why = action.why_not(now)
        commands.append(
            SimpleCommand(
                f"{action.label[:1].upper()}{action.label[1:]}{key}",
                partial(screen.action_act, action.id),
                why or action.tooltip,
            )
        )
    searched = [SearchedPlaces] if isinstance(screen, DeskScreen) else []
    app.push_screen(
        Palette(
            # An instance is called where a class would be, and answers with itself.
            providers=[SimpleProvider(screen, list(commands)), *searched],  # type: ignore[list-item]
            placeholder="What do you want to do?",
        )
    )
