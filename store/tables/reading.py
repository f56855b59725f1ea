"""Tables of what was read: readings with their search rows, claims, stories, flags."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class ReadingRow(Base):
    """What was read in one version; claims have rows of their own, `body` is the rest."""

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    article: Mapped[int] = mapped_column(Number)
    version: Mapped[int]
    reader_version: Mapped[str]
    language: Mapped[str] = mapped_column(index=True)
    relevance: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    saved_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("article", "version"),
        ForeignKeyConstraint(
            ["article", "version"], ["article_versions.article", "article_versions.version"]
        ),
    )


class ReadingTopicRow(Base):
    """A topic of a reading, for search."""

    __tablename__ = "reading_topics"

    reading: Mapped[int] = mapped_column(Number, ForeignKey("readings.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index(None, "topic", "reading"),)


class ReadingPlaceRow(Base):
    """A place of a reading, for search: the unit meant and the name as written, folded."""

    __tablename__ = "reading_places"

    reading: Mapped[int] = mapped_column(Number, ForeignKey("readings.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index(None, "unit", "reading"), Index(None, "name_key", "reading"))


class ClaimRow(Base):
    """A checkable sentence of a reading."""

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    reading: Mapped[int] = mapped_column(Number, ForeignKey("readings.id"))
    position: Mapped[int]  # its place in the reading, from 0
    key: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]

    __table_args__ = (UniqueConstraint("reading", "position"),)


class StoryRow(Base):
    """A story: its members are in `memberships`; the columns serve lists and the check stage."""

    __tablename__ = "stories"

    id: Mapped[str] = mapped_column(primary_key=True)
    newest_at: Mapped[datetime | None] = mapped_column(
        index=True
    )  # the newest member's time; None: no members
    checked_with: Mapped[str] = mapped_column(default="", index=True)  # "": changed since the last check
    checked_at: Mapped[datetime | None]
    saved_at: Mapped[datetime]


class MembershipRow(Base):
    """Why an article is in a story; an article is in one story."""

    __tablename__ = "memberships"

    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"), primary_key=True)
    story: Mapped[str] = mapped_column(ForeignKey("stories.id"), index=True)
    copy_of: Mapped[int] = mapped_column(Number)
    score: Mapped[float]
    why: Mapped[str]
    saved_at: Mapped[datetime]


class FlagRow(Base):
    """*Cần kiểm chứng*; `withdrawn_at` when the checks no longer say so. Never deleted."""

    __tablename__ = "flags"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    story: Mapped[str] = mapped_column(ForeignKey("stories.id"), index=True)
    article: Mapped[int] = mapped_column(Number)
    version: Mapped[int]
    claim_key: Mapped[str] = mapped_column(index=True)
    finding: Mapped[str] = mapped_column(index=True, server_default="")  # store.differences
    body: Mapped[str]
    saved_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["article", "version"], ["readings.article", "readings.version"]),
        Index(None, "article"),
    )
