"""The sources with their conditions, worst first: what the command and the desk's page both show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from crawler.condition.health import daily_counts, is_watched, judge_sources
from store.health import SourceFacts, find_facts
from store.types import (
    Configuration,
    Feed,
    FeedKind,
    FeedOutcome,
    FeedState,
    Source,
    SourceCondition,
    SourceHealth,
)

CONDITIONS: dict[SourceCondition, str] = {
    SourceCondition.BLOCKED: "blocked",
    SourceCondition.FAILING: "failing",
    SourceCondition.CHANGED: "pages have changed",
    SourceCondition.LATE: "late",
    SourceCondition.QUIET: "quiet",
    SourceCondition.NEW: "too new to judge",
    SourceCondition.OK: "in order",
}
_ORDER = {condition: place for place, condition in enumerate(CONDITIONS)}  # worst first


@dataclass(frozen=True, slots=True)
class FeedView:
    """One address of a source. `off` says why it is not asked, "" when it is; `state` None: never asked."""

    feed: Feed
    state: FeedState | None
    off: str

    @property
    def outcome(self) -> str:
        """How it is, as a code: a FeedOutcome's value or "disabled"."""
        if self.off:
            return "disabled"
        return (self.state.outcome if self.state else FeedOutcome.NEVER).value


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source in use with its condition, its feeds and its new articles on each of the last 28 days."""

    source: Source
    health: SourceHealth
    days: tuple[tuple[date, int], ...]
    feeds: tuple[FeedView, ...]


def find_sources(session: Session, configuration: Configuration, *, now: datetime) -> tuple[SourceView, ...]:
    """Every source in use, the worst first, priority sources before others of the same condition."""
    facts = find_facts(session, now=now)
    sources = {source.id: source for source in configuration.sources}
    found = judge_sources(configuration.sources, facts, configuration.calendar, now=now)
    views = [_view(sources[health.source], health, facts, now) for health in found]
    return tuple(sorted(views, key=_rank))


def _rank(view: SourceView) -> tuple[int, bool, str, str]:
    return _ORDER[view.health.condition], not view.source.priority, view.source.name, view.source.id


def _view(source: Source, health: SourceHealth, facts: dict[str, SourceFacts], now: datetime) -> SourceView:
    known = facts.get(source.id, SourceFacts(source.id))
    states = {state.url: state for state in known.feeds}
    feeds = [
        FeedView(feed, states.get(feed.url), feed.disabled)
        for feed in source.feeds
        if feed.kind is not FeedKind.NONE
    ]
    feeds.sort(key=lambda view: (bool(view.off), -(view.state.failures if view.state else 0), view.feed.url))
    return SourceView(source, health, daily_counts(known, now=now), tuple(feeds))


def find_unwatched(sources: Sequence[Source]) -> tuple[tuple[str, str], ...]:
    """Outlets from which nothing is collected: name and reason, where one is given."""
    return tuple(sorted((s.name, _reason(s)) for s in sources if not is_watched(s)))


def _reason(source: Source) -> str:
    given = (source.disabled, *(feed.disabled for feed in source.feeds))
    return next(filter(None, given), "")
