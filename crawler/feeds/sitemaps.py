"""Sitemaps -> entries: news sitemaps, plain ones, indexes and lists of addresses (sitemaps.org). Pure.

A plain sitemap tells when a page changed, not when it was published, and may list all of an outlet's years:
only what changed in the last days counts, and no date is taken from it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from lxml import etree

from crawler import words
from crawler.addresses import urls
from crawler.feeds import syndication as feeds
from crawler.pages import dates
from crawler.pages.markup import one_line
from store.types import FeedEntry

FRESH = timedelta(days=3)  # of a plain sitemap only what changed since; a long week-end's worth
MAX_CHILDREN = 3  # of an index, in one run: the newest
MAX_UNDATED = 100  # of addresses without any date, the highest numbers; the rest is the outlet's past
MAX_LOCATIONS = 50_000  # sitemaps.org's own limit

_GZIP = b"\x1f\x8b"
_NUMBER = re.compile(r"\d+")
_FOR_NEWS = re.compile(r"news|moi|latest|recent|tin-?tuc", re.IGNORECASE)


def parse(
    body: bytes, *, url: str, now: datetime, zone: tzinfo = dates.VIETNAM
) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a sitemap of articles.

    Args:
        body: the bytes as received; a .xml.gz (which is no content encoding) is opened to the same limit.
        url: the sitemap's address; relative locations are resolved against it.
        now: the time of the run (aware), for what counts as new in a plain sitemap.
        zone: assumed for dates without one.

    Returns:
        One entry for each article with an http(s) location, or the newest sitemaps of an index in
        `children`, or why these bytes are no sitemap.

    """
    opened = _opened(body)
    if opened is None:
        return feeds.NotAFeed(words.BAD_GZIP.format(limit=feeds.MAX_BYTES // 1024 // 1024))
    lines = _plain_lines(opened)
    if lines:
        return feeds.FeedResult(_undated([FeedEntry(url=line, title="", guid=line) for line in lines]))
    fault = feeds.find_fault(opened)
    return feeds.NotAFeed(fault) if fault else _parse_xml(opened, url=url, now=now, zone=zone)


def _opened(body: bytes) -> bytes | None:
    """The bytes inside gzip, up to the limit of a feed; None when they are damaged or too many."""
    if not body.startswith(_GZIP):
        return body
    gate = zlib.decompressobj(wbits=31)
    try:
        opened = gate.decompress(body, feeds.MAX_BYTES + 1)
    except zlib.error:
        return None
    return opened if gate.eof and len(opened) <= feeds.MAX_BYTES else None


def _plain_lines(body: bytes) -> list[str]:
    """The addresses of a text sitemap, one a line; [] when it is anything else."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"http://", b"https://")):
        return []
    lines = body.decode("utf-8-sig", errors="replace").split()[:MAX_LOCATIONS]
    return [line for line in dict.fromkeys(lines) if urls.absolute(line, line)]


def _parse_xml(body: bytes, *, url: str, now: datetime, zone: tzinfo) -> feeds.FeedResult | feeds.NotAFeed:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        return feeds.NotAFeed(words.NO_SITEMAP.format(error=one_line(str(error))[:160]))
    name = etree.QName(root).localname if root is not None else "nothing"
    if name == "sitemapindex":
        return _read_index(root, url=url, now=now, zone=zone)
    if name != "urlset":
        return feeds.NotAFeed(words.OTHER_SITEMAP.format(name=name))
    return _read_pages(root, url=url, now=now, zone=zone)


# an index


def _read_index(
    root: etree._Element, *, url: str, now: datetime, zone: tzinfo
) -> feeds.FeedResult | feeds.NotAFeed:
    """The newest sitemaps of an index; those of other sites and those that did not change lately are left."""
    found: dict[str, datetime | None] = {}
    skipped: list[str] = []
    for element in list(root.iterfind("{*}sitemap"))[:MAX_LOCATIONS]:
        location = _text(element, "loc")
        address = urls.absolute(location, url) if location else None
        if address is None or urls.site(address) != urls.site(url):
            skipped.append(f"no sitemap of this site: {location[:80]!r}")
            continue
        found.setdefault(address, _time(element, "lastmod", zone))
    if not found:
        return feeds.NotAFeed(words.EMPTY_INDEX)
    fresh = [address for address, changed in found.items() if changed is None or now - changed <= FRESH]
    fresh.sort(key=lambda address: _newness(address, found[address]), reverse=True)
    return feeds.FeedResult((), skipped=tuple(skipped[:20]), children=tuple(fresh[:MAX_CHILDREN]))


def _newness(address: str, changed: datetime | None) -> tuple[float, bool, tuple[int, ...]]:
    """Newest change first, then what is called news, then the highest numbers: sitemap-2026-11 before -10."""
    path = urlsplit(address).path
    numbers = tuple(int(digits[:12]) for digits in _NUMBER.findall(path))
    return (changed.timestamp() if changed else 0.0, bool(_FOR_NEWS.search(path)), numbers)


# pages


def _read_pages(root: etree._Element, *, url: str, now: datetime, zone: tzinfo) -> feeds.FeedResult:
    entries: dict[str, FeedEntry] = {}
    undated: dict[str, FeedEntry] = {}
    skipped: list[str] = []
    for element in list(root.iterfind("{*}url"))[:MAX_LOCATIONS]:
        entry = _entry(element, base=url, zone=zone)
        if isinstance(entry, str):
            skipped.append(entry)
            continue
        changed = _time(element, "lastmod", zone)
        if _is_news(element) or (changed is not None and now - changed <= FRESH):
            entries.setdefault(entry.url, entry)
        elif changed is None:
            undated.setdefault(entry.url, entry)
    if not entries:
        entries = {entry.url: entry for entry in _undated(list(undated.values()))}
    return feeds.FeedResult(tuple(entries.values())[: feeds.MAX_ENTRIES], "", tuple(skipped[:20]))


def _undated(entries: Sequence[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Of addresses without dates those with the highest numbers: dates in paths and ids of articles grow."""

    def numbers(entry: FeedEntry) -> tuple[int, ...]:
        return tuple(int(digits[:18]) for digits in _NUMBER.findall(urlsplit(entry.url).path))

    return tuple(
        sorted(entries, key=lambda entry: max(numbers(entry), default=0), reverse=True)[:MAX_UNDATED]
    )


def _is_news(element: etree._Element) -> bool:
    return element.find("{*}news") is not None


def _text(element: etree._Element, name: str) -> str:
    return one_line(element.findtext(f".//{{*}}{name}") or "")


def _time(element: etree._Element, name: str, zone: tzinfo) -> datetime | None:
    found = dates.parse(one_line(element.findtext(f"{{*}}{name}") or ""), zone=zone)
    return found.at.astimezone(UTC) if found else None


def _entry(element: etree._Element, *, base: str, zone: tzinfo) -> FeedEntry | str:
    location = _text(element, "loc")
    address = urls.absolute(location, base) if location else None
    if address is None:
        return f"no http(s) address in location {location[:80]!r}"
    # `lastmod` is no publication: an old page with a mended comma must not look new
    date = dates.parse(_text(element, "publication_date"), zone=zone)
    return FeedEntry(
        url=address, title=_text(element, "title"), published=date.at if date else None, guid=address
    )
