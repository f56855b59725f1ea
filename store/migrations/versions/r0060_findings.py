"""Which flags tell of one difference. Until a story is checked again each of its flags is one by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060_findings"
down_revision = "0050_alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each flag the key of its finding."""
    # not in a batch: there SQLite copies the whole table
    op.add_column("flags", sa.Column("finding", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE flags SET finding = key")
    op.create_index(op.f("ix_flags_finding"), "flags", ["finding"])
