"""A small office for tests: three people, a customer under each agreement, and a clock that obeys.

It is Friday 20 November 2026, 09:00 in London, until a test says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from deskterm.desk import schema
from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.instants import from_us, to_us
from deskterm.desk.model import Done, NewTicket, QueueRow
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store
from deskterm.desk.store.sqlite import SqliteStore

FRIDAY = datetime.fromisoformat("2026-11-20T09:00+00:00")

TECHNICIAN = Login(2001, "sam")
SUPERVISOR = Login(2002, "sue")
ENGINEER = Login(2003, "eli")
STRANGER = Login(2999, "eve")

#: A customer under each shipped agreement, and what it buys.
CUSTOMERS: dict[str, dict[str, Any]] = {
    "Oakfield Primary": {"policy": "concero", "package": "full-managed"},
    "St Bede's": {"policy": "impero", "region": "uk"},
    "Marlow Academy": {"policy": "pupil-asset"},
    "Dean Hall": {"policy": "schoolstatus"},
    "Brook Office": {"policy": "azzure"},
}


class Clock:
    """The desk's clock, standing still until it is moved."""

    def __init__(self, at: datetime = FRIDAY) -> None:
        self.us = to_us(at)

    def __call__(self) -> int:
        return self.us

    def on(self, **delta: float) -> None:
        """Let that much time pass."""
        self.us += timedelta(**delta) // timedelta(microseconds=1)

    def at(self, text: str) -> None:
        """It is now that time."""
        self.us = to_us(datetime.fromisoformat(text))


@dataclass
class Office:
    """One desk with its people, each of whom has a door of their own."""

    clock: Clock
    sam: Desk
    sue: Desk
    eli: Desk

    def new(self, subject: str = "Internet down", **more: Any) -> int:
        """Open a ticket of Oakfield's as Sam, urgent where nothing else is said."""
        more.setdefault("customer", "Oakfield Primary")
        if more["customer"] == "Oakfield Primary" and not {"priority", "impact"} & more.keys():
            more["priority"] = "urgent"
        return self.sam.tickets.new(NewTicket(subject=subject, **more)).number

    def do(self, step: str, number: int, **fields: Any) -> Done:
        """Take a step as Sam."""
        return self.sam.tickets.do(step, number, fields)

    def row(self, number: int) -> QueueRow:
        """A ticket as lists show it."""
        return self.sam.tickets.show(number).row

    def states(self, number: int) -> dict[str, str]:
        """Each clock's state now."""
        return {cell.name: cell.state(self.clock.us) for cell in self.row(number).clocks}

    def due(self, number: int, clock: str) -> str | None:
        """When a clock is due, as London's clocks say it."""
        cell = self.row(number).clock(clock)
        assert cell is not None, f"no clock {clock}"
        return None if cell.due_us is None else told(cell.due_us)

    def close(self) -> None:
        for desk in (self.sam, self.sue, self.eli):
            desk.close()


def told(us: int) -> str:
    """An instant as ``Mon 23 Nov 08:30`` UTC, which is London's time in winter."""
    return from_us(us).strftime("%a %d %b %H:%M")


def furnish(store: Store) -> None:
    """Put the people and the customers into an empty database."""
    clock = Clock()
    schema.ensure(store, now_us=clock())
    sue = Desk(store, clock=clock, login=SUPERVISOR)
    sue.init("Sue", "supervisor")
    with store.write() as tx:
        from deskterm.desk.agents import write_agent

        for login, name, role in ((TECHNICIAN, "Sam", "technician"), (ENGINEER, "Eli", "engineer")):
            write_agent(tx, name, role, 1, clock(), login=login.name, uid=login.uid)
    for name, bought in CUSTOMERS.items():
        sue.customers.add(name, **bought)
    sue.customers.add_contact("Oakfield Primary", "Jo Marsh", role="business_manager")
    sue.customers.add_site("Oakfield Primary", "Main building", access="Ring at the gate")


def enter(place: str | Path, module: ModuleType | None = None) -> Office:
    """Three people sit down at the desk at `place`, each in a program of their own."""
    clock = Clock()

    def door(login: Login) -> Desk:
        store: Store
        if module is not None:
            store = SqliteStore(Path(place), module=module)
        else:
            store = open_store(place)
        return Desk(store, clock=clock, login=login)

    return Office(clock, door(TECHNICIAN), door(SUPERVISOR), door(ENGINEER))
