"""Politeness that outlives a process: pace, rests and refusals of hosts, what feeds ask of us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_politeness"
down_revision = "0005_collecting"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
NO_ASKS = '{"wait_seconds":0,"hours_off":[],"days_off":[]}'


def upgrade() -> None:
    """Add what a run has to know of the runs before it."""
    with op.batch_alter_table("hosts") as batch:
        for name in ("robots_tried_at", "asked_at", "blocked_since"):
            batch.add_column(sa.Column(name, TIME))
        for name in ("rests", "refusals"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in ("robots_etag", "robots_modified"):
            batch.add_column(_text(name, ""))
    with op.batch_alter_table("feed_states") as batch:
        batch.add_column(_text("asks", NO_ASKS))


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)
