"""Versions side by side: which nobody has compared yet, and when each was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.articles import StoredArticle, select_versions, stored_article_from
from store.loading import in_portions
from store.tables import ArticleRow, VersionRow


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """A version without its text: what it was called, where, and when it was captured (UTC)."""

    number: int
    version: int
    url: str
    outlet_name: str
    title: str
    at: datetime


def versions_seen(session: Session, articles: Iterable[int]) -> dict[tuple[int, int], VersionSeen]:
    """The versions of articles by (number, version)."""
    columns = (
        ArticleRow.number,
        VersionRow.version,
        ArticleRow.url,
        VersionRow.outlet_name,
        VersionRow.title,
        VersionRow.fetched_at.label("at"),
    )
    found: dict[tuple[int, int], VersionSeen] = {}
    for some in in_portions(articles):
        statement = select(*columns).join(VersionRow, VersionRow.article == ArticleRow.number)
        for row in session.execute(statement.where(ArticleRow.number.in_(some))):
            found[row.number, row.version] = VersionSeen(**row._asdict())
    return found


def uncompared(session: Session, *, limit: int) -> list[list[StoredArticle]]:
    """Articles with new versions, by number: of each the last version compared and all that came after it."""
    columns = select(ArticleRow.number).where(ArticleRow.version > ArticleRow.compared)
    numbers = session.scalars(columns.order_by(ArticleRow.number).limit(limit)).all()
    found: dict[int, list[StoredArticle]] = {number: [] for number in numbers}
    for some in in_portions(numbers):
        versions = select_versions().where(
            ArticleRow.number.in_(some), VersionRow.version >= ArticleRow.compared
        )
        for row in session.execute(versions.order_by(ArticleRow.number, VersionRow.version)):
            found[row.number].append(stored_article_from(row))
    return list(found.values())


def mark_compared(session: Session, versions: Sequence[StoredArticle]) -> None:
    """Record that the newest of an article's versions was compared; a newer one saved meanwhile waits."""
    newest = versions[-1]
    statement = update(ArticleRow).where(ArticleRow.number == newest.number)
    session.execute(statement.values(compared=newest.version))
