"""What works on every screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from deskterm.console.actions import Action

_HERE: Final = "Everywhere"
_SCREENS: Final = "Screens"

ACTIONS: Final = (
    Action("go.queue", "Q", "Queue", "Go to the queue of tickets.", _SCREENS),
    Action("go.visits", "V", "Visits", "Go to the week of visits.", _SCREENS),
    Action("go.customers", "C", "Customers", "Go to the customers and their agreements.", _SCREENS),
    Action("app.help", "question_mark,f1", "help", "Show every key that works here.", _HERE,
           footer=True),
    Action("app.palette", "ctrl+p", "palette", "Find anything that can be done here by its name.",
           _HERE, footer=True, priority=True, spare=2),
    Action("app.back", "escape", "back", "Go one step back; nothing typed is lost.", _HERE),
    Action("app.theme", "ctrl+t", "theme", "Change between the dark and the light theme.", _HERE),
    Action("app.settings", "comma", "settings", "Theme, keys and the rest, seen at once.", _HERE),
    Action("app.begin", "f2", "begin here", "Say who you are: a desk of your own, a demonstration,"
           " or whom to ask.", _HERE),
    Action("app.suspend", "ctrl+z", "to the shell", "Put the console into the background; fg in the"
           " shell brings it back.", _HERE),
    Action("app.quit", "ctrl+q", "quit", "Leave deskterm.", _HERE, priority=True),
)  # fmt: skip

#: Help where a question mark is text.
TYPING_HELP: Final = replace(
    next(action for action in ACTIONS if action.id == "app.help"), key="f1,question_mark"
)

#: What works while text is typed, which takes all other keys.
WHILE_TYPING: Final = (
    TYPING_HELP, *(action for action in ACTIONS if action.key.startswith("ctrl+"))
)  # fmt: skip

#: The same as everywhere, on a screen that is mostly typed into.
FORM: Final = tuple(TYPING_HELP if action.id == "app.help" else action for action in ACTIONS)
