"""What works in the settings."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_SETTINGS: Final = "Settings"

SETTINGS: Final = (
    Action("settings.save", "ctrl+s", "save", "Write the settings to config.toml.", _SETTINGS,
           footer=True, priority=True),
    Action("settings.keys", "k", "keys", "Put actions on other keys.", _SETTINGS, footer=True),
    Action("settings.reset", "d", "defaults", "Show every setting as it was at first; saving"
           " writes it.", _SETTINGS, footer=True),
    Action("settings.down", "down,j,tab", "down", "Next setting.", _SETTINGS),
    Action("settings.up", "up,shift+tab", "up", "Setting before.", _SETTINGS),
)  # fmt: skip

KEYS: Final = (
    Action("keys.change", "enter", "other key", "Press the key the action should be on.",
           _SETTINGS, footer=True),
    Action("keys.default", "delete,backspace", "default", "Put the action back on its first key.",
           _SETTINGS, footer=True),
    Action("keys.down", "down", "down", "Next action.", _SETTINGS),
    Action("keys.up", "up", "up", "Action before.", _SETTINGS),
    Action("keys.page-down", "pagedown", "page down", "A page down.", _SETTINGS),
    Action("keys.page-up", "pageup", "page up", "A page up.", _SETTINGS),
)  # fmt: skip

ACTIONS: Final = (*SETTINGS, *KEYS)
