"""Which captured pages a run looks at again. Pure but for `load_watch`, which asks the store.

Watched pages (flagged, cited) after 1 hour, 1 day and 7 days; other pages about the province once; pages seen
gone soon after, to be sure; the rest never. Why: docs/decisions/2026-11-23-looking-again.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from crawler.looks import cadence
from store.captures import Capture
from store.looks import LookState, find_looks, gone_pages
from store.types import Source
from store.watched import WatchedPage, articles_at, unconcerned, watched_articles, watched_pages

MOST_OF_A_HOST = 30  # in one run: its feeds wait meanwhile. The others stay due


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of pages beside their captures. `looks` are by address as captured."""

    pages: tuple[WatchedPage, ...] = ()
    looks: Mapping[str, LookState] = field(default_factory=dict)
    unconcerned: frozenset[str] = frozenset()  # addresses of what was read and is not about the province


NOTHING_WATCHED = Watch()


def load_watch(session: Session, captures: Iterable[Capture], *, now: datetime) -> Watch:
    """Ask the store which pages are watched, what the last looks gave, and what need not be looked at."""
    since = watched_articles(session, since=now - cadence.WATCH_ENDS)
    gone = articles_at(session, [state.url for state in gone_pages(session, since=now - cadence.WATCH_ENDS)])
    pages = watched_pages(session, {*since, *gone.values()}, since)
    addresses = {*(page.url for page in pages), *(capture.url_final for capture in captures)}
    return Watch(
        pages=tuple(pages),
        looks=find_looks(session, addresses),
        unconcerned=frozenset(unconcerned(session, since=now - cadence.RECENT)),
    )


def due_again(
    captures: Iterable[Capture], watch: Watch, sources: Iterable[Source], *, now: datetime
) -> list[WatchedPage]:
    """Captures of the last two days and the watch -> the pages to look at again now, at most 30 of a host.

    Watched pages stand first, then those seen gone, then the longest known. Sources that are switched off are
    left in peace; those that are not in the catalogue, too, but for watched pages.
    """
    is_on = {source.id: not source.disabled for source in sources}
    special = {page.url: page for page in watch.pages}
    ordinary = [_page_from(c) for c in captures if c.url_final not in special and is_on.get(c.source, False)]
    due = [
        page
        for page in special.values()
        if is_on.get(page.source, True) and _is_special_due(page, watch.looks.get(page.url), now)
    ]
    due.sort(key=lambda page: not page.since)
    others = [
        page
        for page in ordinary
        if page.url not in watch.unconcerned and _is_ordinary_due(page, watch.looks.get(page.url), now)
    ]
    return list(_at_most(MOST_OF_A_HOST, [*due, *sorted(others, key=lambda page: page.captured_at)]))


def _is_special_due(page: WatchedPage, look: LookState | None, now: datetime) -> bool:
    looked_at = _looked_at(page, look)
    if cadence.is_look_due(page.since, cadence.WATCHED_AFTER, looked_at=looked_at, now=now):
        return True
    return _is_unsure(look, looked_at, now)


def _is_ordinary_due(page: WatchedPage, look: LookState | None, now: datetime) -> bool:
    if now - page.captured_at > cadence.RECENT:
        return False
    looked_at = _looked_at(page, look)
    if cadence.is_look_due([page.captured_at], cadence.ORDINARY_AFTER, looked_at=looked_at, now=now):
        return True
    return _is_unsure(look, looked_at, now)


def _is_unsure(look: LookState | None, looked_at: datetime, now: datetime) -> bool:
    """Whether the last look said nothing, or that the page is gone: both are asked again, not for ever."""
    if look is None:
        return False
    if look.gone_at is not None:
        return cadence.is_look_due([look.gone_at], cadence.GONE_AFTER, looked_at=looked_at, now=now)
    return 0 < look.failures < cadence.MOST_TRIES


def _looked_at(page: WatchedPage, look: LookState | None) -> datetime:
    return max(page.captured_at, look.looked_at) if look else page.captured_at


def _page_from(capture: Capture) -> WatchedPage:
    return WatchedPage(
        article=0,
        source=capture.source,
        url=capture.url_final,
        captured_at=capture.first_at,
        since=(),
        etag=capture.etag,
        last_modified=capture.last_modified,
        entry=capture.entry,
    )


def _at_most(limit: int, pages: Iterable[WatchedPage]) -> Iterator[WatchedPage]:
    counts: Counter[str] = Counter()
    for page in pages:
        host = urlsplit(page.url).netloc
        counts[host] += 1
        if counts[host] <= limit:
            yield page
