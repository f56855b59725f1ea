"""An answer of a feed's address -> entries, by the kind of the feed. Pure."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import HtmlResponse

from crawler import words
from crawler.feeds import discovery, sitemaps
from crawler.feeds import syndication as feeds
from crawler.pages.origin import zone_of
from crawler.spiders.registry import find_spider
from crawler.wire.answers import Answer
from store.types import FeedKind, Source


def read(
    kind: FeedKind, answer: Answer, source: Source, *, now: datetime
) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a feed, a sitemap or an outlet's page of links.

    Args:
        kind: of the address that was asked.
        answer: what it gave.
        source: whose it is; dates without a zone are read in its zone, its spider reads its pages of links.
        now: the time of the run (aware).

    """
    zone = zone_of(source)
    if kind is FeedKind.DISCOVERY:
        return discovery.read(answer)
    if kind is FeedKind.LISTING:
        return read_listing(answer, source)
    if kind is FeedKind.SITEMAP:
        return sitemaps.parse(answer.body, url=answer.url, now=now, zone=zone)
    return feeds.parse(answer.body, url=answer.url, content_type=answer.header("content-type"), zone=zone)


def read_listing(answer: Answer, source: Source) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a page of links with the outlet's own spider."""
    from crawler.spiders.site import NoArticlesError  # noqa: PLC0415  loads Scrapy's Spider, only where one is used

    found = find_spider(source.id)
    if found is None:
        return feeds.NotAFeed(words.NO_SPIDER.format(source=source.id))
    spider = found()
    said = {"Content-Type": answer.header("content-type")}
    response = HtmlResponse(answer.url, body=answer.body, headers=said, encoding="utf-8")
    try:
        entries = tuple(spider.parse(response))
    except NoArticlesError as error:
        return feeds.NotAFeed(str(error))
    return feeds.FeedResult(entries, general=spider.general)
