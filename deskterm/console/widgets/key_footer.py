"""The bottom line: the keys that matter here; where they do not all fit it says where more are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from deskterm.console.actions import Action, key_name
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span, width_of

HELP: Final = "app.help"
#: What the key for help is called where it is the way to keys that had no room.
MORE: Final = "more keys"


class KeyFooter(Painted):
    """Keys and labels of the screen's footer actions; a click does what the key does."""

    def __init__(
        self,
        actions: Sequence[Action],
        *,
        own: Mapping[str, str] | None = None,
        glyphs: Glyphs = UNICODE,
    ) -> None:
        super().__init__(id="key-footer")
        self.actions = tuple(action for action in actions if action.footer)
        self.own = own or {}
        self.glyphs = glyphs
        self.dimmed: frozenset[str] = frozenset()
        """Ids of what cannot be done just now; their keys still say why."""

    def set_dimmed(self, ids: frozenset[str]) -> None:
        """Show what cannot be done just now."""
        if ids != self.dimmed:
            self.dimmed = ids
            self.repaint()

    def set_actions(self, actions: Sequence[Action]) -> None:
        """Other keys matter now."""
        self.actions = tuple(action for action in actions if action.footer)
        self.repaint()

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        full = [self._item(action, action.label) for action in self.actions]
        if sum(width_of(item) for item in full) <= width:
            return [[span for item in full for span in item]]
        kept = {
            action: self._item(action, MORE if action.id == HELP else action.short or action.label)
            for action in self.actions
        }
        while sum(width_of(item) for item in kept.values()) > width:
            others = [action for action in kept if action.id != HELP]
            if not others:
                return [[]]
            most = max(action.spare for action in others)
            del kept[next(action for action in reversed(others) if action.spare == most)]
        return [[span for item in kept.values() for span in item]]

    def _item(self, action: Action, label: str) -> list[Span]:
        keys = action.keys(self.own)
        shown = key_name(keys[0], self.glyphs) if keys else ""
        dim = action.id in self.dimmed
        return [
            Span(f" {shown}", "quiet" if dim else "key", target=action.id),
            Span(f" {label} ", "quiet" if dim else "ink", target=action.id),
        ]
