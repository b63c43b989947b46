"""Visits, and what makes them possible."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from deskterm.desk.migrations.visits_ground import statements

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("to_us", sa.BigInteger(), nullable=False),
        sa.Column("entered_us", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('leave', 'sickness', 'training', 'other')", name=op.f("ck_absence_kind")
        ),
        sa.CheckConstraint("from_us < to_us", name=op.f("ck_absence_order")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_absence_agent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_agent_id"), "absence", ["agent_id"], unique=False)
    op.create_table(
        "customer_area",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_area_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_area")),
    )
    op.create_table(
        "term_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("entered_us", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_us", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("customer_id IS NULL OR area = ''", name=op.f("ck_term_date_scope")),
        sa.CheckConstraint("kind IN ('term', 'day_off')", name=op.f("ck_term_date_kind")),
        sa.CheckConstraint("first <= last", name=op.f("ck_term_date_order")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_term_date_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_date")),
    )
    op.create_index(op.f("ix_term_date_customer_id"), "term_date", ["customer_id"], unique=False)
    op.create_table(
        "working_pattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("entered_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_working_pattern_agent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_pattern")),
    )
    op.create_index(
        op.f("ix_working_pattern_agent_id"), "working_pattern", ["agent_id"], unique=False
    )
    op.create_table(
        "av_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_av_unit_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_av_unit")),
    )
    op.create_index(op.f("ix_av_unit_site_id"), "av_unit", ["site_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("engineer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("draws", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("from_us", sa.BigInteger(), nullable=False),
        sa.Column("to_us", sa.BigInteger(), nullable=False),
        sa.Column("gap_us", sa.BigInteger(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.Column("deliberate", sa.Integer(), nullable=False),
        sa.Column("overlap_reason", sa.Text(), nullable=False),
        sa.Column("arrived_us", sa.BigInteger(), nullable=True),
        sa.Column("departed_us", sa.BigInteger(), nullable=True),
        sa.Column("lieu_minutes", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.Column("series", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "deliberate = 0 OR overlap_reason <> ''", name=op.f("ck_visit_overlap_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('scheduled', 'on_demand', 'callout')", name=op.f("ck_visit_kind")
        ),
        sa.CheckConstraint(
            "stage IN ('booked', 'arrived', 'delivered', 'cancelled', 'missed', 'prevented',"
            " 'in_lieu', 'forfeited', 'withdrawn')",
            name=op.f("ck_visit_stage"),
        ),
        sa.CheckConstraint("from_us < to_us", name=op.f("ck_visit_ends_after_start")),
        sa.CheckConstraint("gap_us >= 0", name=op.f("ck_visit_gap")),
        sa.CheckConstraint("to_us - from_us + gap_us < 172800000000", name=op.f("ck_visit_length")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_visit_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_visit_customer_id")
        ),
        sa.ForeignKeyConstraint(["engineer_id"], ["agent.id"], name=op.f("fk_visit_engineer_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visit_site_id")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_visit_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_agreement", "visit", ["agreement_id", "from_us"], unique=False)
    op.create_index("ix_visit_customer", "visit", ["customer_id", "from_us"], unique=False)
    op.create_index("ix_visit_engineer", "visit", ["engineer_id", "from_us"], unique=False)
    op.create_index("ix_visit_from", "visit", ["from_us"], unique=False)
    op.create_index(op.f("ix_visit_series"), "visit", ["series"], unique=False)
    op.create_index("ix_visit_site", "visit", ["site_id", "from_us"], unique=False)
    op.create_index("ix_visit_ticket", "visit", ["ticket"], unique=False)
    op.create_table(
        "visit_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("checklist", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("at_us", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "result IN ('ok', 'fault', 'not_applicable')", name=op.f("ck_visit_tick_result")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_visit_tick_agent_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visit_tick_site_id")),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name=op.f("fk_visit_tick_ticket")),
        sa.ForeignKeyConstraint(["unit_id"], ["av_unit.id"], name=op.f("fk_visit_tick_unit_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_tick_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_tick")),
    )
    op.create_index("ix_visit_tick_site", "visit_tick", ["site_id", "at_us"], unique=False)
    op.create_index("ix_visit_tick_visit", "visit_tick", ["visit_id"], unique=False)
    bind = op.get_bind()
    for statement in statements(bind.dialect.name):
        bind.exec_driver_sql(statement)
