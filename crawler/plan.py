"""What one run has to ask for, before anything is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.addresses import urls
from crawler.addresses.outlets import Outlets
from crawler.courtesy import schedule
from crawler.looks.again import NOTHING_WATCHED, Watch, due_again
from store.captures import Capture
from store.types import Feed, FeedEntry, FeedKind, FeedOutcome, FeedState, Source
from store.watched import WatchedPage

# kinds whose addresses are asked for articles
READ = {FeedKind.FEED, FeedKind.SITEMAP, FeedKind.LISTING, FeedKind.DISCOVERY}


@dataclass(frozen=True, slots=True)
class FeedTask:
    """A feed to ask, and what is remembered of it."""

    source: Source
    feed: Feed
    state: FeedState
    depth: int = 0  # how many sitemap indexes led to it

    @property
    def url(self) -> str:
        """Where to ask."""
        return self.feed.url


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to ask. `key` names its article; validators only where it was captured before.

    `via` is the host:port of the search that led to it; "" where an outlet's own feed did.
    """

    source: str
    url: str
    key: str
    entry: FeedEntry | None
    etag: str = ""
    last_modified: str = ""
    again: bool = False  # it was captured before, and is looked at again
    sha256: str = ""  # of the bytes it had then; "" not known
    via: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Feeds first, then pages to look at again; `watched` are recent captures by canonical address.

    `states` are of all addresses ever asked as feeds: a sitemap index leads to some that no source names.
    """

    feeds: tuple[FeedTask, ...]
    pages: tuple[PageTask, ...]
    watched: Mapping[str, Capture]
    states: Mapping[str, FeedState] = field(default_factory=dict)
    outlets: Outlets = field(default_factory=lambda: Outlets(()))


def usable_feeds(sources: Iterable[Source]) -> list[tuple[Source, Feed]]:
    """Feeds, sitemaps and pages of links that are in use, of sources that are, each address once."""
    found: dict[str, tuple[Source, Feed]] = {}
    for source in sources:
        for feed in source.feeds:
            if feed.kind in READ and not (source.disabled or feed.disabled):
                found.setdefault(feed.url, (source, feed))
    return list(found.values())


def make_plan(
    sources: Iterable[Source],
    states: Mapping[str, FeedState],
    captures: Iterable[Capture],
    watch: Watch = NOTHING_WATCHED,
    *,
    now: datetime,
) -> Plan:
    """Decide what is due.

    Args:
        sources: the catalogue.
        states: what is remembered, by feed address.
        captures: of the last two days.
        watch: pages something rests on, and what the last looks gave.
        now: the time of the run (aware).

    """
    sources = tuple(sources)
    pairs = usable_feeds(sources)
    due = [(source, feed) for source, feed in pairs if schedule.is_feed_due(states.get(feed.url), now)]
    watched = {urls.key(capture.url_final): capture for capture in captures}
    pages = [again_from(page) for page in due_again(watched.values(), watch, sources, now=now)]
    tasks = [FeedTask(source, feed, states.get(feed.url) or _blank(source, feed)) for source, feed in due]
    tasks.sort(
        key=lambda task: task.state.failures
    )  # a feed that gets us a 429 must not keep the others from us
    return Plan(tuple(tasks), tuple(pages), watched, states, Outlets(sources))


def page_again(capture: Capture, key: str) -> PageTask:
    """The task of looking at a captured page again, conditionally."""
    return PageTask(
        capture.source,
        capture.url_final,
        key,
        capture.entry,
        etag=capture.etag,
        last_modified=capture.last_modified,
        again=True,
    )


def again_from(page: WatchedPage) -> PageTask:
    """The task of looking again at a page that is due."""
    return PageTask(
        page.source,
        page.url,
        urls.key(page.url),
        page.entry,
        etag=page.etag,
        last_modified=page.last_modified,
        again=True,
        sha256=page.sha256,
    )


def feed_of_index(parent: FeedTask, url: str, states: Mapping[str, FeedState]) -> FeedTask:
    """The task of reading a sitemap that an index names: the same source, one step deeper."""
    feed = Feed(url, kind=FeedKind.SITEMAP)
    return FeedTask(
        parent.source, feed, states.get(url) or _blank(parent.source, feed), depth=parent.depth + 1
    )


def _blank(source: Source, feed: Feed) -> FeedState:
    return FeedState(url=feed.url, source=source.id, outcome=FeedOutcome.NEVER)
