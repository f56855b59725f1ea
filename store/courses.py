"""How stories spread: when each independent outlet first had them. For counting: no texts are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.loading import in_portions
from store.matching import matching_articles
from store.search.nodes import Query
from store.tables import ArticleRow, MembershipRow, VersionRow


@dataclass(frozen=True, slots=True)
class Course:
    """A story, the title of its first article, when (UTC) each independent outlet first had it, in order."""

    story: str
    title: str
    reached: tuple[datetime, ...]


def courses_since(session: Session, query: Query, *, since: datetime) -> list[Course]:
    """Stories of which a search finds an article, all of them captured from `since` (UTC) on.

    By the time of capture: some outlets date an article by the day alone. Copies are no outlet of their own.
    """
    firsts: dict[str, dict[str, datetime]] = {}
    titles: dict[str, str] = {}
    read = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version)
    rows = session.execute(
        select(MembershipRow.story, VersionRow.title, VersionRow.outlet, ArticleRow.saved_at)
        .join(ArticleRow, ArticleRow.number == MembershipRow.article)
        .join(VersionRow, read)
        .where(
            MembershipRow.copy_of == 0,
            ArticleRow.saved_at >= since,
            ArticleRow.number.in_(matching_articles(session, query)),
        )
        .order_by(ArticleRow.saved_at, ArticleRow.number)
    )
    for row in rows:
        titles.setdefault(row.story, row.title)
        firsts.setdefault(row.story, {}).setdefault(row.outlet, row.saved_at)
    older = _older(session, list(firsts), since)
    return [
        Course(story, titles[story], tuple(sorted(reached.values())))
        for story, reached in firsts.items()
        if story not in older
    ]


def _older(session: Session, stories: list[str], since: datetime) -> set[str]:
    """Which of these began before: how they spread is known only in part."""
    found: set[str] = set()
    for some in in_portions(stories):
        rows = (
            select(MembershipRow.story)
            .join(ArticleRow, ArticleRow.number == MembershipRow.article)
            .where(MembershipRow.story.in_(some), ArticleRow.saved_at < since)
        )
        found.update(session.scalars(rows))
    return found
