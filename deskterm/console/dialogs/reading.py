"""A window that is only read: its keys move in what is longer than it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.containers import VerticalScroll

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.key_footer import KeyFooter

#: Lines at a time: what was read last stays in sight.
_LINES = 2


class ReadingDialog(Dialog):
    """Subclasses have `catalog.SCROLL` among their actions."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.SCROLL

    def on_mount(self) -> None:
        """The footer says how to read on where there is more than there is room."""
        self.watch(self._body, "show_vertical_scrollbar", self._more_or_less)

    def _more_or_less(self) -> None:
        self.query_one(KeyFooter).set_actions(self.footer_actions())

    def footer_actions(self) -> tuple[Action, ...]:
        """See `Dialog.footer_actions`."""
        more = any(body.show_vertical_scrollbar for body in self.query(VerticalScroll))
        return tuple(
            replace(action, footer=True) if more and action.id == "dialog.page-down" else action
            for action in self.actions()
        )

    @property
    def _body(self) -> VerticalScroll:
        return self.query_one("#dialog-body", VerticalScroll)

    def do_down(self) -> None:
        """Read on."""
        self._body.scroll_relative(y=_LINES, animate=False)

    def do_up(self) -> None:
        """Read back."""
        self._body.scroll_relative(y=-_LINES, animate=False)

    def do_page_down(self) -> None:
        """A page on."""
        self._body.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        """A page back."""
        self._body.scroll_page_up(animate=False)

    def do_first(self) -> None:
        """The beginning."""
        self._body.scroll_home(animate=False)

    def do_last(self) -> None:
        """The end."""
        self._body.scroll_end(animate=False)
