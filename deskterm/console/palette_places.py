"""The palette's other half: tickets and customers found by what is typed into it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.command import Hit, Hits, Provider

from deskterm.desk.errors import DeskError
from deskterm.desk.filters import FilterError, parse_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskterm.console.door import DeskDoor
    from deskterm.desk.customer_model import CustomerView
    from deskterm.desk.model import QueueRow

_FOUND: Final = 5
#: A word shorter than this is in too many tickets to mean one.
_LONG_ENOUGH: Final = 3
#: Below an action whose name begins with what was typed (15 and more), above one that only has
#: its letters somewhere (about 6); a number can only mean its ticket.
_CUSTOMER_BEGINS, _CUSTOMER_SCORE, _TICKET_SCORE, _NUMBER_SCORE = 12.0, 5.0, 4.0, 1000.0


class SearchedPlaces(Provider):
    """Asks the desk in a thread; what it refuses finds nothing."""

    async def search(self, query: str) -> Hits:
        """Customers by name, open tickets by number and by word."""
        customers, tickets = await asyncio.to_thread(self._look, query.strip())
        for row in tickets:
            score = _NUMBER_SCORE if str(row.number) == query.strip() else _TICKET_SCORE
            yield Hit(
                score,
                f"Ticket {row.number}: {row.subject}",
                partial(self._to_ticket, row.number),
                help=f"{row.customer}, {row.status}",
            )
        for customer in customers:
            begins = any(
                word.startswith(query.strip().casefold().split()[0])
                for word in customer.name.casefold().split()
            )
            yield Hit(
                _CUSTOMER_BEGINS if begins else _CUSTOMER_SCORE,
                f"Customer {customer.name}",
                partial(self._to_customer, customer.id),
                help="Card with agreement, people, sites and tickets.",
            )

    def _look(self, text: str) -> tuple[Sequence[CustomerView], Sequence[QueueRow]]:
        desk = _desk(self)
        try:
            if text.isdecimal():
                return (), (desk.tickets.show(int(text)).row,)
            if len(text) < _LONG_ENOUGH:
                return (), ()
            wanted = parse_filter(text)
            found = desk.queue.page("breaking-next", wanted, None, 0, _FOUND).rows
            return desk.customers.find(text, _FOUND), found
        except (DeskError, FilterError):
            return (), ()

    def _to_ticket(self, number: int) -> None:
        from deskterm.console.screens.host import ActionHost

        assert isinstance(self.screen, ActionHost), "offered on screens with actions only"
        self.screen.open_window("ticket", number)

    async def _to_customer(self, number: int) -> None:
        from deskterm.console.app import DeskApp

        assert isinstance(self.app, DeskApp), "the palette belongs to it"
        await self.app.go_to_customer(number)


def _desk(provider: Provider) -> DeskDoor:
    from deskterm.console.app import DeskApp

    assert isinstance(provider.app, DeskApp), "the palette belongs to it"
    return provider.app.desk
