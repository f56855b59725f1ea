"""How captures ended, by time, without looking at the captures themselves."""

from __future__ import annotations

from alembic import op

revision = "0009_health"
down_revision = "0008_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make an index that holds all that the health of sources asks of captures."""
    op.create_index(
        op.f("ix_snapshots_saved_at_source_status_reason"),
        "snapshots",
        ["saved_at", "source", "status", "reason"],
    )
