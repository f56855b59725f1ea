"""Tables of telling: what notices say, how their channels fare, and feeds that people read elsewhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class ContentRow(Base):
    """What notices say, kept once however many recipients hear it; `digest` covers both forms."""

    __tablename__ = "notice_contents"

    digest: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    html: Mapped[str]


class ChannelStateRow(Base):
    """How a channel fared last. A row without failures is a channel in order."""

    __tablename__ = "channel_states"

    channel: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]  # in a row
    not_before: Mapped[datetime]
    detail: Mapped[str]
    failed_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]


class PressFeedRow(Base):
    """A saved search that is read as a feed; only the token's hash is kept."""

    __tablename__ = "press_feeds"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    query: Mapped[str]
    owner: Mapped[str]  # desk name
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
