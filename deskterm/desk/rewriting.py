"""Bringing a ticket's row, clocks and searchable text up to date with its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from deskterm.desk import journal
from deskterm.desk.clockcache import CachedClock, compute
from deskterm.desk.errors import NotFound
from deskterm.desk.journal import JournalEvent
from deskterm.desk.shelf import Shelf, TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_row import ticket_values, update_ticket, words_of
from deskterm.desk.ticket_state import TicketState, fold, opening
from deskterm.policy.document import Policy
from deskterm.sla.facts import OnsiteSpans
from deskterm.sla.terms import VISITS, Terms

Onsite = Callable[[Tx, int], OnsiteSpans]
"""Booked and attended engineer time at a customer."""


def nobody_onsite(tx: Tx, customer_id: int) -> OnsiteSpans:
    """No engineer time anywhere: a desk that plans no visits."""
    del tx, customer_id
    return ()


def runs_on_visits(policy: Policy, package: str | None) -> bool:
    """True where some promise to customers with that package is measured in engineer time."""
    return any(
        target.calendar == VISITS and (not target.when.package or package in target.when.package)
        for target in policy.targets
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """A ticket's history with what it means."""

    number: int
    history: Sequence[JournalEvent]
    state: TicketState
    policy: Policy

    @property
    def version(self) -> int:
        """Id of the last event."""
        return self.history[-1].id

    @property
    def terms_of(self) -> TermsOf:
        """What decides its terms."""
        opened = self.state.opened
        return TermsOf(
            opened["snapshot"],
            opened["policy"],
            opened.get("agreement_id"),
            opened.get("package"),
            opened.get("region"),
        )


class Rewriter:
    """Reads tickets from the journal and writes what follows from it."""

    def __init__(self, shelf: Shelf, onsite: Onsite = nobody_onsite) -> None:
        self.shelf = shelf
        self.onsite = onsite

    def load(self, tx: Tx, number: int) -> Loaded:
        """A ticket as its history tells it. Raises `NotFound`."""
        history = journal.history(tx, "ticket", number)
        if not history:
            raise NotFound(f"There is no ticket {number}.")
        return self.loaded(tx, number, history)

    def loaded(self, tx: Tx, number: int, history: Sequence[JournalEvent]) -> Loaded:
        """A history that has been read already, with what it means."""
        policy = self.shelf.policy(tx, opening(history).data["snapshot"])
        return Loaded(number, history, fold(policy, history), policy)

    def terms(self, tx: Tx, ticket: Loaded) -> Terms:
        """What the ticket's customer was promised, with every fact entered so far."""
        return self.shelf.terms(tx, ticket.terms_of)

    def spans(self, tx: Tx, ticket: Loaded) -> OnsiteSpans:
        """Engineer time at the ticket's customer, where a promise is measured in it."""
        opened = ticket.state.opened
        return self.spans_at(tx, ticket.policy, opened.get("package"), opened["customer_id"])

    def spans_at(
        self, tx: Tx, policy: Policy, package: str | None, customer_id: int
    ) -> OnsiteSpans:
        """The same by what decides it; nothing is read where no promise runs on visits."""
        if not runs_on_visits(policy, package):
            return ()
        return self.onsite(tx, customer_id)

    def clocks(self, tx: Tx, ticket: Loaded, now_us: int) -> list[CachedClock]:
        """The clocks as they are kept; calendars they name are kept too."""
        clocks = self.computed(tx, ticket, now_us)
        self.shelf.calendars.keep(tx, {clock.calendar for clock in clocks})
        return clocks

    def computed(self, tx: Tx, ticket: Loaded, now_us: int) -> list[CachedClock]:
        """The same without writing anything."""
        terms, calendars = self.terms(tx, ticket), self.shelf.calendars
        return compute(
            terms,
            ticket.history,
            self.spans(tx, ticket),
            now_us,
            partial(calendars.named, terms),
        )

    def rewrite(self, tx: Tx, ticket: Loaded, now_us: int) -> None:
        """Write the row, the clocks and the text that follow from the ticket's history."""
        state = ticket.state
        customer_name, agent_name = names_of(tx, state)
        clocks = self.clocks(tx, ticket, now_us)
        values = ticket_values(
            ticket.number,
            ticket.version,
            state,
            ticket.policy,
            clocks,
            customer_name=customer_name,
            agent_name=agent_name,
        )
        update_ticket(tx, values, clocks, words_of(state, customer_name, said(ticket.history)))
        _write_links(tx, ticket.number, state)


def said(history: Sequence[JournalEvent]) -> list[str]:
    """What was said about a ticket, for search; taken back or not, somebody may look for it."""
    return [str(event.data["text"]) for event in history if event.data.get("text")]


def names_of(tx: Tx, state: TicketState) -> tuple[str, str | None]:
    """Names of the customer and of the agent who has it, as they are now."""
    customer = tx.value(
        "SELECT name FROM customer WHERE id = :id", id=state.opened["customer_id"]
    )
    agent = None
    if state.agent_id is not None:
        agent = tx.value("SELECT name FROM agent WHERE id = :id", id=state.agent_id)
    return str(customer), agent


def _write_links(tx: Tx, number: int, state: TicketState) -> None:
    kept = {
        (row.kind, row.other)
        for row in tx.rows("SELECT kind, other FROM link WHERE number = :number", number=number)
    }
    wanted = set(state.links)
    for kind, other in kept - wanted:
        tx.run(
            "DELETE FROM link WHERE number = :number AND other = :other AND kind = :kind",
            number=number,
            other=other,
            kind=kind,
        )
    for kind, other in wanted - kept:
        tx.run(
            "INSERT INTO link (number, other, kind) VALUES (:number, :other, :kind)",
            number=number,
            other=other,
            kind=kind,
        )
