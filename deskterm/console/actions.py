"""One object per thing a user can do; everything that names a key is made from these.

Bindings, footer, ``?`` help, command palette and the README's key table all come from the same
`Action` objects in `deskterm.console.catalog`. To add one:

1. Put an `Action` into the catalog file of its screen (``catalog/queue.py``, ...). The id is
   ``group.verb`` and never changes, since users' own keys are kept by it.
2. List the catalog in the screen: ``ACTIONS = queue.ACTIONS``; `DeskScreen` makes its bindings.
3. Write the handler on the screen, ``def do_<verb>(self) -> None``, named after the last part of
   the id with dashes as underscores. An action with a `step` needs none: the desk's step is taken,
   after a dialog made from its fields if it has any.

A key is never dead: where an action may not be taken `why_not` gives the sentence that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.binding import Binding

    from deskterm.console.glyphs import Glyphs
    from deskterm.desk.model import StepState

READ_ONLY: Final = "This desk is open for reading only; nothing can be changed here."

_NO_STEPS: Final[Mapping[str, StepState]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action is asked of: the screen's selection, as plain data."""

    number: int | None = None
    marked: int = 0
    steps: Mapping[str, StepState] = field(default_factory=lambda: _NO_STEPS)
    """The steps of the selected ticket; empty while they are being read."""
    read_only: bool = False
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user can do, with one key."""

    id: str
    """Stable; the name users' own keys are kept under."""
    key: str
    """Textual's key names, comma-separated; the first is the one shown. Empty: palette only."""
    label: str
    """Two or three words beside the key."""
    tooltip: str
    """A sentence: what happens."""
    group: str
    """The heading it stands under in help and README."""
    footer: bool = False
    step: str | None = None
    """The desk's step it takes, if it is one."""
    other_step: str | None = None
    """The step it takes where `step` cannot be taken: its way back."""
    needs_ticket: bool = False
    writes: bool = False
    priority: bool = False
    """True where the key also works while text is being typed."""
    numbered: bool = False
    """True where it is on the digits 1 to 9 and its handler is given the one that was pressed."""
    short: str = ""
    """The label where a footer has no room for `label`; empty: there is no shorter one."""
    spare: int = 0
    """Where a footer is too narrow for all, the highest goes first, then the one furthest right."""

    @property
    def handler(self) -> str:
        """Name of the screen's method that does it."""
        return "do_" + self.id.rpartition(".")[2].replace("-", "_")

    def why_not(self, now: Situation) -> str | None:
        """A sentence saying why it cannot be done now, or None when it can."""
        if now.read_only and (self.writes or self.step is not None):
            return READ_ONLY
        if (self.needs_ticket or self.step is not None) and now.number is None and not now.marked:
            return "There is no ticket here to do this to."
        if self.step is not None and not now.marked:
            state, other = now.steps.get(self.step), now.steps.get(self.other_step or "")
            if state is not None and not state.allowed and not (other and other.allowed):
                return state.why_not or f"“{self.label}” is not possible for this ticket now."
        return None

    def keys(self, own: Mapping[str, str]) -> tuple[str, ...]:
        """The keys it is on, with the user's `own` keys (id to key names) in place of ours."""
        return tuple(key.strip() for key in own.get(self.id, self.key).split(",") if key.strip())


#: How keys are written for people; what is not here is written as Textual names it.
_NAMES: Final[Mapping[str, str]] = {
    "question_mark": "?", "slash": "/", "escape": "Esc", "space": "Space", "enter": "⏎",
    "left_square_bracket": "[", "right_square_bracket": "]", "full_stop": ".", "comma": ",",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "tab": "Tab", "backspace": "⌫", "delete": "Del", "plus": "+",
    "minus": "-", "less_than_sign": "<", "greater_than_sign": ">", "colon": ":", "asterisk": "*",
}  # fmt: skip
_ASCII_NAMES: Final[Mapping[str, str]] = {
    "enter": "Enter", "up": "Up", "down": "Down", "left": "Left", "right": "Right",
    "backspace": "Bksp",
}  # fmt: skip


def key_name(key: str, glyphs: Glyphs | None = None) -> str:
    """`key` as people read it: ``^p``, ``⏎``, ``?``."""
    if glyphs is not None and glyphs.name == "ascii" and key in _ASCII_NAMES:
        return _ASCII_NAMES[key]
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    if key.startswith("shift+"):
        return "Shift " + key_name(key.removeprefix("shift+"), glyphs)
    return _NAMES.get(key, key)


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """Textual's bindings for `actions`; the ids are what a user's keymap names."""
    from textual.binding import Binding

    made: list[Binding] = []
    for action in actions:
        if action.numbered:
            made += [Binding(str(n), f"act('{action.id}', {n})", show=False) for n in range(1, 10)]
        elif action.key:
            made.append(
                Binding(
                    action.key,
                    f"act('{action.id}')",
                    action.label,
                    show=action.footer,
                    priority=action.priority,
                    tooltip=action.tooltip,
                    id=action.id,
                )
            )
    return made


def keys_shown(action: Action, own: Mapping[str, str], glyphs: Glyphs | None = None) -> str:
    """The keys of `action` as help and README write them, two at most."""
    if action.numbered:
        return f"1{glyphs.dash if glyphs is not None else '–'}9"
    return " ".join(key_name(key, glyphs) for key in action.keys(own)[:2])


def by_group(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """`actions` under their headings, both in the order they were given."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        groups.setdefault(action.group, []).append(action)
    return groups
