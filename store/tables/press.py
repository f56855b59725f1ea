"""Tables of what was collected: captures, articles and their versions, feeds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class SnapshotRow(Base):
    """A page as received; the bytes lie in the archive under `sha256`. What came of it stands beside it."""

    __tablename__ = "snapshots"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    source: Mapped[str]
    url_asked: Mapped[str]
    url_final: Mapped[str]
    # hashes of addresses, since addresses have no length limit and index entries have
    url_final_key: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    status: Mapped[int]
    headers: Mapped[str]
    entry: Mapped[str | None]
    fetched_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    asked_with: Mapped[str] = mapped_column(default="[]")
    address: Mapped[str] = mapped_column(default="")
    # where the record lies in the archive; "" for a capture from before there were WARC files
    warc_file: Mapped[str] = mapped_column(default="")
    warc_offset: Mapped[int] = mapped_column(Number, default=0)
    extracted: Mapped[bool] = mapped_column(default=False)
    article: Mapped[int | None] = mapped_column(Number, ForeignKey("articles.number"))
    reason: Mapped[str] = mapped_column(default="")

    # not unique: an edit taken back (A, B, A) is a capture again; see store.snapshots
    __table_args__ = (
        Index(None, "url_final_key", "number"),
        Index(None, "saved_at", "source", "status", "reason"),  # all that the health of sources asks
    )


Index(
    "ix_snapshots_unextracted",
    SnapshotRow.number,
    sqlite_where=SnapshotRow.extracted.is_(False),
    postgresql_where=SnapshotRow.extracted.is_(False),
)


class CapturedRow(Base):
    """An address that led to a capture: asked for or arrived at."""

    __tablename__ = "captured"

    url_key: Mapped[str] = mapped_column(primary_key=True)
    snapshot: Mapped[int] = mapped_column(Number, ForeignKey("snapshots.number"))


class ArticleRow(Base):
    """An article is its canonical address; the columns below it say where each stage stands with it."""

    __tablename__ = "articles"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    url: Mapped[str]
    url_key: Mapped[str] = mapped_column(unique=True)
    saved_at: Mapped[datetime] = mapped_column(index=True)  # the first version's
    version: Mapped[int] = mapped_column(default=0)  # the newest
    read_with: Mapped[str] = mapped_column(default="", index=True)  # reader of the newest version, "" unread
    read_version: Mapped[int] = mapped_column(default=0)  # the newest that was read, 0 none
    when_at: Mapped[datetime | None] = mapped_column(index=True)  # Article.when of the version read
    to_group: Mapped[bool] = mapped_column(default=False)
    compared: Mapped[int] = mapped_column(default=1)  # the newest version compared with its predecessor


Index(
    "ix_articles_ungrouped",
    ArticleRow.when_at,
    ArticleRow.number,
    sqlite_where=ArticleRow.to_group.is_(True),
    postgresql_where=ArticleRow.to_group.is_(True),
)


Index(
    "ix_articles_uncompared",
    ArticleRow.number,
    sqlite_where=ArticleRow.version > ArticleRow.compared,
    postgresql_where=ArticleRow.version > ArticleRow.compared,
)


class VersionRow(Base):
    """One version of an article's words. The by-line is for citation: no index on it, ever."""

    __tablename__ = "article_versions"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"))
    version: Mapped[int]
    digest: Mapped[str]
    outlet: Mapped[str] = mapped_column(index=True)
    outlet_key: Mapped[str] = mapped_column(index=True)
    outlet_name: Mapped[str]
    scope: Mapped[str]
    title: Mapped[str]
    lead: Mapped[str]
    text: Mapped[str]
    byline: Mapped[str]
    section: Mapped[str]
    language: Mapped[str]
    published: Mapped[str | None]
    when_at: Mapped[datetime] = mapped_column(index=True)
    fetched_at: Mapped[datetime]
    snapshot_sha256: Mapped[str]
    summary_only: Mapped[bool]
    extractor: Mapped[str]
    tags: Mapped[str] = mapped_column(default="[]")  # no index, ever: a keyword may be a person's name
    saved_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("article", "version"), Index(None, "article", "digest"))


class FeedStateRow(Base):
    """What is remembered of a feed between looks."""

    __tablename__ = "feed_states"

    url: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    outcome: Mapped[str]
    detail: Mapped[str]
    etag: Mapped[str]
    last_modified: Mapped[str]
    body_sha256: Mapped[str]
    checked_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    new_article_at: Mapped[datetime | None]
    failures: Mapped[int]
    next_at: Mapped[datetime | None]
    yields: Mapped[str] = mapped_column(default="[]")
    asks: Mapped[str]
