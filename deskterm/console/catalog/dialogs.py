"""What works in the small windows over a screen."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_DIALOG: Final = "Windows"

BACK: Final = Action(
    "app.back", "escape", "back", "Close the window; what was typed is kept as a draft.", _DIALOG,
    footer=True,
)  # fmt: skip

TAKE: Final = Action(
    "dialog.take", "ctrl+s", "do it", "Do what the window asks about.", _DIALOG, footer=True,
    priority=True,
)  # fmt: skip

FIELD: Final = Action("dialog.field", "tab", "next field", "Go to the next field.", _DIALOG,
                      footer=True)  # fmt: skip

CONFIRM: Final = Action(
    "dialog.confirm", "enter", "do it", "Do what the window asks about.", _DIALOG
)

CHOOSE: Final = (
    Action("dialog.down", "down,j", "down", "Next line.", _DIALOG),
    Action("dialog.up", "up,k", "up", "Line before.", _DIALOG),
    Action("dialog.choose", "enter", "choose", "Take the selected line.", _DIALOG, footer=True),
)

SCROLL: Final = (
    Action("dialog.down", "down,j", "down", "Read on.", _DIALOG),
    Action("dialog.up", "up,k", "up", "Read back.", _DIALOG),
    Action("dialog.page-down", "pagedown,space", "page down", "A page on.", _DIALOG),
    Action("dialog.page-up", "pageup", "page up", "A page back.", _DIALOG),
    Action("dialog.first", "home,g", "start", "The beginning.", _DIALOG),
    Action("dialog.last", "end,G", "end", "The end.", _DIALOG),
)

COPY: Final = Action(
    "dialog.copy", "y", "copy", "Copy the text to the clipboard, over SSH as well.", _DIALOG,
    footer=True,
)  # fmt: skip

NEXT: Final = (
    Action("dialog.next", "tab,right,l", "next clock", "Show the next clock.", _DIALOG,
           footer=True),
    Action("dialog.previous", "shift+tab,left,h", "clock before", "Show the clock before.",
           _DIALOG),
)  # fmt: skip

ACTIONS: Final = (TAKE, FIELD, CONFIRM, *CHOOSE, *SCROLL[2:], COPY, *NEXT)
