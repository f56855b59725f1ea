"""What passages of the library mean, where the office has a model that reads them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070_vectors"
down_revision = "0060_findings"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "library_vectors",
        sa.Column("passage", NUMBER, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("tongue", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage"], ["library_passages.id"], name=op.f("fk_library_vectors_passage_library_passages")
        ),
        sa.PrimaryKeyConstraint("passage", name=op.f("pk_library_vectors")),
    )
