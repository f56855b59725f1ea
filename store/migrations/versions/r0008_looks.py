"""What came of looking at pages again, and which versions were compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_looks"
down_revision = "0007_identity"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of looks and the mark of comparison; old versions are compared by the next run."""
    op.create_table(
        "looks",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("looked_at", TIME, nullable=False),
        sa.Column("unchanged_at", TIME),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("gone_at", TIME),
        sa.Column("gone_why", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("url_key", name=op.f("pk_looks")),
    )
    op.create_index("ix_looks_source_looked_at", "looks", ["source", "looked_at"])
    op.create_index(
        "ix_looks_gone",
        "looks",
        ["gone_at"],
        sqlite_where=sa.text("gone_at IS NOT NULL"),
        postgresql_where=sa.text("gone_at IS NOT NULL"),
    )
    # not in a batch: there SQLite copies the whole table
    op.add_column("articles", sa.Column("compared", sa.Integer(), nullable=False, server_default="1"))
    op.create_index(
        "ix_articles_uncompared",
        "articles",
        ["number"],
        sqlite_where=sa.text("version > compared"),
        postgresql_where=sa.text("version > compared"),
    )
