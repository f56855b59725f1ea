"""Stories joined and parted by people; what articles are compared by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_grouping"
down_revision = "0009_health"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of decisions and of prints."""
    op.create_table(
        "story_decisions",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("undoes", NUMBER),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_story_decisions_story_stories")),
        sa.ForeignKeyConstraint(["into"], ["stories.id"], name=op.f("fk_story_decisions_into_stories")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_story_decisions")),
        sa.UniqueConstraint("undoes", name=op.f("uq_story_decisions_undoes")),
    )
    for column in ("story", "into"):
        op.create_index(op.f(f"ix_story_decisions_{column}"), "story_decisions", [column])
    op.create_table(
        "article_prints",
        sa.Column("article", NUMBER, nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_article_prints_article_articles")
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_article_prints")),
    )
