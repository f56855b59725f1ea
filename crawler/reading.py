"""An answer of a feed's address -> entries, by the kind of the feed. Pure."""

from __future__ import annotations

from crawler import feeds, sitemaps
from crawler.answers import Answer
from crawler.origin import zone_of
from store.types import FeedKind, Source


def read(kind: FeedKind, answer: Answer, source: Source) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a feed or sitemap; dates without a zone are read in the source's."""
    zone = zone_of(source)
    if kind is FeedKind.SITEMAP:
        return sitemaps.parse(answer.body, url=answer.url, zone=zone)
    return feeds.parse(answer.body, url=answer.url, content_type=answer.header("content-type"), zone=zone)
