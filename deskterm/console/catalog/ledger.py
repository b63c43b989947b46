"""What works in the balance of a customer's visits."""

from __future__ import annotations

from typing import Final

from deskterm.console.actions import Action

_LEDGER: Final = "A balance of visits"

ACTIONS: Final = (
    Action("ledger.lines", "enter,space", "lines", "Show or hide the lines of this month.",
           _LEDGER, footer=True),
    Action("ledger.all", "a", "all lines", "Show or hide the lines of every month.", _LEDGER,
           footer=True),
)  # fmt: skip
