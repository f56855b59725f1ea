"""The window that new articles are compared with, without its texts: what each article was made into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from store.loading import in_portions
from store.tables import ArticlePrintRow, ArticleRow, MembershipRow, VersionRow
from store.upsert import insert_rows


@dataclass(frozen=True, slots=True)
class Grouped:
    """A grouped article; `body` is its print, None where none is stored that was made with this version."""

    number: int
    title: str
    when: datetime
    story: str
    copy_of: int
    body: bytes | None


def grouped_since(session: Session, since: datetime, *, made_with: str) -> list[Grouped]:
    """Grouped articles published at or after `since` (UTC), by time, then number."""
    printed = and_(ArticlePrintRow.article == ArticleRow.number, ArticlePrintRow.made_with == made_with)
    statement = (
        select(
            ArticleRow.number,
            VersionRow.title,
            ArticleRow.when_at,
            MembershipRow.story,
            MembershipRow.copy_of,
            ArticlePrintRow.body,
        )
        .join(MembershipRow, MembershipRow.article == ArticleRow.number)
        .join(
            VersionRow,
            and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version),
        )
        .outerjoin(ArticlePrintRow, printed)
        .where(ArticleRow.when_at >= since)
        .order_by(ArticleRow.when_at, ArticleRow.number)
    )
    return [
        Grouped(number, title, when, story, copy_of, body)
        for number, title, when, story, copy_of, body in session.execute(statement)
        if when is not None
    ]


def texts_of(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Articles -> their texts (or leads, where only those are known), of the version read."""
    found: dict[int, str] = {}
    for some in in_portions(numbers):
        statement = (
            select(ArticleRow.number, VersionRow.text, VersionRow.lead)
            .join(VersionRow, VersionRow.article == ArticleRow.number)
            .where(ArticleRow.number.in_(some), VersionRow.version == ArticleRow.read_version)
        )
        found |= {number: text or lead for number, text, lead in session.execute(statement)}
    return found


def save_prints(session: Session, bodies: Mapping[int, bytes], *, made_with: str) -> None:
    """Keep what articles are compared by, in place of older ones."""
    for some in in_portions(bodies):
        session.execute(delete(ArticlePrintRow).where(ArticlePrintRow.article.in_(some)))
    rows = [{"article": number, "made_with": made_with, "body": body} for number, body in bodies.items()]
    insert_rows(session, ArticlePrintRow, rows)
