"""Tables of hosts and of events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class HostRow(Base):
    """What is remembered of a host between runs."""

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(primary_key=True)
    robots: Mapped[str]
    robots_status: Mapped[int]
    robots_at: Mapped[datetime | None]
    rest_until: Mapped[datetime | None]
    rest_why: Mapped[str]
    day: Mapped[str]
    requests: Mapped[int]
    robots_tried_at: Mapped[datetime | None]
    robots_etag: Mapped[str] = mapped_column(default="")
    robots_modified: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None]
    rests: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    blocked_since: Mapped[datetime | None]


class EventRow(Base):
    """Something that happened, once by its key."""

    __tablename__ = "events"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(index=True)
    article: Mapped[int | None] = mapped_column(Number, ForeignKey("articles.number"), index=True)
    from_version: Mapped[int]
    to_version: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
    detail: Mapped[str]
    saved_at: Mapped[datetime]


class LookRow(Base):
    """What came of looking at a captured page again: one row for each page, of the last look."""

    __tablename__ = "looks"

    url_key: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    source: Mapped[str]
    looked_at: Mapped[datetime]
    unchanged_at: Mapped[datetime | None]
    failures: Mapped[int]
    gone_at: Mapped[datetime | None]
    gone_why: Mapped[str]
    is_removed: Mapped[bool]

    __table_args__ = (Index(None, "source", "looked_at"),)


Index(
    "ix_looks_gone",
    LookRow.gone_at,
    sqlite_where=LookRow.gone_at.is_not(None),
    postgresql_where=LookRow.gone_at.is_not(None),
)
