"""The first tables: readings, claims, stories, flags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_reading"
down_revision = "0001_press"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_readings()
    _make_reading_topics()
    _make_reading_places()
    _make_claims()
    _make_stories()
    _make_memberships()
    _make_flags()


def _make_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("relevance", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["article", "version"],
            ["article_versions.article", "article_versions.version"],
            name=op.f("fk_readings_article_version_article_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("article", "version", name=op.f("uq_readings_article_version")),
    )
    op.create_index(op.f("ix_readings_language"), "readings", ["language"])
    op.create_index(op.f("ix_readings_relevance"), "readings", ["relevance"])


def _make_reading_topics() -> None:
    op.create_table(
        "reading_topics",
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"], ["readings.id"], name=op.f("fk_reading_topics_reading_readings")
        ),
        sa.PrimaryKeyConstraint("reading", "topic", name=op.f("pk_reading_topics")),
    )
    op.create_index(op.f("ix_reading_topics_topic_reading"), "reading_topics", ["topic", "reading"])


def _make_reading_places() -> None:
    op.create_table(
        "reading_places",
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading"], ["readings.id"], name=op.f("fk_reading_places_reading_readings")
        ),
        sa.PrimaryKeyConstraint("reading", "unit", "name_key", name=op.f("pk_reading_places")),
    )
    op.create_index(op.f("ix_reading_places_name_key_reading"), "reading_places", ["name_key", "reading"])
    op.create_index(op.f("ix_reading_places_unit_reading"), "reading_places", ["unit", "reading"])


def _make_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.id"], name=op.f("fk_claims_reading_readings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("reading", "position", name=op.f("uq_claims_reading_position")),
    )
    op.create_index(op.f("ix_claims_key"), "claims", ["key"])


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("newest_at", TIME),
        sa.Column("checked_with", sa.Text(), nullable=False),
        sa.Column("checked_at", TIME),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_checked_with"), "stories", ["checked_with"])
    op.create_index(op.f("ix_stories_newest_at"), "stories", ["newest_at"])


def _make_memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("copy_of", NUMBER, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_memberships_article_articles")
        ),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_memberships_story_stories")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_story"), "memberships", ["story"])


def _make_flags() -> None:
    op.create_table(
        "flags",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("claim_key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME),
        sa.ForeignKeyConstraint(
            ["article", "version"],
            ["readings.article", "readings.version"],
            name=op.f("fk_flags_article_version_readings"),
        ),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_flags_story_stories")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_flags")),
        sa.UniqueConstraint("key", name=op.f("uq_flags_key")),
    )
    op.create_index(op.f("ix_flags_article"), "flags", ["article"])
    op.create_index(op.f("ix_flags_claim_key"), "flags", ["claim_key"])
    op.create_index(op.f("ix_flags_story"), "flags", ["story"])
