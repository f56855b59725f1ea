"""The full-text index, in each database's own form; see store.fulltext."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0004_search"
down_revision = "0003_office"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, body, title_spelled, body_spelled,
    content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
)
"""


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE)
    else:
        _make_postgresql()


def _make_postgresql() -> None:
    op.create_table(
        "article_search",
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["article_versions.id"], name="fk_article_search_version_article_versions"
        ),
        sa.PrimaryKeyConstraint("version", name="pk_article_search"),
    )
    op.create_index("ix_article_search_words", "article_search", ["words"], postgresql_using="gin")
