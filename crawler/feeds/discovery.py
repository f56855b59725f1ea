"""Answers of Google News, Bing News and GDELT -> leads: addresses to look at, never anything to store. Pure.

A lead's title serves people who look for it; its text and date are not kept: the aggregator chose them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from crawler import words
from crawler.addresses import urls
from crawler.addresses.wrappers import unwrap
from crawler.feeds import syndication as feeds
from crawler.pages.markup import one_line, plain
from crawler.wire.answers import Answer
from store.types import FeedEntry

GDELT = "api.gdeltproject.org"
MAX_RECORDS = 250  # GDELT gives no more for one question

_SLOW_DOWN = re.compile(rb"limit requests to one every", re.IGNORECASE)
_SHORT = 600  # bytes: a complaint, not an answer
# GDELT copies titles as it finds them: a lone backslash is no JSON
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_SEEN_AT = "%Y%m%dT%H%M%SZ"


def with_status_meant(answer: Answer) -> Answer:
    """Give GDELT's plain words for "too fast", which come with HTTP 200, the code they mean: 429."""
    is_told = answer.status == 200 and len(answer.body) < _SHORT and _SLOW_DOWN.search(answer.body)
    return replace(answer, status=429) if is_told else answer


def read(answer: Answer) -> feeds.FeedResult | feeds.NotAFeed:
    """Read the answer to a search; by what it is, since aggregators answer as they like.

    Returns:
        The leads in the answer's order, each address once, and the publisher's own where it is written in the
        wrapper's; without text and without date. `skipped` tells what could not be used.

    """
    body = answer.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_gdelt = body.startswith(b"{") and (b'"articles"' in body[:200] or _host(answer.url) == GDELT)
    if is_gdelt:
        found = read_gdelt(answer.body)
    elif not body.startswith(b"<") and not body.startswith(b"{"):
        return feeds.NotAFeed(_complaint(body))
    else:
        found = feeds.parse(answer.body, url=answer.url, content_type=answer.header("content-type"), zone=UTC)
    return found if isinstance(found, feeds.NotAFeed) else _as_leads(found)


def read_gdelt(body: bytes) -> feeds.FeedResult | feeds.NotAFeed:
    """Read GDELT DOC 2.0's article list (mode=artlist, format=json).

    An empty object is its way to say that nothing was found. `seendate` is when GDELT saw a page (UTC), not
    when it was published.
    """
    if len(body) > feeds.MAX_BYTES:
        return feeds.NotAFeed(
            words.FEED_TOO_BIG.format(limit=feeds.MAX_BYTES // 1024 // 1024, size=len(body))
        )
    text = body.decode("utf-8-sig", errors="replace")
    try:
        found = json.loads(_BAD_ESCAPE.sub(r"\\\\", text), strict=False)
    except (ValueError, RecursionError) as error:
        return feeds.NotAFeed(words.NO_JSON.format(error=one_line(str(error))[:120]))
    articles = found.get("articles", []) if isinstance(found, dict) else None
    if not isinstance(articles, list):
        return feeds.NotAFeed(words.NO_LEADS)
    made = [_gdelt_entry(item) for item in articles[:MAX_RECORDS]]
    return feeds.FeedResult(
        tuple(entry for entry in made if isinstance(entry, FeedEntry)),
        "GDELT",
        tuple(entry for entry in made if isinstance(entry, str)),
    )


def _gdelt_entry(item: Any) -> FeedEntry | str:
    link = item.get("url") if isinstance(item, dict) else None
    address = urls.absolute(link, f"https://{GDELT}/") if isinstance(link, str) and "://" in link else None
    if address is None:
        return f"no http(s) address in {str(item)[:80]!r}"
    return FeedEntry(url=address, title=one_line(plain(_said(item, "title"))), published=_seen_at(item))


def _said(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _seen_at(item: dict[str, Any]) -> datetime | None:
    try:
        return datetime.strptime(_said(item, "seendate"), _SEEN_AT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _as_leads(found: feeds.FeedResult) -> feeds.FeedResult:
    leads: dict[str, FeedEntry] = {}
    for entry in found.entries:
        address = unwrap(entry.url)
        leads.setdefault(address, replace(entry, url=address, summary="", published=None, guid=""))
    return replace(found, entries=tuple(leads.values()))


def _complaint(body: bytes) -> str:
    said = one_line(plain(body[:_SHORT].decode("utf-8", errors="replace")))
    return words.SEARCH_SAYS.format(said=said[:200]) if said else words.EMPTY_FEED
