"""A desk of the tests: schools under the shipped agreement, engineers, and a clock to be set."""

from __future__ import annotations

from datetime import date

from deskterm.desk.agents import Login, write_agent
from deskterm.desk.desk import Desk
from deskterm.desk.model import NewTicket
from deskterm.desk.visits.termdates import TermEntry
from tests.visits.world import TERMS, us

OAKFIELD, ST_BEDES, MARLOW, CLOUDS = "Oakfield Primary", "St Bede's", "Marlow Academy", "Clouds"
PACKAGES = {
    OAKFIELD: "scheduled",
    ST_BEDES: "scheduled-on-demand",
    MARLOW: "on-demand",
    CLOUDS: "cloud",
}
KIM, SAM, ALEX, JO, TINA = "Kim", "Sam", "Alex", "Jo", "Tina"
_UIDS = {KIM: 5001, SAM: 5002, ALEX: 5003, JO: 5004, TINA: 5005}


class School:
    """The desk as Kim, a supervisor, has it; `as_` gives it as somebody else has it."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.now_us = us("2026-11-20 14:16")
        self.desk = self._open(KIM)
        self._others: dict[str, Desk] = {}

    def _open(self, name: str) -> Desk:
        login = Login(_UIDS[name], name.lower())
        desk = Desk.open(self.place, clock=lambda: self.now_us, login=login)
        desk.zone = "Europe/London"
        return desk

    def close(self) -> None:
        for desk in (self.desk, *self._others.values()):
            desk.close()

    def as_(self, name: str) -> Desk:
        """The same desk in front of another agent."""
        if name not in self._others:
            self._others[name] = self._open(name)
        return self._others[name]

    def at(self, text: str) -> None:
        """Set the clock to a local time of the schools."""
        self.now_us = us(text)

    def furnish(self) -> None:
        """Agents, customers with sites, and the year's terms."""
        desk = self.desk
        desk.init(KIM, "supervisor")
        roles = {SAM: "engineer", ALEX: "engineer", JO: "engineer", TINA: "technician"}
        with desk.store.write() as tx:
            for name, role in roles.items():
                write_agent(tx, name, role, 1, self.now_us, uid=_UIDS[name])
        for name, package in PACKAGES.items():
            desk.customers.add(name, "concero", package=package, start="2026-09-01")
        for name in (OAKFIELD, ST_BEDES, MARLOW):
            desk.customers.add_site(name, "Main site", address="1 School Lane", access="Gate B")
        desk.visits.add_terms(
            [TermEntry("term", term.name, term.first, term.last) for term in TERMS.terms]
            + [TermEntry("day_off", off.name, off.first, off.last) for off in TERMS.days_off]
        )

    def ticket(self, customer: str = OAKFIELD, priority: str | None = "medium") -> int:
        """A new ticket of a school."""
        return self.desk.tickets.new(
            NewTicket(customer=customer, subject="The hall is dark", priority=priority)
        ).number

    def shut(self, first: str, last: str, name: str = "Christmas shutdown") -> None:
        """Enter a shutdown of the agreement."""
        self.desk.customers.add_policy_variation(
            "concero", "shutdown", {"first": first, "last": last, "name": name}, reason="as printed"
        )


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)
