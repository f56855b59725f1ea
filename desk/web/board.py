"""The state of every feed in words, the worst first, so that a dead source is noticed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.web.names import DISABLED, NAMES, QUIET
from store.types import Feed, FeedKind, FeedOutcome, FeedState, Source

QUIET_AFTER = timedelta(days=7)
_ORDER = {kind: place for place, kind in enumerate(NAMES.outcomes)}  # the table stands in this order
_WORKS = {FeedOutcome.OK, FeedOutcome.UNCHANGED}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One feed. `kind` is a FeedOutcome's value, QUIET or DISABLED."""

    kind: str
    name: str
    url: str
    detail: str
    checked_at: datetime | None
    succeeded_at: datetime | None
    new_article_at: datetime | None
    failures: int


def make_board(
    sources: Sequence[Source], states: Iterable[FeedState], *, now: datetime
) -> tuple[BoardRow, ...]:
    """Configured sources and remembered states -> rows, worst first; also feeds that were never looked at."""
    known = {state.url: state for state in states}
    rows = [
        _row(source, feed, known.pop(feed.url, None), now)
        for source in sources
        for feed in source.feeds
        if feed.kind is not FeedKind.NONE
    ]
    names = {source.id: source.name for source in sources}
    # a state without its feed: taken out of the configuration, still worth seeing
    rows += [_row_of_state(names.get(state.source, state.source), state, now) for state in known.values()]
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.kind], -row.failures, row.name, row.url)))


def find_without(sources: Iterable[Source]) -> tuple[tuple[str, str], ...]:
    """Outlets from which nothing is collected: name and reason."""
    return tuple(
        sorted((s.name, s.disabled) for s in sources if all(feed.kind is FeedKind.NONE for feed in s.feeds))
    )


def count_kinds(rows: Iterable[BoardRow]) -> tuple[tuple[str, int], ...]:
    """How many feeds are in each state, worst first."""
    counts = Counter(row.kind for row in rows)
    return tuple((kind, counts[kind]) for kind in _ORDER if counts[kind])


def _row(source: Source, feed: Feed, state: FeedState | None, now: datetime) -> BoardRow:
    reason = source.disabled or feed.disabled
    if reason:
        return BoardRow(DISABLED, source.name, feed.url, reason, None, None, None, 0)
    if state is None:
        return BoardRow(FeedOutcome.NEVER.value, source.name, feed.url, "", None, None, None, 0)
    return _row_of_state(source.name, state, now)


def _row_of_state(name: str, state: FeedState, now: datetime) -> BoardRow:
    return BoardRow(
        kind=_kind(state, now),
        name=name,
        url=state.url,
        detail=state.detail,
        checked_at=state.checked_at,
        succeeded_at=state.succeeded_at,
        new_article_at=state.new_article_at,
        failures=state.failures,
    )


def _kind(state: FeedState, now: datetime) -> str:
    is_quiet = state.new_article_at is not None and now - state.new_article_at > QUIET_AFTER
    return QUIET if state.outcome in _WORKS and is_quiet else state.outcome.value
