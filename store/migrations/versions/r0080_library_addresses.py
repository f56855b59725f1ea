"""What the addresses of the library's documents held when they were last asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0080_library_addresses"
down_revision = "0070_vectors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "library_addresses",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_library_addresses")),
    )
