"""The journal: every change to the desk, in one table that is only ever added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field

from deskterm.desk.tables.base import Table
from deskterm.desk.tables.instant import instant


class EventRow(Table, table=True):
    """One event; `deskterm.desk.journal` appends and verifies."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject", "subject_id", "id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    subject: str
    """``ticket``, ``customer``, ``agreement``, ``agent``, ``policy`` or ``visit``."""
    subject_id: int
    at: datetime = instant("at_us")
    recorded_at: datetime = instant("recorded_us")
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    kind: str
    payload: str | None = Field(default=None, sa_type=Text)
    """JSON; None once redacted."""
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Makes the hash of a redacted payload say nothing about it; goes with the payload."""
    payload_hash: bytes = Field(sa_type=LargeBinary)
    chain: bytes = Field(sa_type=LargeBinary)


class JournalHeadRow(Table, table=True):
    """The one row that says where the journal ends; writers meet here."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    last_event: int
    chain: bytes = Field(sa_type=LargeBinary)
