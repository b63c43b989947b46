"""Find a customer by name."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.finder import Finder
from deskterm.console.widgets.lines import Choice

_CANDIDATES = 8


class FindCustomerDialog(Dialog):
    """Dismissed with the customer's id as text, or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Customer"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield Finder("begin to type the name, Enter takes it", glyphs=self.desk_app.glyphs,
                     id="find-customer")  # fmt: skip

    def footer_actions(self) -> tuple[Action, ...]:
        """The line itself hears Enter."""
        return (catalog.CHOOSE[-1], *self.actions())

    def on_mount(self) -> None:
        """Keys go to the line."""
        self.query_one(Finder).entry.focus()

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Offer those whose name has it."""
        message.stop()
        customers, text = self.desk.customers, message.text
        self.ask(
            lambda: customers.find(text, _CANDIDATES) if text.strip() else (),
            lambda found: message.finder.offer(
                [Choice(str(each.id), each.name) for each in found]
            ),
            group="find",
            waits=True,
        )

    def on_finder_picked(self, message: Finder.Picked) -> None:
        """Taken."""
        message.stop()
        self.dismiss(message.value)
