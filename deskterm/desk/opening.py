"""Opening a ticket: who it is from, which promises it comes under, and its first clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk import journal
from deskterm.desk.agents import find_agent
from deskterm.desk.customer_rows import find_customer
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.instants import from_us
from deskterm.desk.journal import JournalEvent, NewEvent
from deskterm.desk.model import Agent, NewTicket
from deskterm.desk.rewriting import Loaded, Rewriter
from deskterm.desk.steps.base import one_of
from deskterm.desk.steps.triage import chosen
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.ticket_row import insert_ticket, ticket_values, words_of
from deskterm.policy.document import Policy

if TYPE_CHECKING:
    from sqlalchemy import Row

_AGREEMENT: Final = (
    "SELECT a.id, a.policy, a.snapshot, a.package, a.region, a.tier, a.starts, a.ends,"
    " c.id AS customer_id, c.name AS customer_name"
    " FROM agreement a JOIN customer c ON c.id = a.customer_id"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket that has just been opened."""

    number: int
    event_id: int
    loaded: Loaded


def open_ticket(
    tx: Tx, rewriter: Rewriter, ticket: NewTicket, me: Agent | None, now_us: int
) -> Opened:
    """Write a new ticket with its row, clocks and text.

    Raises `NotFound` for a customer, contact or site there is not and `Refused` for what the
    policy does not know.
    """
    head = journal.head(tx)
    opened_us = now_us if ticket.opened_us is None else ticket.opened_us
    if opened_us > now_us:
        raise Refused("A ticket cannot be opened in the future; give a time that has passed.")
    agreement = find_agreement(tx, ticket.customer, opened_us)
    policy = rewriter.shelf.policy(tx, agreement.snapshot)
    data = _opening(tx, ticket, agreement, policy)
    number = int(tx.value("SELECT coalesce(max(number), 0) + 1 FROM ticket"))
    by = None if me is None else me.id
    events = [NewEvent("ticket", number, opened_us, "opened", data, by)]
    agent = None
    if ticket.agent is not None:
        agent = find_agent(tx, ticket.agent)
        events.append(
            NewEvent("ticket", number, now_us, "assigned", {"agent_id": agent.id}, by)
        )
    history = [
        JournalEvent(
            head.last_event + place, "ticket", number, event.at_us, now_us, by, event.kind,
            event.data,
        )
        for place, event in enumerate(events, 1)
    ]  # fmt: skip
    loaded = rewriter.loaded(tx, number, history)
    clocks = rewriter.clocks(tx, loaded, now_us)
    values = ticket_values(
        number,
        loaded.version,
        loaded.state,
        policy,
        clocks,
        customer_name=agreement.customer_name,
        agent_name=None if agent is None else agent.name,
    )
    insert_ticket(tx, values, clocks, words_of(loaded.state, agreement.customer_name, ()))
    journal.append(tx, events, recorded_us=now_us)
    return Opened(number, history[0].id, loaded)


def find_agreement(tx: Tx, customer: int | str, at_us: int | None = None) -> Row[Any]:
    """The agreement a customer's tickets come under.

    The one added last of those in force at `at_us`; where none is, or no instant is named, the one
    added last. Raises `NotFound` for an unknown customer, `Refused` for one without an agreement.
    """
    named = not isinstance(customer, int)
    where = "c.name = :value" if named else "c.id = :value"
    row = _agreement(tx, where, str(clean(str(customer))) if named else customer, at_us)
    if row is not None:
        return row
    found = find_customer(tx, customer)
    row = _agreement(tx, "c.id = :value", found.id, at_us)
    if row is None:
        raise Refused(f"{found.name} has no agreement; add one first.")
    return row


def _agreement(tx: Tx, where: str, value: int | str, at_us: int | None) -> Row[Any] | None:
    return tx.one(
        f"{_AGREEMENT} WHERE {where} AND a.active ORDER BY CASE WHEN a.starts <= :day"
        " AND (a.ends IS NULL OR a.ends >= :day) THEN 0 ELSE 1 END, a.id DESC LIMIT 1",
        value=value,
        # No agreement begins before this day, so that the one added last comes first.
        day="" if at_us is None else from_us(at_us).date().isoformat(),
    )


def _opening(
    tx: Tx, ticket: NewTicket, agreement: Row[Any], policy: Policy
) -> Mapping[str, Any]:
    subject = clean(ticket.subject)
    if not subject:
        raise Refused("A ticket needs a subject.")
    contact = _contact(tx, ticket.contact, agreement)
    site = _site(tx, ticket.site, agreement)
    choice = chosen(
        policy,
        {
            "type": ticket.type,
            "request_class": ticket.request_class,
            "priority": ticket.priority,
            "impact": ticket.impact,
            "urgency": ticket.urgency,
        },
        before={"type": "incident"},
    )
    channels = {channel: channel for channel in (*policy.channels, *_channels())}
    channel = one_of({"channel": ticket.channel}, "channel", channels, "channel")
    tier = one_of({"tier": ticket.tier}, "tier", policy.tiers, "tier")
    tier = tier or (contact.tier if contact is not None else None) or agreement.tier
    data: dict[str, Any] = {
        **choice,
        "subject": str(subject),
        "body": str(clean(ticket.body, lines=True)),
        "customer_id": agreement.customer_id,
        "agreement_id": agreement.id,
        "policy": agreement.policy,
        "snapshot": agreement.snapshot,
        "package": agreement.package,
        "region": agreement.region,
        "contact_id": None if contact is None else contact.id,
        "site_id": None if site is None else site.id,
        "tier": tier,
        "channel": channel,
        "emergency_callout": ticket.emergency_callout or None,
        "reference": str(clean(ticket.reference)) if ticket.reference else None,
        "source": ticket.source,
        "affected": ticket.affected,
        "fields": {
            str(clean(name)): str(clean(value, lines=True))
            for name, value in ticket.fields.items()
            if value
        },
    }
    return {name: value for name, value in data.items() if value not in (None, "", {})}


def _channels() -> tuple[str, ...]:
    from deskterm.policy.vocabulary import CHANNELS

    return CHANNELS


def _contact(tx: Tx, named: int | str | None, agreement: Row[Any]) -> Row[Any] | None:
    if named is None or named == "":
        return None
    row = _named(tx, "contact", "id, name, tier", named, agreement.customer_id)
    if row is None:
        raise NotFound(
            f"{agreement.customer_name} has no contact “{clean(str(named))}”; add one first."
        )
    return row


def _site(tx: Tx, named: int | str | None, agreement: Row[Any]) -> Row[Any] | None:
    if named is None or named == "":
        return None
    row = _named(tx, "site", "id, name", named, agreement.customer_id)
    if row is None:
        raise NotFound(
            f"{agreement.customer_name} has no site “{clean(str(named))}”; add one first."
        )
    return row


def _named(
    tx: Tx, table: str, columns: str, named: int | str, customer_id: int
) -> Row[Any] | None:
    column = "id" if isinstance(named, int) else "name"
    value = named if isinstance(named, int) else str(clean(named))
    return tx.one(
        f"SELECT {columns} FROM {table}"
        f" WHERE customer_id = :customer AND {column} = :value AND active",
        customer=customer_id,
        value=value,
    )
