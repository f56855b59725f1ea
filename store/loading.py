"""Rows -> read articles, a page at a time in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from store.articles import article_from
from store.codec import from_text
from store.tables import ArticleRow, ClaimRow, ReadingRow, VersionRow
from store.types import Claim, ReadArticle, Reading

AT_ONCE = 400  # values in one IN (…); SQLite's limit on parameters was once 999


def select_read(*extra: Any, version: Any = ArticleRow.read_version) -> Select[Any]:
    """Articles with the version that was read newest (or `version`), its reading, and extra columns.

    Tables of the extra columns are to be tied to an article with `.where`.
    """
    return select(
        ArticleRow.number,
        ArticleRow.url,
        *VersionRow.__table__.columns,
        ReadingRow.id.label("reading"),
        ReadingRow.body.label("reading_body"),
        *extra,
    ).where(
        VersionRow.article == ArticleRow.number,
        VersionRow.version == version,
        ReadingRow.article == VersionRow.article,
        ReadingRow.version == VersionRow.version,
    )


def read_articles_from(session: Session, rows: Sequence[Row[Any]]) -> list[ReadArticle]:
    """Rows of `select_read` as values, in their order; one more statement per 400 fetches their claims."""
    claims = _claims_of(session, {row.reading for row in rows})
    return [_read_article(row, claims.get(row.reading, ())) for row in rows]


def in_portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Values in lists short enough for one statement."""
    everything = list(values)
    return (everything[start : start + AT_ONCE] for start in range(0, len(everything), AT_ONCE))


def _read_article(row: Row[Any], claims: Iterable[Claim]) -> ReadArticle:
    reading = from_text(Reading, row.reading_body)
    return ReadArticle(
        number=row.number,
        version=row.version,
        article=article_from(row),
        reading=replace(reading, claims=tuple(claims)),
        saved_at=row.saved_at,
    )


def _claims_of(session: Session, readings: set[int]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    for some in in_portions(sorted(readings)):
        columns = select(ClaimRow.reading, ClaimRow.body).where(ClaimRow.reading.in_(some))
        for reading, body in session.execute(columns.order_by(ClaimRow.reading, ClaimRow.position)):
            found[reading].append(from_text(Claim, body))
    return found
