"""Evidence that can be proved, politeness that outlives a process, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_collecting"
down_revision = "0004_search"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Change the tables of what was collected, make those of hosts and events."""
    _change_snapshots()
    with op.batch_alter_table("feed_states") as batch:
        batch.add_column(sa.Column("next_at", TIME))
        batch.add_column(_text("yields", "[]"))
    with op.batch_alter_table("article_versions") as batch:
        batch.add_column(_text("tags", "[]"))
    _make_hosts()
    _make_events()


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _change_snapshots() -> None:
    with op.batch_alter_table("snapshots") as batch:
        batch.drop_constraint(op.f("uq_snapshots_url_final_key_sha256"), type_="unique")
        batch.add_column(_text("asked_with", "[]"))
        batch.add_column(_text("address", ""))
        batch.add_column(_text("warc_file", ""))
        batch.add_column(sa.Column("warc_offset", NUMBER, nullable=False, server_default="0"))
        batch.create_index(op.f("ix_snapshots_url_final_key_number"), ["url_final_key", "number"])


def _make_hosts() -> None:
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("robots", sa.Text(), nullable=False),
        sa.Column("robots_status", sa.Integer(), nullable=False),
        sa.Column("robots_at", TIME),
        sa.Column("rest_until", TIME),
        sa.Column("rest_why", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_hosts")),
    )


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("article", NUMBER),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_events_article_articles")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_events")),
        sa.UniqueConstraint("key", name=op.f("uq_events_key")),
    )
    for column in ("article", "at", "kind", "source"):
        op.create_index(op.f(f"ix_events_{column}"), "events", [column])
