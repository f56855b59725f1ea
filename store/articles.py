"""Articles and their versions. An article is its address; the words of its newest version are nothing new.

Other words are a new version, also an edit taken back (A, B, A), since readers saw it so. An older version's
words from a capture no younger than the newest version's are old material read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.codec import from_text, to_text
from store.folding import name_key
from store.fulltext import index_version
from store.snapshots import (
    find_snapshot,
    known_urls,
    record_extraction,
    save_snapshot,
    save_snapshots,
    unextracted,
)
from store.tables import ArticleRow, VersionRow, clean_text
from store.types import Article, PublicationDate, Scope
from store.upsert import insert_absent, insert_row

__all__ = [
    "Stored",
    "StoredArticle",
    "StoredOutcome",
    "article_from",
    "find_article",
    "find_article_by_url",
    "find_snapshot",
    "iter_articles",
    "known_urls",
    "record_extraction",
    "save_article",
    "save_snapshot",
    "save_snapshots",
    "select_versions",
    "stored_article_from",
    "unextracted",
    "versions_of",
]

_TEXTS = (
    "url", "outlet", "outlet_name", "title", "text", "lead", "byline", "section", "language", "extractor",
)  # fmt: skip
_AS_THEY_ARE = (
    *_TEXTS[1:],
    "snapshot_sha256",
    "fetched_at",
    "summary_only",
)  # the address stands with the article
_CHUNK = 500  # rows held in memory while streaming


class StoredOutcome(StrEnum):
    """What saving an article changed."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an article lies after saving it, and what that changed."""

    number: int
    version: int
    outcome: StoredOutcome


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version of an article in the store; `saved_at` is the version's (UTC)."""

    number: int
    version: int
    article: Article
    saved_at: datetime


def save_article(session: Session, article: Article, *, now: datetime) -> Stored:
    """Save what was extracted; see the module's docstring for what is a new version.

    Safe when several processes save the same article at once, in writing transactions: one of them makes the
    version, the others see it. NUL and lone surrogates, which no database holds, become U+FFFD, one for one.
    """
    article = _storable(article)
    key = url_key(article.url)
    row = {"url": article.url, "url_key": key, "saved_at": now, "version": 1}
    number = insert_absent(session, ArticleRow, row, unique=("url_key",))
    if number is not None:
        _add_version(session, number, 1, article, now=now)
        return Stored(number, 1, StoredOutcome.NEW)
    # locked until the end of the transaction, so that version numbers follow one another
    columns = select(ArticleRow.number, ArticleRow.version).where(ArticleRow.url_key == key)
    number, newest = session.execute(columns.with_for_update()).one()
    same = _version_with_same_words(session, number, newest, article)
    if same is not None:
        return Stored(number, same, StoredOutcome.UNCHANGED)
    _add_version(session, number, newest + 1, article, now=now)
    values = {"version": newest + 1, "read_with": ""}
    session.execute(update(ArticleRow).where(ArticleRow.number == number).values(values))
    return Stored(number, newest + 1, StoredOutcome.NEW_VERSION)


def find_article(session: Session, number: int, *, version: int | None = None) -> StoredArticle | None:
    """An article's newest version, or the one asked for; None when there is none."""
    wanted = ArticleRow.version if version is None else version
    row = session.execute(
        select_versions().where(ArticleRow.number == number, VersionRow.version == wanted)
    ).first()
    return stored_article_from(row) if row else None


def find_article_by_url(session: Session, url: str) -> StoredArticle | None:
    """The newest version of the article with this canonical address."""
    newest = select_versions().where(
        ArticleRow.url_key == url_key(url), VersionRow.version == ArticleRow.version
    )
    row = session.execute(newest).first()
    return stored_article_from(row) if row else None


def versions_of(session: Session, number: int) -> list[StoredArticle]:
    """All versions of an article, first to newest."""
    statement = select_versions().where(ArticleRow.number == number).order_by(VersionRow.version)
    return [stored_article_from(row) for row in session.execute(statement)]


def iter_articles(session: Session) -> Iterator[StoredArticle]:
    """The newest version of every article in order of number, streamed."""
    newest = select_versions().where(VersionRow.version == ArticleRow.version).order_by(ArticleRow.number)
    with session.execute(newest.execution_options(yield_per=_CHUNK)) as rows:
        for row in rows:
            yield stored_article_from(row)


def stored_article_from(row: Row[Any]) -> StoredArticle:
    """A row with `number`, `url` and the columns of a version as a value."""
    return StoredArticle(row.number, row.version, article_from(row), row.saved_at)


def article_from(row: Row[Any]) -> Article:
    """A row with `url` and the columns of a version as an Article."""
    return Article(
        url=row.url,
        outlet=row.outlet,
        outlet_name=row.outlet_name,
        scope=Scope(row.scope),
        title=row.title,
        text=row.text,
        lead=row.lead,
        byline=row.byline,
        section=row.section,
        language=row.language,
        published=from_text(PublicationDate, row.published) if row.published else None,
        fetched_at=row.fetched_at,
        snapshot_sha256=row.snapshot_sha256,
        summary_only=row.summary_only,
        extractor=row.extractor,
        tags=from_text(tuple[str, ...], row.tags),
    )


def select_versions() -> Select[Any]:
    """Articles joined with their versions, with the columns `stored_article_from` wants."""
    return select(ArticleRow.number, ArticleRow.url, *VersionRow.__table__.columns).join(
        VersionRow, VersionRow.article == ArticleRow.number
    )


def _storable(article: Article) -> Article:
    texts = {name: getattr(article, name) for name in _TEXTS}
    changed: dict[str, Any] = {
        name: clean_text(text) for name, text in texts.items() if clean_text(text) != text
    }
    return replace(article, **changed) if changed else article


def _version_with_same_words(session: Session, number: int, newest: int, article: Article) -> int | None:
    """The version that already says what `article` says, None when it is a new version."""
    columns = (VersionRow.version, VersionRow.digest, VersionRow.fetched_at)
    top = session.execute(
        select(*columns).where(VersionRow.article == number, VersionRow.version == newest)
    ).one()
    digest = article.digest
    if top.digest == digest:
        return newest
    if article.fetched_at > top.fetched_at:
        return None
    older = select(VersionRow.version).where(VersionRow.article == number, VersionRow.digest == digest)
    return session.scalars(older.order_by(VersionRow.version.desc()).limit(1)).first()


def _add_version(session: Session, number: int, version: int, article: Article, *, now: datetime) -> None:
    values = {name: getattr(article, name) for name in _AS_THEY_ARE} | {
        "article": number,
        "version": version,
        "digest": article.digest,
        "outlet_key": name_key(article.outlet_name),
        "scope": article.scope.value,
        "published": to_text(article.published) if article.published else None,
        "when_at": article.when,
        "tags": to_text(tuple(clean_text(tag) for tag in article.tags)),
        "saved_at": now,
    }
    row = insert_row(session, VersionRow, values)
    index_version(session, row, title=article.title, body=f"{article.lead}\n{article.text}")
