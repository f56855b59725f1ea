"""What one run has to ask for, before anything is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawler import cadence, urls
from crawler.captures import Capture
from store.types import Feed, FeedEntry, FeedKind, FeedOutcome, FeedState, Source


@dataclass(frozen=True, slots=True)
class FeedTask:
    """A feed to ask, and what is remembered of it."""

    source: Source
    feed: Feed
    state: FeedState

    @property
    def url(self) -> str:
        """Where to ask."""
        return self.feed.url


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to ask. `key` is its canonical address; validators only where it was captured before."""

    source: str
    url: str
    key: str
    entry: FeedEntry | None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Feeds first, then pages to look at again; `watched` are recent captures by canonical address."""

    feeds: tuple[FeedTask, ...]
    pages: tuple[PageTask, ...]
    watched: Mapping[str, Capture]


def usable_feeds(sources: Iterable[Source]) -> list[tuple[Source, Feed]]:
    """Feeds and sitemaps that are in use, of sources that are, each address once."""
    found: dict[str, tuple[Source, Feed]] = {}
    for source in sources:
        for feed in source.feeds:
            if feed.kind in {FeedKind.FEED, FeedKind.SITEMAP} and not (source.disabled or feed.disabled):
                found.setdefault(feed.url, (source, feed))
    return list(found.values())


def make_plan(
    sources: Iterable[Source], states: Mapping[str, FeedState], captures: Iterable[Capture], *, now: datetime
) -> Plan:
    """Decide what is due.

    Args:
        sources: the catalogue.
        states: what is remembered, by feed address.
        captures: of the last two days.
        now: the time of the run (aware).

    """
    pairs = usable_feeds(sources)
    due = [(source, feed) for source, feed in pairs if cadence.is_feed_due(states.get(feed.url), now)]
    looked_at = _last_looks(pairs, states)
    watched = {urls.canonical(capture.url_final): capture for capture in captures}
    pages = [
        page_again(capture, key)
        for key, capture in watched.items()
        if capture.source in looked_at
        and cadence.is_page_due(capture.first_at, looked_at=looked_at[capture.source], now=now)
    ]
    tasks = [FeedTask(source, feed, states.get(feed.url) or _blank(source, feed)) for source, feed in due]
    tasks.sort(
        key=lambda task: task.state.failures
    )  # a feed that gets us a 429 must not keep the others from us
    return Plan(tuple(tasks), tuple(pages), watched)


def page_again(capture: Capture, key: str) -> PageTask:
    """The task of looking at a captured page again, conditionally."""
    return PageTask(
        capture.source,
        capture.url_final,
        key,
        capture.entry,
        etag=capture.etag,
        last_modified=capture.last_modified,
    )


def _blank(source: Source, feed: Feed) -> FeedState:
    return FeedState(url=feed.url, source=source.id, outcome=FeedOutcome.NEVER)


def _last_looks(
    pairs: Iterable[tuple[Source, Feed]], states: Mapping[str, FeedState]
) -> dict[str, datetime | None]:
    found: dict[str, datetime | None] = {}
    for source, feed in pairs:
        state = states.get(feed.url)
        looks = [look for look in (found.get(source.id), state.checked_at if state else None) if look]
        found[source.id] = max(looks, default=None)
    return found
