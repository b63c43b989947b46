"""Putting tickets with their histories on the desk: in batches, each of them all or nothing.

A ticket is known by where it comes from and its number there. Taking the same file in again
changes nothing, and an import that was stopped goes on where it was. An export that goes on later
than the last one adds what has happened since, as long as nobody here has worked on the ticket.
What this very desk has exported is known too: by number, customer, subject and opening instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk import journal
from deskterm.desk.agents import list_agents
from deskterm.desk.errors import DeskError
from deskterm.desk.intake.composing import Composed, Under, compose
from deskterm.desk.intake.csv_reading import Refused
from deskterm.desk.intake.incoming import IncomingTicket
from deskterm.desk.intake.writing import write_batch
from deskterm.desk.journal import JournalEvent, NewEvent
from deskterm.desk.model import Agent
from deskterm.desk.opening import find_agreement
from deskterm.desk.shelf import TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from sqlalchemy import Row

    from deskterm.desk.desk import Desk

#: Tickets written together. Other writers wait for one batch, and a stopped import loses one.
BATCH: Final = 50

Progress = Callable[[int, int], None]
"""(tickets done, tickets in all)"""


@dataclass(slots=True)
class TakenIn:
    """What became of a file."""

    created: int = 0
    unchanged: int = 0
    updated: int = 0
    """Tickets that were here and have a longer history now."""
    refused: list[Refused] = field(default_factory=list)


def take_in(
    desk: Desk,
    tickets: Sequence[IncomingTicket],
    program: str,
    *,
    customer: int | str | None = None,
    progress: Progress = lambda done, total: None,
) -> TakenIn:
    """Put `tickets`, exported by `program`, on the desk.

    They belong to `customer`, where they do not name one themselves, and come under the agreement
    added last: its policy is the one their levels were read by. Tickets that the desk refuses are
    named with their line. Raises `NotAllowed`, and what the database may raise.
    """
    result = TakenIn()
    progress(0, len(tickets))
    for first in range(0, len(tickets), BATCH):
        batch = tickets[first : first + BATCH]
        with desk.store.write() as tx:
            me = desk.require(tx, "technician", "supervisor", doing="import tickets")
            _Batch(desk, tx, me, program, customer, result).write(batch)
        progress(min(first + BATCH, len(tickets)), len(tickets))
    return result


class _Batch:
    """One transaction of an import."""

    def __init__(
        self,
        desk: Desk,
        tx: Tx,
        me: Agent,
        program: str,
        customer: int | str | None,
        result: TakenIn,
    ) -> None:
        self._desk, self._tx, self._me = desk, tx, me
        self._program = program
        self._customer = customer
        self._result = result
        self._now_us = desk.now_us()
        self._agents = {agent.name.casefold(): agent for agent in list_agents(tx, everybody=True)}
        self._agreements: dict[int | str, Row[Any]] = {}

    def write(self, batch: Iterable[IncomingTicket]) -> None:
        journal.head(self._tx)  # from here on nobody else gives out numbers
        placed: list[tuple[IncomingTicket, Row[Any], str]] = []
        for ticket in batch:
            try:
                agreement = self._agreement(ticket)
            except DeskError as error:
                self._result.refused.append(Refused(ticket.line, error.sentence))
                continue
            source = f"{self._program}:{agreement.customer_id}:{ticket.reference}"
            placed.append((ticket, agreement, source))
        known = self._known([source for _, _, source in placed])
        here = self._here(ticket.number for ticket, _, _ in placed)
        number = int(self._tx.value("SELECT coalesce(max(number), 0) FROM ticket"))
        new: dict[str, Composed] = {}
        for ticket, agreement, source in placed:
            # The number alone is not enough: other desks and programs have the same numbers.
            said = (agreement.customer_id, ticket.subject, ticket.facts.opened_us)
            if here.get(ticket.number or 0) == said and ticket.number != known.get(source):
                self._result.unchanged += 1
            elif source in new:
                reason = f"has the reference {ticket.reference} of an earlier line again"
                self._result.refused.append(Refused(ticket.line, reason))
            elif source in known:
                self._again(ticket, known[source])
            else:
                number += 1
                new[source] = self._compose(number, ticket, agreement, source)
        write_batch(self._tx, list(new.values()), self._now_us)
        self._result.created += len(new)

    def _agreement(self, ticket: IncomingTicket) -> Row[Any]:
        named = ticket.customer if ticket.customer is not None else self._customer
        assert named is not None, "the reader has seen to it that there is one"
        if named not in self._agreements:
            self._agreements[named] = find_agreement(self._tx, named)
        return self._agreements[named]

    def _known(self, sources: Sequence[str]) -> dict[str, int]:
        if not sources:
            return {}
        names = {f"s{place}": source for place, source in enumerate(sources)}
        listed = ", ".join(f":{name}" for name in names)
        rows = self._tx.rows(
            f"SELECT source, number FROM ticket WHERE source IN ({listed})", **names
        )
        return {row.source: row.number for row in rows}

    def _here(self, numbers: Iterable[int | None]) -> dict[int, tuple[int, str, int]]:
        """Customer, subject and opening instant of the tickets here that have these numbers."""
        asked = {number for number in numbers if number is not None}
        if not asked:
            return {}
        names = {f"n{place}": number for place, number in enumerate(asked)}
        listed = ", ".join(f":{name}" for name in names)
        rows = self._tx.rows(
            "SELECT number, customer_id, subject, opened_us FROM ticket"
            f" WHERE number IN ({listed})",
            **names,
        )
        return {row.number: (row.customer_id, clean(row.subject), row.opened_us) for row in rows}

    def _compose(
        self, number: int, ticket: IncomingTicket, agreement: Row[Any], source: str
    ) -> Composed:
        by = self._me.id
        opened = NewEvent(
            "ticket", number, ticket.facts.opened_us, "opened",
            self._opening(ticket, agreement, source), by,
        )  # fmt: skip
        return compose(
            number, [opened, *self._events(number, ticket)], self._under(agreement), self._now_us
        )

    def _events(self, number: int, ticket: IncomingTicket) -> list[NewEvent]:
        events = [
            NewEvent("ticket", number, event.at_us, event.kind, dict(event.data), self._me.id)
            for event in ticket.events
        ]
        agent = self._agents.get((ticket.agent or "").casefold())
        if agent is not None:
            at_us = ticket.facts.opened_us
            data = {"agent_id": agent.id}
            events.insert(0, NewEvent("ticket", number, at_us, "assigned", data, self._me.id))
        return events

    def _opening(
        self, ticket: IncomingTicket, agreement: Row[Any], source: str
    ) -> Mapping[str, Any]:
        facts = ticket.facts
        fields = {str(name): str(value) for name, value in ticket.fields.items()}
        contact = self._part("contact", ticket.contact, agreement.customer_id)
        if ticket.contact and contact is None:
            fields["contact"] = str(ticket.contact)
        site = self._part("site", ticket.site, agreement.customer_id)
        if ticket.site and site is None:
            fields["site"] = str(ticket.site)
        if ticket.agent and ticket.agent.casefold() not in self._agents:
            fields["agent"] = str(ticket.agent)
        data = {
            "subject": str(ticket.subject),
            "body": str(ticket.body),
            "type": facts.type,
            "priority": facts.priority,
            "impact": facts.impact,
            "urgency": facts.urgency,
            "channel": facts.channel,
            "tier": facts.tier or agreement.tier,
            "emergency_callout": facts.emergency_callout or None,
            "reference": str(ticket.reference),
            "source": source,
            "customer_id": agreement.customer_id,
            "agreement_id": agreement.id,
            "policy": agreement.policy,
            "snapshot": agreement.snapshot,
            "package": agreement.package,
            "region": agreement.region,
            "contact_id": contact,
            "site_id": site,
            "fields": fields,
        }
        return {name: value for name, value in data.items() if value not in (None, "", {})}

    def _part(self, table: str, name: str | None, customer_id: int) -> int | None:
        if not name:
            return None
        found = self._tx.value(
            f"SELECT id FROM {table} WHERE customer_id = :customer AND name = :name AND active",
            customer=customer_id,
            name=str(name),
        )
        return None if found is None else int(found)

    def _under(self, agreement: Row[Any]) -> Under:
        desk, tx = self._desk, self._tx
        terms = desk.shelf.terms(
            tx,
            TermsOf(
                agreement.snapshot, agreement.policy, agreement.id, agreement.package,
                agreement.region,
            ),
        )  # fmt: skip
        policy = desk.shelf.policy(tx, agreement.snapshot)
        return Under(
            policy=policy,
            terms=terms,
            customer_name=agreement.customer_name,
            agent_names={agent.id: agent.name for agent in self._agents.values()},
            calendar_key=lambda clock, at_us: desk.shelf.calendars.key(tx, terms, clock, at_us),
            onsite=desk.rewriter.spans_at(tx, policy, agreement.package, agreement.customer_id),
        )

    def _again(self, ticket: IncomingTicket, number: int) -> None:
        """A ticket that is here already: add what has happened since, if that is all."""
        ours = journal.history(self._tx, "ticket", number)
        theirs = self._events(number, ticket)
        told = [_plain(event) for event in ours if event.kind != "opened"]
        telling = [_plain(event) for event in theirs]
        if len(telling) <= len(told) or telling[: len(told)] != told:
            self._result.unchanged += 1
            return
        journal.append(self._tx, theirs[len(told) :], recorded_us=self._now_us)
        rewriter = self._desk.rewriter
        rewriter.rewrite(self._tx, rewriter.load(self._tx, number), self._now_us)
        self._result.updated += 1


def _plain(event: NewEvent | JournalEvent) -> tuple[int, str, dict[str, Any]]:
    return event.at_us, event.kind, dict(event.data)
