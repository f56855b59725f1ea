"""Tables of grouping: what people decided of stories, and what articles are compared by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class StoryDecisionRow(Base):
    """A person joined two stories, took an article out, or took such a decision back. Only added to."""

    __tablename__ = "story_decisions"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    kind: Mapped[str]
    story: Mapped[str] = mapped_column(ForeignKey("stories.id"), index=True)  # that was left
    into: Mapped[str] = mapped_column(ForeignKey("stories.id"), index=True)
    moved: Mapped[str]  # the memberships that changed, as they were before
    undoes: Mapped[int | None] = mapped_column(Number, unique=True)  # a decision is taken back once
    by: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class ArticlePrintRow(Base):
    """What a grouped article is compared by, so that its text need not be read again."""

    __tablename__ = "article_prints"

    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"), primary_key=True)
    made_with: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
