"""How much is told: stories with the day they began, for counting."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from store.codec import from_text
from store.loading import in_portions
from store.matching import matching_articles
from store.search.nodes import Query
from store.tables import ArticleRow, MembershipRow, ReadingRow, ReadingTopicRow, VersionRow
from store.types import MentionKind, PublicationDate, Reading

SURE = 0.5  # confidence of a date below which an article makes no peak: that may be the day of its capture


@dataclass(frozen=True, slots=True)
class Begun:
    """A story by its first article with a date to go by: when that was published (UTC), of what and where."""

    story: str
    at: datetime
    title: str
    topics: tuple[str, ...]
    places: tuple[str, ...]  # unit ids of the places where it happened


def stories_begun(session: Session, query: Query, *, since: datetime) -> list[Begun]:
    """Stories of which a search finds an article published since then (UTC), each by the first of these."""
    firsts: dict[str, tuple[datetime, int, str]] = {}
    read = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version)
    rows = session.execute(
        select(
            MembershipRow.story, ArticleRow.when_at, ArticleRow.number, VersionRow.published, VersionRow.title
        )
        .join(ArticleRow, ArticleRow.number == MembershipRow.article)
        .join(VersionRow, read)
        .where(ArticleRow.when_at >= since, ArticleRow.number.in_(matching_articles(session, query)))
        .order_by(ArticleRow.when_at, ArticleRow.number)
    )
    for row in rows:
        if _is_sure(row.published):
            firsts.setdefault(row.story, (row.when_at, row.number, row.title))
    readings = _readings_of(session, [number for _, number, _ in firsts.values()])
    return [
        Begun(story, at, title, *_subjects_of(readings[number]))
        for story, (at, number, title) in firsts.items()
    ]


def collecting_since(session: Session) -> datetime | None:
    """When the first article was saved (UTC); None where there is none."""
    return session.scalars(select(func.min(ArticleRow.saved_at))).one()


def _is_sure(published: str | None) -> bool:
    return published is not None and from_text(PublicationDate, published).confidence >= SURE


def _readings_of(session: Session, numbers: list[int]) -> dict[int, Reading]:
    found: dict[int, Reading] = {}
    of_version = and_(ReadingRow.article == ArticleRow.number, ReadingRow.version == ArticleRow.read_version)
    for some in in_portions(numbers):
        wanted = select(ArticleRow.number, ReadingRow.body).join(ReadingRow, of_version)
        rows = session.execute(wanted.where(ArticleRow.number.in_(some)))
        found.update((row.number, from_text(Reading, row.body)) for row in rows)
    return found


def _subjects_of(reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    places = (place.unit for place in reading.places if place.kind is MentionKind.EVENT_PLACE)
    return tuple(topic.id for topic in reading.topics), tuple(dict.fromkeys(places))


def topics_begun(
    session: Session, query: Query, *, since: datetime
) -> list[tuple[str, datetime, frozenset[str]]]:
    """Stories as `stories_begun` finds them: id, beginning (UTC), topics of that first article.

    Months of them are counted: nothing of a reading but its topics is loaded.
    """
    firsts: dict[str, tuple[datetime, int]] = {}
    read = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version)
    of_version = and_(ReadingRow.article == VersionRow.article, ReadingRow.version == VersionRow.version)
    rows = session.execute(
        select(MembershipRow.story, ArticleRow.when_at, VersionRow.published, ReadingRow.id)
        .join(ArticleRow, ArticleRow.number == MembershipRow.article)
        .join(VersionRow, read)
        .join(ReadingRow, of_version)
        .where(ArticleRow.when_at >= since, ArticleRow.number.in_(matching_articles(session, query)))
        .order_by(ArticleRow.when_at, ArticleRow.number)
    )
    for row in rows:
        if _is_sure(row.published):
            firsts.setdefault(row.story, (row.when_at, row.id))
    topics: dict[int, set[str]] = defaultdict(set)
    for some in in_portions(reading for _, reading in firsts.values()):
        found = select(ReadingTopicRow.reading, ReadingTopicRow.topic).where(
            ReadingTopicRow.reading.in_(some)
        )
        for reading, topic in session.execute(found):
            topics[reading].add(topic)
    return [(story, at, frozenset(topics[reading])) for story, (at, reading) in firsts.items()]
