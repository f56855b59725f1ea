"""One saved or fetched body -> what the collector would make of it: entries or an article. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from protego import Protego

from crawler.addresses import urls
from crawler.feeds import listings, reading
from crawler.feeds.listings import Layout
from crawler.feeds.syndication import FeedResult, NotAFeed
from crawler.pages.charset import decode
from crawler.pages.extract import extract
from crawler.pages.markup import one_line, parse_html
from crawler.pages.page import Page, Refusal
from crawler.spiders.registry import find_spider, selectors_of
from crawler.wire.answers import Answer
from store.types import Article, FeedEntry, FeedKind, Source

_XML_ROOT = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex|rss|feed|rdf)\b", re.IGNORECASE)
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}


class Form(StrEnum):
    """What a body is read as."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one body. `found` is of a feed, sitemap or listing, `article` of a page."""

    form: Form
    answer: Answer = field(repr=False)
    found: FeedResult | NotAFeed | None = None
    article: Article | Refusal | None = None
    hints: tuple[str, ...] = ()  # feeds that a page names


def guess_form(answer: Answer, source: Source) -> Form:
    """What a body looks like. HTML of a front page or a configured section is a listing."""
    start = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    root = _XML_ROOT.search(start)
    if start.startswith(b"\x1f\x8b") or (root and root[1].lower() in {b"urlset", b"sitemapindex"}):
        return Form.SITEMAP
    if root or start.startswith(b"{"):
        return Form.FEED
    listed = {feed.url for feed in source.feeds if feed.kind is FeedKind.LISTING}
    spider = find_spider(source.id)
    listed.update(spider.sections if spider else ())
    front = urlsplit(answer.url).path in {"", "/"} and not urlsplit(answer.url).query
    return Form.LISTING if front or answer.url in listed else Form.PAGE


def try_answer(
    answer: Answer, source: Source, *, now: datetime, form: Form | None = None, entry: FeedEntry | None = None
) -> Trial:
    """Read a body as the collector would.

    Args:
        answer: as received, or a saved file with the address it came from.
        source: whose it is.
        now: the time of capture (aware).
        form: what to read it as; None: what it looks like.
        entry: what the feed said of the page.

    """
    form = form or guess_form(answer, source)
    if form is Form.PAGE:
        return Trial(form, answer, article=_extract(answer, source, now, entry), hints=find_feeds(answer))
    if form is Form.LISTING and find_spider(source.id) is None:  # what an outlet would give without one
        said = answer.header("content-type")
        found = listings.read(answer.body, url=answer.url, layout=Layout(), content_type=said)
    else:
        found = reading.read(FeedKind(form.value), answer, source, now=now)
    return Trial(form, answer, found=found, hints=find_feeds(answer) if form is Form.LISTING else ())


def _extract(answer: Answer, source: Source, now: datetime, entry: FeedEntry | None) -> Article | Refusal:
    page = Page(
        html=answer.body,
        url=answer.url,
        source=source,
        content_type=answer.header("content-type"),
        fetched_at=now,
        entry=entry,
        status=answer.status,
        selectors=selectors_of(source.id),
    )
    return extract(page)


def find_feeds(answer: Answer) -> tuple[str, ...]:
    """The feeds that a page itself names (`<link rel=alternate>`)."""
    tree = parse_html(decode(answer.body, answer.header("content-type")))
    links = [] if tree is None else list(tree.iter("link"))
    found = (
        urls.absolute(link.get("href", ""), answer.url)
        for link in links
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _FEED_TYPES
    )
    return tuple(dict.fromkeys(filter(None, found)))


def find_sitemaps(robots: Answer) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names."""
    if robots.status != 200:
        return ()
    named = Protego.parse(robots.body[:512_000].decode("utf-8-sig", errors="replace")).sitemaps
    found = (urls.absolute(one_line(name), robots.url) for name in named)
    return tuple(dict.fromkeys(filter(None, found)))
