"""Tickets, their clocks and what hangs on them.

A ticket's row and its clocks are a cache of its history in the journal: they hold what lists
show, so that a queue is one indexed read, and a replay of the journal finds them equal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, get_args

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field

from deskterm.desk.model import Status
from deskterm.desk.tables.base import Table, line, one_of
from deskterm.desk.tables.instant import instant, maybe_instant

STATUSES: Final = get_args(Status)
PHASES: Final = ("pending", "running", "paused", "met", "missed", "exempt", "void")
LINKS: Final = ("related", "duplicate", "parent", "caused_by", "merged")

_LIVE: Final = text("live = 1")


def _live(name: str, *columns: str) -> Index:
    """An index over the tickets still to be done; everything else is history."""
    return Index(f"ix_ticket_{name}", *columns, sqlite_where=_LIVE, postgresql_where=_LIVE)


class TicketRow(Table, table=True):
    """One ticket as lists show it; the number is its id."""

    __tablename__ = "ticket"
    __table_args__ = (
        one_of("status", STATUSES),
        _live("breaks", "breaks_us", "number"),
        _live("mine", "agent_id", "breaks_us", "number"),
        _live("held", "status", "breaks_us", "number"),
        _live("policy_order", "policy_order", "number"),
        _live("late", "late_from_us"),
        _live("risk", "at_risk_us"),
        _live("escalates", "escalate_us"),
        _live("chase", "chase_us"),
        Index("ix_ticket_customer", "customer_id", "number"),
        Index("ix_ticket_resolved", "resolved_us"),
        Index("ix_ticket_opened", "opened_us"),
        Index("uq_ticket_source", "source", unique=True),
        # Recomputing after a calendar change finds its tickets by these.
        _live("policy", "policy", "number"),
        _live("agreement", "agreement_id", "number"),
    )

    number: int | None = Field(default=None, primary_key=True)
    reference: str | None = line(default=None, nullable=True, index=True)
    """The customer's or another system's own number for it."""
    source: str | None = Field(default=None)
    """Where it was imported from and its id there, e.g. ``servicenow:INC0000045``."""
    version: int
    """Id of the last event about this ticket; what a write was based on."""
    live: int = 1
    """1 while it is to be done (new, open, held), else 0."""
    status: str = "new"
    subject: str = line()
    type: str
    request_class: str | None = None
    priority: str | None = None
    priority_rank: int
    """Place in the policy's list, 0 highest; not triaged counts as 0 until somebody looks."""
    impact: str | None = None
    urgency: str | None = None
    affected: int | None = None
    """Number of users affected, where somebody has said."""
    channel: str | None = None
    tier: str | None = None
    emergency_callout: bool = False
    policy: str
    snapshot: str = Field(foreign_key="policy_snapshot.hash")
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")
    package: str | None = None
    region: str | None = None
    customer_id: int = Field(foreign_key="customer.id")
    customer_name: str = line()
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    site_id: int | None = Field(default=None, foreign_key="site.id")
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    agent_name: str | None = line(default=None, nullable=True)
    opened_at: datetime = instant("opened_us")
    updated_at: datetime = instant("updated_us")
    resolved_at: datetime | None = maybe_instant("resolved_us")
    closed_at: datetime | None = maybe_instant("closed_us")
    hold_reason: str | None = None
    awaiting: str | None = line(default=None, nullable=True)
    """What is awaited of whom, while on hold."""
    chase_at: datetime | None = maybe_instant("chase_us")
    merged_into: int | None = Field(default=None, foreign_key="ticket.number")
    next_clock: str | None = None
    """The running clock that is due first."""
    next_due_at: datetime | None = maybe_instant("next_due_us")
    breaks_us: int = Field(sa_type=BigInteger)
    """`next_due_us`, or an instant after all others where nothing runs: what breaks next."""
    late_from_at: datetime | None = maybe_instant("late_from_us")
    """The first instant after which some running clock is late."""
    at_risk_at: datetime | None = maybe_instant("at_risk_us")
    """The first instant from which some running clock is at risk."""
    escalate_at: datetime | None = maybe_instant("escalate_us")
    """When the next escalation by itself is due."""
    policy_order: str = ""
    """Sorts as the policy's own queue order says."""


class ClockRow(Table, table=True):
    """The cache of one clock of one ticket: what `deskterm.sla` says until something changes."""

    __tablename__ = "clock"
    __table_args__ = (
        one_of("phase", PHASES),
        {"sqlite_with_rowid": False},
    )

    number: int = Field(primary_key=True, foreign_key="ticket.number")
    name: str = Field(primary_key=True)
    phase: str
    due_at: datetime | None = maybe_instant("due_us")
    late_from_at: datetime | None = maybe_instant("late_from_us")
    left_us: int | None = Field(default=None, sa_type=BigInteger)
    """Working time left while paused, or onsite time that is missing, in microseconds."""
    at_risk_at: datetime | None = maybe_instant("at_risk_us")
    escalate_at: datetime | None = maybe_instant("escalate_us")
    ended_at: datetime | None = maybe_instant("ended_us")
    used_us: int | None = Field(default=None, sa_type=BigInteger)
    """Working time used when it ended, in microseconds."""
    calendar: str | None = Field(default=None, foreign_key="calendar.key")


class TicketTextRow(Table, table=True):
    """What search looks through: subject, body, notes, contact and customer as one text."""

    __tablename__ = "ticket_text"

    number: int = Field(primary_key=True, foreign_key="ticket.number")
    live: int
    words: str = Field(sa_type=Text)


class LinkRow(Table, table=True):
    """Two tickets that have to do with each other; `kind` reads from `number` to `other`."""

    __tablename__ = "link"
    __table_args__ = (one_of("kind", LINKS), Index("ix_link_other", "other"))

    number: int = Field(primary_key=True, foreign_key="ticket.number")
    other: int = Field(primary_key=True, foreign_key="ticket.number")
    kind: str = Field(primary_key=True)


class PresenceRow(Table, table=True):
    """Who has a ticket open; a row not renewed for a while counts for nothing."""

    __tablename__ = "presence"

    number: int = Field(primary_key=True, foreign_key="ticket.number")
    agent_id: int = Field(primary_key=True, foreign_key="agent.id")
    seen_at: datetime = instant("seen_us")
