"""What the condition of sources is judged by: arrivals, samples of texts, what became of pages, feeds.

Bounded to 28 days; few statements however many sources. Nothing here enters a score of an article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from store.sources import list_states
from store.tables import ArticleRow, EventRow, SnapshotRow, VersionRow
from store.types import Event, EventKind, FeedState

WINDOW = timedelta(days=28)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NEWEST = 24  # articles of a source whose texts are looked at, and twice as many of the time before
_LIVE = timedelta(days=2)  # captured longer before it was saved: a backfill, which says nothing of today
_SKEW = timedelta(minutes=2)  # of clocks
_AT_ONCE = 500  # numbers in one statement


@dataclass(frozen=True, slots=True)
class Sample:
    """What an extracted article looked like, without its words. `length` in characters."""

    saved_at: datetime
    length: int
    lag: float | None  # hours between publication and saving; None: no date was found
    summary_only: bool
    language: str


@dataclass(frozen=True, slots=True)
class PageCount:
    """How many captured pages ended so: the HTTP status and why no article came of them ("": one did)."""

    status: int
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """All that is known of one source's last 28 days; times UTC, oldest first."""

    source: str  # Source.id
    arrivals: tuple[datetime, ...] = ()  # of new articles
    newest: tuple[Sample, ...] = ()  # of the newest articles
    usual: tuple[Sample, ...] = ()  # spread evenly over the time before those
    pages_day: tuple[PageCount, ...] = ()  # of the last 24 hours
    pages_week: tuple[PageCount, ...] = ()
    pages: tuple[PageCount, ...] = ()  # of the 28 days
    feeds: tuple[FeedState, ...] = ()
    standing: Event | None = None  # the last change of its condition that was told


def find_facts(session: Session, *, now: datetime, source: str | None = None) -> dict[str, SourceFacts]:
    """The facts of every source that anything is known of, by Source.id; of one alone if named.

    Args:
        session: only read from.
        now: end of the 28 days (aware).
        source: Source.id, to leave the others out.

    """
    arrivals, numbers = _find_arrivals(session, now, source)
    samples = _find_samples(session, numbers)
    pages = {span: _find_pages(session, now - span, source) for span in (DAY, WEEK, WINDOW)}
    states: dict[str, list[FeedState]] = defaultdict(list)
    for state in list_states(session):
        states[state.source].append(state)
    told = find_standing(session)
    names = {*arrivals, *pages[WINDOW], *states, *told} if source is None else {source}
    return {
        name: SourceFacts(
            source=name,
            arrivals=tuple(arrivals.get(name, ())),
            newest=_picked(samples, numbers.get(name, ())[-NEWEST:]),
            usual=_picked(samples, numbers.get(name, ())[:-NEWEST]),
            pages_day=pages[DAY].get(name, ()),
            pages_week=pages[WEEK].get(name, ()),
            pages=pages[WINDOW].get(name, ()),
            feeds=tuple(states.get(name, ())),
            standing=told.get(name),
        )
        for name in sorted(names)
    }


def find_standing(session: Session) -> dict[str, Event]:
    """The newest event of every source's condition, by Source.id."""
    newest = (
        select(func.max(EventRow.number))
        .where(EventRow.kind == EventKind.SOURCE_STATE.value)
        .group_by(EventRow.source)
    )
    rows = session.execute(select(EventRow.__table__).where(EventRow.number.in_(newest)))
    return {row.source: _event_from(row) for row in rows}


def count_arrivals(session: Session, start: datetime, end: datetime) -> dict[str, int]:
    """New articles that came live in [start, end) (aware) by Source.id; sources without any are left out."""
    found: dict[str, int] = defaultdict(int)
    for row in session.execute(_select_arrivals(start, None)):
        if row.saved_at < end and row.saved_at - row.fetched_at <= _LIVE:
            found[row.outlet] += 1
    return dict(found)


def _event_from(row: Row[Any]) -> Event:
    return Event(
        key=row.key,
        kind=EventKind(row.kind),
        at=row.at,
        source=row.source,
        before=row.before,
        after=row.after,
        detail=row.detail,
    )


def _select_arrivals(since: datetime, source: str | None) -> Select[int, datetime, str, datetime]:
    statement = (
        select(ArticleRow.number, ArticleRow.saved_at, VersionRow.outlet, VersionRow.fetched_at)
        .join(VersionRow, (VersionRow.article == ArticleRow.number) & (VersionRow.version == 1))
        .where(ArticleRow.saved_at >= since)
        .order_by(ArticleRow.saved_at, ArticleRow.number)
    )
    return statement if source is None else statement.where(VersionRow.outlet == source)


def _find_arrivals(
    session: Session, now: datetime, source: str | None
) -> tuple[dict[str, list[datetime]], dict[str, list[int]]]:
    """By source: when its articles came, and the numbers of those whose texts are to be looked at.

    What came later than now came while a clock was wrong: it would keep a source from ever being late.
    """
    arrivals: dict[str, list[datetime]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in session.execute(_select_arrivals(now - WINDOW, source)):
        if row.saved_at - row.fetched_at <= _LIVE and row.saved_at <= now + _SKEW:
            arrivals[row.outlet].append(row.saved_at)
            numbers[row.outlet].append(row.number)
    return arrivals, {name: _thinned(found) for name, found in numbers.items()}


def _thinned(numbers: Sequence[int]) -> list[int]:
    """The newest as they are, and of those before at most twice as many, evenly."""
    before, newest = numbers[:-NEWEST], numbers[-NEWEST:]
    step = max(1, -(-len(before) // (2 * NEWEST)))
    return [*before[::step], *newest]


def _find_samples(session: Session, numbers: Mapping[str, Sequence[int]]) -> dict[int, Sample]:
    wanted = sorted(number for found in numbers.values() for number in found)
    return {number: sample for part in _parts(wanted) for number, sample in _load_samples(session, part)}


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[i : i + _AT_ONCE] for i in range(0, len(numbers), _AT_ONCE))


def _load_samples(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, Sample]]:
    statement = select(
        VersionRow.article,
        VersionRow.saved_at,
        func.length(VersionRow.text).label("length"),
        VersionRow.published.is_not(None).label("is_dated"),
        VersionRow.when_at,
        VersionRow.summary_only,
        VersionRow.language,
    ).where(VersionRow.article.in_(numbers), VersionRow.version == 1)
    for row in session.execute(statement):
        lag = (row.saved_at - row.when_at) / timedelta(hours=1) if row.is_dated else None
        yield row.article, Sample(row.saved_at, row.length, lag, row.summary_only, row.language)


def _picked(samples: Mapping[int, Sample], numbers: Iterable[int]) -> tuple[Sample, ...]:
    return tuple(samples[number] for number in numbers)


def _find_pages(session: Session, since: datetime, source: str | None) -> dict[str, tuple[PageCount, ...]]:
    """By source: how the captures since then ended; an index holds all four columns."""
    columns = (SnapshotRow.source, SnapshotRow.status, SnapshotRow.reason)
    statement = (
        select(*columns, func.count().label("count"))
        .where(SnapshotRow.saved_at >= since)
        .group_by(*columns)
        .order_by(*columns)
    )
    if source is not None:
        statement = statement.where(SnapshotRow.source == source)
    found: dict[str, list[PageCount]] = defaultdict(list)
    for row in session.execute(statement):
        found[row.source].append(PageCount(row.status, row.reason, row[3]))
    return {name: tuple(counts) for name, counts in found.items()}
