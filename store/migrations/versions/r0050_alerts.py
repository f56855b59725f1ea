"""Alerts: what came true under which rule, and how far each rule has looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050_alerts"
down_revision = "0040_matters"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
UNIQUE = ["rule", "condition", "subject", "detail"]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "happenings",
        sa.Column("number", NUMBER, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*UNIQUE, "body")),
        sa.Column("at", TIME, nullable=False),
        sa.Column("told_at", TIME),
        sa.Column("told_in", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_happenings")),
        sa.UniqueConstraint(*UNIQUE, name=op.f("uq_happenings_rule_condition_subject_detail")),
    )
    op.create_index(op.f("ix_happenings_told_at"), "happenings", ["told_at"])
    op.create_index(op.f("ix_happenings_rule_told_at"), "happenings", ["rule", "told_at"])
    op.create_table(
        "alert_marks",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("looked_until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_alert_marks")),
    )
