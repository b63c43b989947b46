"""What is promised to whom: policies as taken in, agreements, and dated changes to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from deskterm.desk.tables.base import Table, line, one_of
from deskterm.desk.tables.instant import instant


class PolicySnapshotRow(Table, table=True):
    """A policy as it was taken in, found by the hash of its text and resolved holidays.

    Tickets name the snapshot they were opened under, so editing the file rewrites no history.
    `calendars` and `labels` are what a queue row needs, so that no row waits for TOML.
    """

    __tablename__ = "policy_snapshot"

    hash: str = Field(primary_key=True)
    policy: str = Field(index=True)
    """The policy's id."""
    version: str = ""
    text: str = Field(sa_type=Text)
    holidays: str = Field(sa_type=Text)
    """JSON: the public holidays as they were resolved, by calendar id."""
    calendars: str = Field(sa_type=Text)
    """JSON: calendar id to a document of `deskterm.worktime`."""
    labels: str = Field(sa_type=Text)
    """JSON: ``{"name", "priorities": [[id, name] ...], "clocks": [[id, name] ...]}``."""
    taken_at: datetime = instant("taken_us")


class CalendarRow(Table, table=True):
    """A compiled calendar that clocks name: a policy's hours with an agreement's dated changes.

    `key` is the hash of `body`, so a changed calendar is a new row and never a changed one.
    """

    __tablename__ = "calendar"

    key: str = Field(primary_key=True)
    zone: str
    body: str = Field(sa_type=Text)
    """JSON: a document of `deskterm.worktime`, or ``{"spans": [[from_us, to_us] ...]}``."""


class AgreementRow(Table, table=True):
    """A customer's agreement: which policy, with which package, region and dates."""

    __tablename__ = "agreement"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    policy: str = Field(index=True)
    snapshot: str = Field(foreign_key="policy_snapshot.hash")
    """What new tickets are opened under."""
    package: str | None = None
    region: str | None = None
    tier: str | None = None
    phase: str = ""
    """An id of the policy's phases; empty once ordinary support runs."""
    starts: str
    """Local date, ISO."""
    ends: str | None = None
    """Last local date, ISO; None: runs on."""
    visits: int | None = None
    """Visits bought for the window; None: the package's typical number."""
    fair_use: int | None = None
    """Threshold of on-demand visits and remote sessions per school year."""
    zone: str
    """IANA zone of the customer, in which visits are promised."""
    active: bool = True


class TimeFactRow(Table, table=True):
    """A dated change to hours or targets, of one agreement or of all of a policy. Only added.

    `data` is what `deskterm.sla` takes for `kind`; a mistake is taken back by a row of kind
    ``withdrawn`` naming it, which counts from when it was entered.
    """

    __tablename__ = "time_fact"
    __table_args__ = (
        one_of(
            "kind",
            ("shutdown", "extra", "weekly_extra", "break", "target", "withdrawn"),
        ),
        CheckConstraint("(policy IS NULL) <> (agreement_id IS NULL)", name="scope"),
    )

    id: int | None = Field(default=None, primary_key=True)
    policy: str | None = Field(default=None, index=True)
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    kind: str
    data: str = Field(sa_type=Text)
    """JSON."""
    reason: str = line(default="")
    agent_id: int | None = Field(default=None, foreign_key="agent.id")
    entered_at: datetime = instant("entered_us")


class RecomputeRow(Table, table=True):
    """Clocks that have to be computed again after a change to a calendar or to targets."""

    __tablename__ = "recompute"

    id: int | None = Field(default=None, primary_key=True)
    policy: str | None = None
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")
    every_clock: bool = False
    """Targets have changed too, so that clocks that do not run may be others now."""
    since_at: datetime = instant("since_us")
    after_number: int = 0
    """All tickets up to this number are done."""
