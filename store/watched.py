"""Which pages are to be looked at again because something rests on them: flagged, cited, or seen gone.

Found from the newest rows back, or by an index: the cost follows what happened lately, not what is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.codec import from_text
from store.loading import in_portions
from store.tables import ArticleRow, CapturedRow, FlagRow, ReadingRow, ReviewRow, SnapshotRow, VersionRow
from store.types import FeedEntry, Flag, RelevanceLabel

_MOST = 5_000  # flags and reviews looked through; weeks of a busy desk
_MOST_CAPTURES, _FAR_BACK = 20_000, 200_000  # as in store.captures
_NOT_OURS = [
    label.value for label in RelevanceLabel if label not in {RelevanceLabel.ABOUT, RelevanceLabel.MENTION}
]


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A page something rests on, as it was last captured. `since`: when it became watched, each time."""

    article: int
    source: str
    url: str
    captured_at: datetime  # its newest capture
    since: tuple[datetime, ...]
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""  # of that capture's bytes; "" where nobody asked
    entry: FeedEntry | None = None  # what the feed said of it


def watched_articles(session: Session, *, since: datetime) -> dict[int, list[datetime]]:
    """Article numbers with the times at which they became watched, none before `since` (aware).

    Watched are an article with a standing flag, the articles whose sentences are its evidence, and the
    articles named in a review.
    """
    found: defaultdict[int, set[datetime]] = defaultdict(set)
    for numbers, at in [*_flagged(session, since), *_reviewed(session, since)]:
        for number in numbers:
            found[number].add(at)
    return {number: sorted(times) for number, times in found.items()}


def watched_pages(
    session: Session, articles: Collection[int], since: Mapping[int, Sequence[datetime]]
) -> list[WatchedPage]:
    """The pages of articles as last captured; `since` by article.

    Left out is what has no page: text given by hand, and a feed's words in the place of a refused page.
    """
    pages: dict[int, Row[Any]] = {}
    for some in in_portions(articles):
        for row in session.execute(_captures_of(some)):
            pages[row.article] = row  # the newest capture of the version's bytes comes last
    return [
        _page_from(_newest_capture(session, row), number, since.get(number, ()))
        for number, row in pages.items()
    ]


def articles_at(session: Session, urls: Iterable[str]) -> dict[str, int]:
    """The articles that pages became, by address: an article's own, or one that a capture has."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_key[url_key(url)].append(url)
    found: dict[str, int] = {}
    for some in in_portions(by_key):
        captured = (
            select(CapturedRow.url_key, SnapshotRow.article)
            .join(SnapshotRow, SnapshotRow.number == CapturedRow.snapshot)
            .where(CapturedRow.url_key.in_(some), SnapshotRow.article.is_not(None))
        )
        later = select(SnapshotRow.url_final_key, SnapshotRow.article).where(
            SnapshotRow.url_final_key.in_(some), SnapshotRow.article.is_not(None)
        )
        own = select(ArticleRow.url_key, ArticleRow.number).where(ArticleRow.url_key.in_(some))
        statements: tuple[Any, ...] = (captured, later.order_by(SnapshotRow.number), own)
        for statement in statements:
            for key, number in session.execute(statement):
                found.update(dict.fromkeys(by_key[key], number))
    return found


def unconcerned(session: Session, *, since: datetime) -> set[str]:
    """Final addresses captured since a moment whose article was read as not about the province."""
    # by number, which has an index; the time has none. A backfill puts old captures between the new ones
    newest = select(func.max(SnapshotRow.number)).scalar_subquery()
    columns = select(SnapshotRow.url_final, ReadingRow.relevance)
    statement = (
        columns.outerjoin(ArticleRow, ArticleRow.number == SnapshotRow.article)
        .outerjoin(
            ReadingRow,
            and_(ReadingRow.article == ArticleRow.number, ReadingRow.version == ArticleRow.read_version),
        )
        .where(SnapshotRow.number > newest - _FAR_BACK, SnapshotRow.fetched_at >= since)
        .order_by(SnapshotRow.number.desc())
        .limit(_MOST_CAPTURES)
    )
    return {row.url_final for row in session.execute(statement) if row.relevance in _NOT_OURS}


def _flagged(session: Session, since: datetime) -> Iterable[tuple[set[int], datetime]]:
    columns = select(FlagRow.article, FlagRow.body, FlagRow.saved_at, FlagRow.withdrawn_at)
    for row in session.execute(columns.order_by(FlagRow.number.desc()).limit(_MOST)):
        if row.saved_at < since:
            return
        if row.withdrawn_at is None:
            evidence = {quoted.article for quoted in from_text(Flag, row.body).evidence}
            yield {row.article, *evidence} - {0}, row.saved_at


def _reviewed(session: Session, since: datetime) -> Iterable[tuple[set[int], datetime]]:
    columns = select(ReviewRow.article, ReviewRow.evidence, ReviewRow.at)
    for row in session.execute(columns.order_by(ReviewRow.number.desc()).limit(_MOST)).all():
        if row.at < since:
            return
        cited = articles_at(session, from_text(tuple[str, ...], row.evidence))
        yield {row.article, *cited.values()}, row.at


def _captures_of(articles: Collection[int]) -> Any:
    """Each article's newest version's captures, the newest last; by indexes all the way."""
    newest = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.version)
    return (
        select(SnapshotRow.__table__)
        .select_from(ArticleRow)
        .join(VersionRow, newest)
        .join(SnapshotRow, SnapshotRow.sha256 == VersionRow.snapshot_sha256)
        .where(
            ArticleRow.number.in_(articles),
            VersionRow.summary_only.is_(False),
            SnapshotRow.article == ArticleRow.number,
        )
        .order_by(SnapshotRow.number)
    )


def _newest_capture(session: Session, row: Row[Any]) -> Row[Any]:
    """The newest capture of the address: its words may be the same, its validators are those that hold."""
    same = select(SnapshotRow.__table__).where(SnapshotRow.url_final_key == row.url_final_key)
    newest = session.execute(same.order_by(SnapshotRow.number.desc()).limit(1)).first()
    return newest if newest is not None and newest.status == row.status else row


def _page_from(row: Row[Any], article: int, since: Iterable[datetime]) -> WatchedPage:
    headers = {name.lower(): value for name, value in from_text(tuple[tuple[str, str], ...], row.headers)}
    return WatchedPage(
        article=article,
        source=row.source,
        url=row.url_final,
        captured_at=row.fetched_at,
        since=tuple(since),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last-modified", ""),
        sha256=row.sha256,
        entry=from_text(FeedEntry, row.entry) if row.entry else None,
    )
