"""Matters for units to correct, and reviews of claims that others published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040_matters"
down_revision = "0030_channels"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "matters",
        sa.Column("number", NUMBER, nullable=False),
        *_texts("claim", "claim_text"),
        sa.Column("article", NUMBER, nullable=False),
        *_texts("story"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_matters_article_articles")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_matters")),
    )
    op.create_index(op.f("ix_matters_claim"), "matters", ["claim"])
    op.create_index(op.f("ix_matters_is_open"), "matters", ["is_open"])
    _make_acts()
    _make_published()


def _make_acts() -> None:
    op.create_table(
        "matter_acts",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("matter", NUMBER, nullable=False),
        *_texts("step", "by"),
        sa.Column("at", TIME, nullable=False),
        *_texts("words", "unit", "limit_id"),
        sa.Column("due_at", TIME),
        sa.ForeignKeyConstraint(["matter"], ["matters.number"], name=op.f("fk_matter_acts_matter_matters")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_matter_acts")),
    )
    op.create_index(op.f("ix_matter_acts_matter"), "matter_acts", ["matter"])


def _make_published() -> None:
    op.create_table(
        "published_reviews",
        sa.Column("number", NUMBER, nullable=False),
        *_texts("key", "claim", "rating", "leaning", "publisher", "url"),
        sa.Column("published", sa.Date()),
        *_texts("appearances", "added_by"),
        sa.Column("added_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_published_reviews")),
        sa.UniqueConstraint("key", name=op.f("uq_published_reviews_key")),
    )
