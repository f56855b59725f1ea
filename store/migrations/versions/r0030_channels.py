"""What notices say, kept once; how channels fare; feeds of saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030_channels"
down_revision = "0020_library"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Older notices keep what they say in themselves: an empty `content` says so."""
    with op.batch_alter_table("notices") as batch:
        batch.add_column(sa.Column("content", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("failed_at", TIME))
        batch.create_index(op.f("ix_notices_failed_at"), ["failed_at"])
    op.create_table(
        "notice_contents",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_notice_contents")),
    )
    _make_channel_states()
    _make_press_feeds()


def _make_channel_states() -> None:
    op.create_table(
        "channel_states",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failed_at", TIME),
        sa.Column("succeeded_at", TIME),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_states")),
    )


def _make_press_feeds() -> None:
    op.create_table(
        "press_feeds",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_press_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_press_feeds_token_hash")),
    )
