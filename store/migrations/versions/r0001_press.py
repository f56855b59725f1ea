"""The first tables: captures, articles and their versions, feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_press"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_articles()
    _make_article_versions()
    _make_snapshots()
    _make_captured()
    _make_feed_states()


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_with", sa.Text(), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=False),
        sa.Column("when_at", TIME),
        sa.Column("to_group", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_articles")),
        sa.UniqueConstraint("url_key", name=op.f("uq_articles_url_key")),
    )
    op.create_index(op.f("ix_articles_read_with"), "articles", ["read_with"])
    op.create_index(op.f("ix_articles_saved_at"), "articles", ["saved_at"])
    op.create_index(
        "ix_articles_ungrouped",
        "articles",
        ["when_at", "number"],
        sqlite_where=sa.text("to_group IS 1"),
        postgresql_where=sa.text("to_group IS true"),
    )
    op.create_index(op.f("ix_articles_when_at"), "articles", ["when_at"])


def _make_article_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("outlet_key", sa.Text(), nullable=False),
        sa.Column("outlet_name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Text()),
        sa.Column("when_at", TIME, nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("snapshot_sha256", sa.Text(), nullable=False),
        sa.Column("summary_only", sa.Boolean(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_article_versions_article_articles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_versions")),
        sa.UniqueConstraint("article", "version", name=op.f("uq_article_versions_article_version")),
    )
    op.create_index(op.f("ix_article_versions_article_digest"), "article_versions", ["article", "digest"])
    op.create_index(op.f("ix_article_versions_outlet"), "article_versions", ["outlet"])
    op.create_index(op.f("ix_article_versions_outlet_key"), "article_versions", ["outlet_key"])
    op.create_index(op.f("ix_article_versions_when_at"), "article_versions", ["when_at"])


def _make_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url_asked", sa.Text(), nullable=False),
        sa.Column("url_final", sa.Text(), nullable=False),
        sa.Column("url_final_key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("extracted", sa.Boolean(), nullable=False),
        sa.Column("article", NUMBER),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_snapshots_article_articles")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("url_final_key", "sha256", name=op.f("uq_snapshots_url_final_key_sha256")),
    )
    op.create_index(op.f("ix_snapshots_sha256"), "snapshots", ["sha256"])
    op.create_index(
        "ix_snapshots_unextracted",
        "snapshots",
        ["number"],
        sqlite_where=sa.text("extracted IS 0"),
        postgresql_where=sa.text("extracted IS false"),
    )


def _make_captured() -> None:
    op.create_table(
        "captured",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("snapshot", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"], ["snapshots.number"], name=op.f("fk_captured_snapshot_snapshots")
        ),
        sa.PrimaryKeyConstraint("url_key", name=op.f("pk_captured")),
    )


def _make_feed_states() -> None:
    op.create_table(
        "feed_states",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.Column("checked_at", TIME),
        sa.Column("succeeded_at", TIME),
        sa.Column("new_article_at", TIME),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feed_states")),
    )
