"""The evidence library: documents, passages, figures, and their index in each database's own form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0020_library"
down_revision = "0011_corrections"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

_SQLITE = """
CREATE VIRTUAL TABLE library_search USING fts5 (
    title, body, pairs,
    content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'"
)
"""


def upgrade() -> None:
    """Make the tables and the index."""
    _make_documents()
    _make_passages()
    op.create_table(
        "library_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("passages", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_library_words")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE)
    else:
        _make_postgresql_index()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _make_documents() -> None:
    op.create_table(
        "library_documents",
        sa.Column("number", NUMBER, nullable=False),
        *(_text(name) for name in ("sha256", "title", "name", "format", "kind", "publisher")),
        _text("publisher_key"),
        sa.Column("published", sa.Date()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        *(_text(name) for name in ("url", "notes", "added_by")),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("words", NUMBER, nullable=False),
        sa.Column("superseded_by", NUMBER),
        sa.Column("superseded_at", TIME),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["library_documents.number"],
            name=op.f("fk_library_documents_superseded_by_library_documents"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_library_documents")),
        sa.UniqueConstraint("sha256", name=op.f("uq_library_documents_sha256")),
    )
    for column in ("publisher_key", "published"):
        op.create_index(op.f(f"ix_library_documents_{column}"), "library_documents", [column])


def _make_passages() -> None:
    op.create_table(
        "library_passages",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("start", NUMBER, nullable=False),
        _text("text"),
        sa.Column("page", sa.Integer(), nullable=False),
        _text("sheet"),
        _text("cell"),
        sa.ForeignKeyConstraint(
            ["document"],
            ["library_documents.number"],
            name=op.f("fk_library_passages_document_library_documents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_passages")),
        sa.UniqueConstraint("document", "ordinal", name=op.f("uq_library_passages_document_ordinal")),
    )
    op.create_table(
        "library_figures",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("passage", NUMBER, nullable=False),
        *(_text(name) for name in ("key", "subject", "value")),
        sa.ForeignKeyConstraint(
            ["passage"], ["library_passages.id"], name=op.f("fk_library_figures_passage_library_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_figures")),
    )
    for column in ("key", "passage"):
        op.create_index(op.f(f"ix_library_figures_{column}"), "library_figures", [column])


def _make_postgresql_index() -> None:
    op.create_table(
        "library_search",
        sa.Column("passage", sa.BigInteger(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passage"], ["library_passages.id"], name="fk_library_search_passage_library_passages"
        ),
        sa.PrimaryKeyConstraint("passage", name="pk_library_search"),
    )
    op.create_index("ix_library_search_words", "library_search", ["words"], postgresql_using="gin")
