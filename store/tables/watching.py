"""Tables of hosts and of events."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
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
