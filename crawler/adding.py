"""Pages that a person names: asked for like any other, with the same guard, robots.txt and pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler import words
from crawler.addresses import urls
from crawler.addresses.outlets import Outlets
from crawler.addresses.wrappers import unwrap
from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from store.addresses import url_key
from store.archive import Archive
from store.articles import find_article
from store.database import Sessions
from store.tables import CapturedRow, SnapshotRow
from store.types import Source


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one address: an article, or why none (`reason` in words, a template of crawler.words)."""

    url: str  # as asked for, unwrapped
    article: int = 0  # 0: none
    version: int = 0
    title: str = ""
    reason: str = ""


def add_pages(
    addresses: Sequence[str],
    sources: Sequence[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    now: datetime,
    progress: Callable[[str, int, int], None],
) -> list[Added]:
    """Ask for pages and keep them as captures and articles.

    Args:
        addresses: as a person wrote them; a wrapper's (a search's, an AMP cache's) gives its publisher's.
        sources: the catalogue; a switched-off outlet is not asked, a social network never.
        sessions: of a database that another process can open.
        archive: where bodies are kept.
        settings: limits.
        now: the time (aware).
        progress: as `collect`.

    Returns:
        What came of each address, in their order.

    """
    outlets = Outlets(sources)
    wanted = [unwrap(address.strip()) for address in addresses]
    refusals = {url: _find_refusal(url, outlets) for url in wanted}
    pages = tuple(url for url, why in refusals.items() if not why)
    report = CollectReport()
    if pages:
        report = collect(sources, sessions, archive, settings, now=now, progress=progress, pages=pages)
    said = {refused.url: refused.reason for refused in report.refused}
    with sessions() as session:
        return [
            Added(url, reason=refusals[url]) if refusals[url] else _outcome(session, url, said, report)
            for url in wanted
        ]


def _find_refusal(url: str, outlets: Outlets) -> str:
    try:
        return outlets.find_refusal(urls.canonical(url))
    except urls.UnusableAddressError as error:
        return words.UNUSABLE.format(error=error)


def _outcome(session: Session, url: str, said: dict[str, str], report: CollectReport) -> Added:
    """The article that the newest capture of an address became, or why there is none."""
    if url in said:  # nothing was received, or nothing that is a page
        return Added(url, reason=said[url])
    capture = _newest_capture(session, url)
    if capture is None:
        return Added(url, reason=report.crash or words.LEFT)
    stored = find_article(session, capture.article) if capture.article else None
    if stored is None:
        return Added(url, reason=capture.reason or words.NO_PAGE)
    return Added(url, stored.number, stored.version, stored.article.title)


def _newest_capture(session: Session, url: str) -> SnapshotRow | None:
    """The newest capture of the page that an address led to."""
    first = session.get(CapturedRow, url_key(url))
    led_to = session.get(SnapshotRow, first.snapshot) if first else None
    keys = {url_key(url)} | ({led_to.url_final_key} if led_to else set())
    newest = select(SnapshotRow).where(SnapshotRow.url_final_key.in_(keys))
    return session.scalars(newest.order_by(SnapshotRow.number.desc()).limit(1)).first()
