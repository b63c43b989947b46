"""The bottom line: the keys that matter here; what does not fit is counted, never just dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskterm.console.actions import Action, key_name
from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.painted import Line, Painted, Span, width_of

HELP = "app.help"


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
        items = [(action, self._item(action, action.label)) for action in self.actions]
        if sum(width_of(item) for _, item in items) <= width:
            return [[span for _, item in items for span in item]]
        help_item = next((action for action in self.actions if action.id == HELP), None)
        others = [(action, item) for action, item in items if action.id != HELP]
        for kept in range(len(others) - 1, -1, -1):
            shown = [span for _, item in others[:kept] for span in item]
            if help_item is not None:
                shown += self._item(help_item, f"{len(others) - kept} more")
            if width_of(shown) <= width:
                return [shown]
        return [[]]

    def _item(self, action: Action, label: str) -> list[Span]:
        keys = action.keys(self.own)
        shown = key_name(keys[0], self.glyphs) if keys else ""
        dim = action.id in self.dimmed
        return [
            Span(f" {shown}", "quiet" if dim else "key", target=action.id),
            Span(f" {label} ", "quiet" if dim else "ink", target=action.id),
        ]
