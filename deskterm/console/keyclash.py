"""Why an action cannot be on a key: the key is needed, or another action is on it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from deskterm.console import places
from deskterm.console.actions import Action, key_name
from deskterm.console.glyphs import Glyphs

#: Keys the console cannot do without where they are, and what for.
NEEDED: Final[Mapping[str, str]] = {
    "escape": "goes one step back everywhere",
    "enter": "takes what is selected or goes on everywhere",
    "tab": "goes to the next field everywhere",
    "shift+tab": "goes to the field before everywhere",
    "ctrl+q": "leaves deskterm from everywhere",
    "ctrl+c": "copies what is selected",
}

#: Names of keys that are one character of text.
_TEXT: Final = frozenset({
    "space", "slash", "comma", "full_stop", "question_mark", "colon", "semicolon", "plus", "minus",
    "left_square_bracket", "right_square_bracket", "less_than_sign", "greater_than_sign",
    "asterisk", "number_sign", "equals_sign", "underscore", "apostrophe", "quotation_mark",
})  # fmt: skip


@cache
def _together() -> tuple[tuple[Action, ...], ...]:
    """For each screen and window, the actions that are possible in it at the same time."""
    known = {**places.SCREENS, **places.WINDOWS, **places.STEP_DIALOGS}
    return tuple(places.load(place).actions() for place in known.values())


def _on(action: Action, own: Mapping[str, str]) -> tuple[str, ...]:
    return tuple("123456789") if action.numbered else action.keys(own)


def _clashing(chosen: Action, key: str, own: Mapping[str, str]) -> Iterator[Action]:
    for actions in _together():
        if any(each.id == chosen.id for each in actions):
            yield from (each for each in actions if each.id != chosen.id and key in _on(each, own))


def why_not(
    chosen: Action, key: str, own: Mapping[str, str], glyphs: Glyphs | None = None
) -> str | None:
    """A sentence saying why `chosen` cannot be on `key`, or None where it can.

    `own` are the user's keys so far (action id to keys). An action may go back to its first key.
    """
    name = key_name(key, glyphs)
    if key in NEEDED and key not in chosen.keys({}):
        return f"{name} {NEEDED[key]}; choose another."
    if chosen.priority and (len(key) == 1 or key in _TEXT):
        return f"“{chosen.label}” works while text is typed, and {name} is text; choose another."
    other = next(_clashing(chosen, key, own), None)
    if other is not None:
        return f"{name} is “{other.label}” ({other.group}); move that first, or choose another."
    return None


def findings(own: Mapping[str, str]) -> Mapping[str, str]:
    """By action, a sentence for each of the user's keys that is needed or another action's."""
    from deskterm.console.catalog import everything

    known = {action.id: action for action in everything()}
    return {
        name: why
        for name in own
        for key in known[name].keys(own)
        if (why := why_not(known[name], key, own)) is not None
    }
