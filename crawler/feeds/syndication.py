"""Feed bytes -> entries: RSS, Atom and RDF by feedparser, JSON Feed 1.1 by ourselves. Pure.

feedparser opens files and addresses when handed a string: here it only ever sees bytes in memory.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import feedparser

from crawler import words
from crawler.addresses import urls
from crawler.pages import dates
from crawler.pages.markup import one_line, plain
from store.types import FeedEntry

MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 1000  # a news sitemap's own limit; no feed of the catalogue has more than 200
MAX_SUMMARY = 20_000  # characters

_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]{0,2000}\[", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ODD_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?:utf-?7|cp037|ebcdic)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What a feed held. `skipped` tells in words which entries could not be used.

    `children` are further addresses to read (of a sitemap index); `general` tells that an outlet's page of
    links was understood by the general way only, since its own selectors found nothing.
    """

    entries: tuple[FeedEntry, ...]
    title: str = ""
    skipped: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """Why these bytes are no feed, in words."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Raw:
    """One entry before its dates and links were understood."""

    links: tuple[str, ...]
    title: str
    summary: str
    dates: tuple[str, ...]
    guid: str


def find_fault(body: bytes) -> str:
    """Say why these bytes must not go to a parser, in words; "" when they may. Looks through UTF-16, too."""
    if len(body) > MAX_BYTES:
        return words.FEED_TOO_BIG.format(limit=MAX_BYTES // 1024 // 1024, size=len(body))
    bare = body.replace(b"\x00", b"")
    if not bare.strip():
        return words.EMPTY_FEED
    if _HTML.match(bare.removeprefix(b"\xef\xbb\xbf")[:5000]):
        return words.HTML_FEED
    if _ENTITY.search(bare) or _ODD_ENCODING.search(bare[:300]):
        return words.ENTITIES
    return ""


def parse(
    body: bytes, *, url: str, content_type: str = "", zone: tzinfo = dates.VIETNAM
) -> FeedResult | NotAFeed:
    """Read a feed.

    Args:
        body: the bytes as received, uncompressed.
        url: the feed's address; relative links are resolved against it.
        content_type: as the server said; it decides on the character set together with the XML declaration.
        zone: assumed for dates without one.

    Returns:
        The entries in the feed's order, each with an http(s) address, or why it is no feed.

    """
    fault = find_fault(body)
    if fault:
        return NotAFeed(fault)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(body, url=url, zone=zone)
    return _parse_xml(body, url=url, content_type=content_type, zone=zone)


def _parse_xml(body: bytes, *, url: str, content_type: str, zone: tzinfo) -> FeedResult | NotAFeed:
    headers = {"content-type": content_type} if content_type else {}
    try:
        found = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # noqa: BLE001 - a hostile feed may break the parser anywhere; the words go to the feed's state
        return NotAFeed(
            words.UNREADABLE_FEED.format(error=one_line(f"{type(error).__name__}: {error}")[:120])
        )
    if not found.version and not found.entries:
        why = one_line(str(found.get("bozo_exception", ""))) or "no feed elements"
        return NotAFeed(words.NO_FEED.format(error=why[:160]))
    raws = [_raw_from(entry) for entry in found.entries[:MAX_ENTRIES]]
    return _result(raws, title=plain(str(found.feed.get("title", ""))), url=url, zone=zone)


def _raw_from(entry: feedparser.FeedParserDict) -> _Raw:
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())]
    return _Raw(
        links=_links_of(entry),
        title=str(entry.get("title", "")),
        summary=max([str(entry.get("summary", "")), *bodies], key=len),
        # dict.get: feedparser's own would give `published` for a missing `updated`, with a warning
        dates=tuple(
            str(dict.get(entry, name))
            for name in ("published", "updated", "created")
            if dict.get(entry, name)
        ),
        guid=str(entry.get("id", "")),
    )


def _links_of(entry: feedparser.FeedParserDict) -> tuple[str, ...]:
    """Where an entry leads, the most direct first.

    What a distributor such as FeedBurner replaced stands in `origLink`. A GUID that is an address comes last,
    also where isPermaLink denies it: such a one (`/?p=7`) still leads to the article.
    """
    links = [str(link.get("href", "")) for link in entry.get("links", ()) if link.get("rel") == "alternate"]
    guid, link = str(entry.get("id", "")), str(entry.get("link", ""))
    address = guid if "://" in guid or guid.startswith("/") else ""
    # feedparser takes a GUID without isPermaLink="false" for the link, also one that is no address at all
    named = link if link != guid else ""
    given = (str(dict.get(entry, "feedburner_origlink") or ""), *links, named, address)
    return tuple(filter(None, given))


def _parse_json(body: bytes, *, url: str, zone: tzinfo) -> FeedResult | NotAFeed:
    try:
        found = json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        return NotAFeed(words.NO_JSON.format(error=one_line(str(error))[:120]))
    if not isinstance(found, dict) or "jsonfeed.org/version" not in str(found.get("version", "")):
        return NotAFeed(words.NO_JSON_FEED)
    items = found.get("items")
    raws = (
        [_raw_from_json(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    )
    return _result(raws[:MAX_ENTRIES], title=one_line(str(found.get("title", ""))), url=url, zone=zone)


def _raw_from_json(item: Mapping[str, Any]) -> _Raw:
    def text(name: str) -> str:
        value = item.get(name)
        return value if isinstance(value, str) else ""

    return _Raw(
        links=tuple(filter(None, [text("url"), text("external_url")])),
        title=text("title"),
        summary=max(text("content_html"), text("content_text"), text("summary"), key=len),
        # dict.get: feedparser's own would give `published` for a missing `updated`, with a warning
        dates=tuple(filter(None, [text("date_published"), text("date_modified")])),
        guid=str(item.get("id", "")),
    )


def _result(raws: Iterable[_Raw], *, title: str, url: str, zone: tzinfo) -> FeedResult:
    raws = list(raws)
    order = dates.find_order(text for raw in raws for text in raw.dates)
    made = [_entry(raw, base=url, zone=zone, order=order) for raw in raws]
    entries: dict[str, FeedEntry] = {}
    for entry in made:
        if isinstance(entry, FeedEntry):
            entries.setdefault(entry.url, entry)
    return FeedResult(
        tuple(entries.values()), title, tuple(entry for entry in made if isinstance(entry, str))
    )


def _entry(raw: _Raw, *, base: str, zone: tzinfo, order: dates.SlashOrder) -> FeedEntry | str:
    address = next(filter(None, (urls.absolute(link, base) for link in raw.links)), None)
    title = one_line(plain(raw.title))
    if address is None:
        return f"no http(s) address in entry {title[:80]!r}"
    return FeedEntry(
        url=address,
        title=title,
        summary=plain(raw.summary)[:MAX_SUMMARY],
        published=_published(raw.dates, zone=zone, order=order),
        guid=one_line(raw.guid)[:500],
    )


def _published(texts: Iterable[str], *, zone: tzinfo, order: dates.SlashOrder) -> datetime | None:
    found = (dates.parse(text, zone=zone, order=order) for text in texts)
    return next((date.at for date in found if date is not None), None)
