"""When a page was published: whose word is heard first, and how far it is trusted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

import htmldate
from lxml.html import HtmlElement

from crawler import dates, structured
from crawler.markup import one_line
from crawler.metadata import meta_values
from store.types import FeedEntry, PublicationDate

# In the order in which they are believed; all mean first publication, never the last change.
_METAS = (
    "article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate", "publish-date",
    "dc.date.issued", "dcterms.created", "dc.date", "sailthru.date", "parsely-pub-date",
    "article_date_original", "cxenseparse:recs:publishtime", "datecreated", "date",
)  # fmt: skip
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|ngay|publish(?:ed)?|pubdate|post-?date|date-?time)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_CANDIDATES = 40

Candidate = tuple[str, str, float]  # the words, origin, confidence


def _declared(tree: HtmlElement, node: structured.Node) -> Iterator[Candidate]:
    yield structured.text(node, "datePublished"), "json-ld", 0.98
    metas = meta_values(tree)
    for name in _METAS:
        yield metas.get(name, ""), "meta", 0.95
    for element in tree.xpath('//*[@itemprop="datePublished"]'):
        yield (
            element.get("datetime") or element.get("content") or one_line(element.text_content()),
            "meta",
            0.92,
        )


def _after_heading(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements from the first h1 on; all where there is none. Above it, many outlets show today's date."""
    heading = next(tree.iter("h1"), None)
    started = heading is None
    for element in tree.iter("h1", "time", "span", "div", "p", "li", "em", "i", "b"):
        started = started or element is heading
        if started:
            yield element


def _visible(tree: HtmlElement) -> Iterator[Candidate]:
    for element in _after_heading(tree):
        if element.tag == "time":
            yield element.get("datetime") or one_line(element.text_content()), "page", 0.8
        elif _DATE_CLASS.search(element.get("class", "")):
            yield one_line(element.text_content()), "page", 0.75


def _parse(candidate: Candidate, zone: tzinfo, fetched_at: datetime) -> PublicationDate | None:
    words, origin, trust = candidate
    date = dates.parse(words, zone=zone) if words else None
    if date is None or dates.find_fault(date.at, fetched_at):
        return None
    return PublicationDate(date.at, origin, round(trust * date.confidence, 2))


def _by_htmldate(tree: HtmlElement, zone: tzinfo, fetched_at: datetime) -> PublicationDate | None:
    found = htmldate.find_date(
        tree, original_date=True, extensive_search=True, max_date=fetched_at.strftime("%Y-%m-%d")
    )
    if not found or found.endswith("-01-01"):  # what it makes of a bare year in a copyright line
        return None
    return _parse((found, "htmldate", 0.7), zone, fetched_at)


def _from_feed(entry: FeedEntry | None, fetched_at: datetime) -> PublicationDate | None:
    if entry is None or entry.published is None or dates.find_fault(entry.published, fetched_at):
        return None
    return PublicationDate(entry.published.astimezone(UTC), "feed", 0.85)


def _same_day(day: PublicationDate, other: PublicationDate) -> bool:
    return abs((day.at - other.at).total_seconds()) < 36 * 3600


def find(
    tree: HtmlElement, node: structured.Node, *, entry: FeedEntry | None, fetched_at: datetime, zone: tzinfo
) -> PublicationDate | None:
    """Find the time of publication.

    Heard in this order: JSON-LD, `<meta>`, the feed's entry, dates shown on the page, htmldate. A date in the
    future of `fetched_at` is passed over for the next. Where a page declares the day only, a later voice that
    agrees on the day and knows the hour is taken.

    Args:
        tree: the parsed page; unchanged by this.
        node: its JSON-LD article.
        entry: what the feed said of it.
        fetched_at: when it was received (aware).
        zone: assumed where a date names none.

    """
    declared = [_parse(candidate, zone, fetched_at) for candidate in _declared(tree, node)]
    feed = _from_feed(entry, fetched_at)
    first = [date for date in [*declared, feed] if date is not None]
    if first and first[0].confidence > 0.6:
        return first[0]
    seen = [
        _parse(candidate, zone, fetched_at)
        for candidate, _ in zip(_visible(tree), range(_MAX_CANDIDATES), strict=False)
    ]
    voices = [*first, *(date for date in seen if date is not None)]
    if voices:
        finer = (date for date in voices if date.confidence > 0.6 and _same_day(voices[0], date))
        return next(finer, voices[0])
    return _by_htmldate(tree, zone, fetched_at)
