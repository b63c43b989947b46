"""What the queue asks of the desk: blocking functions for its workers, plain data out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from deskterm.console.door import DeskDoor
    from deskterm.desk.filters import Filter
    from deskterm.desk.model import QueuePage, StepState, TicketView


class Asked(NamedTuple):
    """The rows that are looked at, and the ticket the cursor belongs to."""

    view: str
    filter: Filter | None
    order: str | None
    offset: int
    limit: int
    number: int | None
    followed: bool
    """Whether the cursor is in view, so that the rows around it are wanted wherever it went."""
    anew: bool = False
    """Another list than the one whose rows are here: they tell nothing of where the ticket is."""


class PageRead(NamedTuple):
    """The rows, and where the cursor's ticket is if it is not among them."""

    page: QueuePage
    place: int | None


class SelectedRead(NamedTuple):
    """What the desk says of the selected ticket; `names` are agents by id."""

    number: int
    ticket: TicketView | None
    steps: Sequence[StepState]
    names: Mapping[int, str]


def read_page(desk: DeskDoor, asked: Asked) -> PageRead:
    """The rows asked for, or those around the cursor's ticket where that has gone elsewhere."""
    queue, number = desk.queue, asked.number
    if asked.anew and number is not None:
        place = queue.position(asked.view, asked.filter, asked.order, number)
        offset = max(0, (place or 0) - asked.limit // 2)
        page = queue.page(asked.view, asked.filter, asked.order, offset, asked.limit)
        return PageRead(page, place)
    page = queue.page(asked.view, asked.filter, asked.order, asked.offset, asked.limit)
    if number is None or any(row.number == number for row in page.rows):
        return PageRead(page, None)
    place = queue.position(asked.view, asked.filter, asked.order, number)
    if place is not None and asked.followed:
        offset = max(0, place - asked.limit // 2)
        page = queue.page(asked.view, asked.filter, asked.order, offset, asked.limit)
    return PageRead(page, place)


def read_selected(
    desk: DeskDoor, number: int, names: Mapping[int, str], *, shown: bool
) -> SelectedRead:
    """The steps of a ticket and, where it is `shown`, all of it."""
    steps = desk.tickets.steps(number)
    if not shown:
        return SelectedRead(number, None, steps, names)
    ticket, known = desk.tickets.show(number), names
    agents = {event.data.get("agent_id") for event in ticket.events} - {None}
    if not agents <= known.keys():
        known = {agent.id: agent.name for agent in desk.agents.list()}
    return SelectedRead(number, ticket, steps, known)
