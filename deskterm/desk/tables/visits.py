"""Visits, who makes them and when they can, and what was ticked off on them.

A visit's row is a cache of its events in the journal, kept so that the database itself can refuse
an engineer in two places and a site booked twice (`deskterm.desk.migrations.visits_ground`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Index, Text
from sqlmodel import Field

from deskterm.desk.tables.base import Table, line, one_of
from deskterm.desk.tables.instant import instant, maybe_instant

KINDS: Final = ("scheduled", "on_demand", "callout")

#: ``withdrawn``: the booking itself was taken back.
STAGES: Final = (
    "booked", "arrived", "delivered", "cancelled", "missed", "prevented", "in_lieu", "forfeited",
    "withdrawn",
)  # fmt: skip

ABSENCES: Final = ("leave", "sickness", "training", "other")


class VisitRow(Table, table=True):
    """One visit as lists show it.

    It is promised in wall time (`day`, `starts`, `ends`, `zone`); `from_us` and `to_us` are the
    instants that means. `holds` is 1 while engineer and site are taken for it. A visit with
    `deliberate` 1 was put over another on purpose, by a supervisor with a reason.
    """

    __tablename__ = "visit"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("stage", STAGES),
        CheckConstraint("from_us < to_us", name="ends_after_start"),
        CheckConstraint("gap_us >= 0", name="gap"),
        # The look at a visit's neighbours goes no further than two days.
        CheckConstraint("to_us - from_us + gap_us < 172800000000", name="length"),
        CheckConstraint("deliberate = 0 OR overlap_reason <> ''", name="overlap_reason"),
        Index("ix_visit_engineer", "engineer_id", "from_us"),
        Index("ix_visit_site", "site_id", "from_us"),
        Index("ix_visit_agreement", "agreement_id", "from_us"),
        Index("ix_visit_customer", "customer_id", "from_us"),
        Index("ix_visit_from", "from_us"),
        Index("ix_visit_ticket", "ticket"),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int
    """Id of the last event about this visit; what a write was based on."""
    agreement_id: int = Field(foreign_key="agreement.id")
    customer_id: int = Field(foreign_key="customer.id")
    site_id: int = Field(foreign_key="site.id")
    engineer_id: int = Field(foreign_key="agent.id")
    kind: str
    stage: str = "booked"
    draws: int = 1
    """1 where it uses one of the visits granted."""
    slot: str
    day: str
    """Local date, ISO."""
    starts: str
    """Local time of day, ``HH:MM``."""
    ends: str
    zone: str
    from_at: datetime = instant("from_us")
    to_at: datetime = instant("to_us")
    gap_us: int = Field(default=0, sa_type=BigInteger)
    """Travel its engineer needs to another site afterwards."""
    holds: int = 1
    deliberate: int = 0
    overlap_reason: str = line(default="")
    arrived_at: datetime | None = maybe_instant("arrived_us")
    departed_at: datetime | None = maybe_instant("departed_us")
    lieu_minutes: int = 0
    ticket: int | None = Field(default=None, foreign_key="ticket.number")
    series: int | None = Field(default=None, index=True)
    """The first visit of its series."""
    sequence: int = 0
    """Rises with every change, so that calendar programs know the newer."""


class WorkingPatternRow(Table, table=True):
    """The hours an engineer works; the newest entered counts, none means onsite hours."""

    __tablename__ = "working_pattern"

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", index=True)
    body: str = Field(sa_type=Text)
    """JSON: a document of `deskterm.worktime`; ``null`` goes back to onsite hours."""
    entered_at: datetime = instant("entered_us")


class AbsenceRow(Table, table=True):
    """Time an engineer is away though the pattern says otherwise. Added and taken back only."""

    __tablename__ = "absence"
    __table_args__ = (one_of("kind", ABSENCES), CheckConstraint("from_us < to_us", name="order"))

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id", index=True)
    kind: str
    from_at: datetime = instant("from_us")
    to_at: datetime = instant("to_us")
    entered_at: datetime = instant("entered_us")
    withdrawn_at: datetime | None = maybe_instant("withdrawn_us")


class TermDateRow(Table, table=True):
    """A term, or days off within one, of a customer, an area or (both empty) everybody."""

    __tablename__ = "term_date"
    __table_args__ = (
        one_of("kind", ("term", "day_off")),
        CheckConstraint("customer_id IS NULL OR area = ''", name="scope"),
        CheckConstraint("first <= last", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True)
    area: str = line(default="")
    kind: str
    name: str = line()
    first: str
    """Local date, ISO."""
    last: str
    entered_at: datetime = instant("entered_us")
    withdrawn_at: datetime | None = maybe_instant("withdrawn_us")


class CustomerAreaRow(Table, table=True):
    """The area whose term dates a customer follows."""

    __tablename__ = "customer_area"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    area: str = line()


class AvUnitRow(Table, table=True):
    """A piece of classroom AV at a site, whose condition is recorded on its own."""

    __tablename__ = "av_unit"

    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    name: str = line()
    room: str = line(default="")
    active: bool = True


class VisitTickRow(Table, table=True):
    """One item of a checklist looked at; a later look at the same item counts instead."""

    __tablename__ = "visit_tick"
    __table_args__ = (
        one_of("result", ("ok", "fault", "not_applicable")),
        Index("ix_visit_tick_visit", "visit_id"),
        Index("ix_visit_tick_site", "site_id", "at_us"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    """None where it was done without a visit, by staff who are there all the time."""
    site_id: int = Field(foreign_key="site.id")
    checklist: str
    item: int
    unit_id: int | None = Field(default=None, foreign_key="av_unit.id")
    result: str
    note: str = line(default="")
    agent_id: int = Field(foreign_key="agent.id")
    at: datetime = instant("at_us")
    ticket: int | None = Field(default=None, foreign_key="ticket.number")
    """The ticket that was opened for what was found."""
