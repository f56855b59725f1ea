"""Readings: finding what nobody has read with the present rules, saving what was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, select, update
from sqlalchemy.orm import Session

from store.articles import StoredArticle, select_versions, stored_article_from
from store.codec import to_text
from store.corrections import corrections_of, give_way
from store.errors import UnknownRowError
from store.folding import place_key
from store.loading import in_portions, read_articles_from, select_read
from store.progress import mark_changed, not_done_with
from store.tables import (
    ArticleRow,
    ClaimRow,
    MembershipRow,
    ReadingPlaceRow,
    ReadingRow,
    ReadingTopicRow,
    VersionRow,
)
from store.types import MentionKind, ReadArticle, Reading
from store.upsert import insert_absent, insert_rows


def unread(session: Session, *, reader_version: str, limit: int) -> list[StoredArticle]:
    """Newest versions that this reader has not read, new articles before articles to be read again."""
    numbers = not_done_with(session, ArticleRow.number, ArticleRow.read_with, reader_version, limit=limit)
    found: list[StoredArticle] = []
    for some in in_portions(numbers):
        these = select_versions().where(ArticleRow.number.in_(some), VersionRow.version == ArticleRow.version)
        found += [stored_article_from(row) for row in session.execute(these.order_by(ArticleRow.number))]
    return found


def save_reading(session: Session, number: int, version: int, reading: Reading, *, now: datetime) -> None:
    """Save what was read in one version; an older reader's reading of it is replaced.

    Where a person corrected the article, the reading gives way: what they said is never read over.

    If the article is in a story already, the story is marked as changed.

    Raises:
        UnknownRowError: when there is no such version.

    """
    standing = _standing_of(session, number, version)
    reading = give_way(reading, corrections_of(session, number))
    row = _save_row(session, number, version, reading, now=now)
    _save_details(session, row, reading)
    values: dict[str, Any] = {}
    if version == standing.version:
        values["read_with"] = reading.reader_version
    if version >= standing.read_version:
        ungrouped = standing.story is None
        values |= {"read_version": version, "when_at": standing.when_at, "to_group": ungrouped}
    if values:
        session.execute(update(ArticleRow).where(ArticleRow.number == number).values(values))
    if standing.story is not None:
        mark_changed(session, [standing.story])


def find_read(session: Session, number: int) -> ReadArticle | None:
    """An article with its newest reading; None when it was never read."""
    rows = session.execute(select_read().where(ArticleRow.number == number)).all()
    return next(iter(read_articles_from(session, rows)), None)


def find_read_version(session: Session, number: int, version: int) -> ReadArticle | None:
    """One version of an article with its reading; None when that version was never read."""
    rows = session.execute(select_read(version=version).where(ArticleRow.number == number)).all()
    return next(iter(read_articles_from(session, rows)), None)


def _standing_of(session: Session, number: int, version: int) -> Row[datetime, int, int, str]:
    """How far an article has come, locked, so that a version saved meanwhile is not taken for read."""
    columns = (VersionRow.when_at, ArticleRow.version, ArticleRow.read_version, MembershipRow.story)
    this = and_(VersionRow.article == ArticleRow.number, VersionRow.version == version)
    statement = (
        select(*columns)
        .select_from(ArticleRow)
        .join(VersionRow, this)
        .outerjoin(MembershipRow, MembershipRow.article == ArticleRow.number)
        .where(ArticleRow.number == number)
        .with_for_update(of=ArticleRow)
    )
    row = session.execute(statement).first()
    if row is None:
        raise UnknownRowError(f"there is no version {version} of an article {number}")
    return row


def _save_row(session: Session, number: int, version: int, reading: Reading, *, now: datetime) -> int:
    """Insert the reading's own row, or put it in the place of an older reading without its details."""
    values = {
        "reader_version": reading.reader_version,
        "language": reading.language.code,
        "relevance": reading.relevance.label.value,
        "body": to_text(replace(reading, claims=())),  # claims have rows of their own
        "saved_at": now,
    }
    key = {"article": number, "version": version}
    row: int | None = insert_absent(session, ReadingRow, key | values, unique=("article", "version"))
    if row is None:
        same = and_(ReadingRow.article == number, ReadingRow.version == version)
        row = session.scalars(select(ReadingRow.id).where(same)).one()
        session.execute(update(ReadingRow).where(ReadingRow.id == row).values(values))
        for details in (ReadingTopicRow, ReadingPlaceRow, ClaimRow):
            session.execute(delete(details).where(details.reading == row))
    return row


def _save_details(session: Session, row: int, reading: Reading) -> None:
    topics = {topic.id.upper() for topic in reading.topics}
    # a street, club or company of that name is no place of the article's
    places = {
        (place.unit, place_key(place.name))
        for place in reading.places
        if place.kind != MentionKind.OTHER_NAME
    }
    insert_rows(session, ReadingTopicRow, [{"reading": row, "topic": topic} for topic in sorted(topics)])
    insert_rows(
        session,
        ReadingPlaceRow,
        [{"reading": row, "unit": unit, "name_key": name} for unit, name in sorted(places)],
    )
    insert_rows(
        session,
        ClaimRow,
        [
            {"reading": row, "position": position, "key": claim.key, "body": to_text(claim)}
            for position, claim in enumerate(reading.claims)
        ],
    )
