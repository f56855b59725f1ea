"""News sitemaps -> entries (Google's news extension of sitemaps.org). Pure."""

from __future__ import annotations

from datetime import tzinfo

from lxml import etree

from crawler import dates, feeds, urls, words
from crawler.markup import one_line
from store.types import FeedEntry


def parse(body: bytes, *, url: str, zone: tzinfo = dates.VIETNAM) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a sitemap of articles.

    Args:
        body: the bytes as received, uncompressed.
        url: the sitemap's address; relative locations are resolved against it.
        zone: assumed for dates without one.

    Returns:
        One entry for each `<url>` with an http(s) location, or why these bytes are no sitemap.

    """
    fault = feeds.find_fault(body)
    if fault:
        return feeds.NotAFeed(fault)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        return feeds.NotAFeed(words.NO_SITEMAP.format(error=one_line(str(error))[:160]))
    name = etree.QName(root).localname if root is not None else "nothing"
    if name != "urlset":
        return feeds.NotAFeed(words.OTHER_SITEMAP.format(name=name))
    made = [_entry(element, base=url, zone=zone) for element in root.iterfind("{*}url")][: feeds.MAX_ENTRIES]
    entries = {entry.url: entry for entry in made if isinstance(entry, FeedEntry)}
    return feeds.FeedResult(
        tuple(entries.values()), "", tuple(entry for entry in made if isinstance(entry, str))
    )


def _text(element: etree._Element, name: str) -> str:
    return one_line(element.findtext(f".//{{*}}{name}") or "")


def _entry(element: etree._Element, *, base: str, zone: tzinfo) -> FeedEntry | str:
    location = _text(element, "loc")
    address = urls.absolute(location, base) if location else None
    if address is None:
        return f"no http(s) address in location {location[:80]!r}"
    date = dates.parse(_text(element, "publication_date") or _text(element, "lastmod"), zone=zone)
    return FeedEntry(
        url=address, title=_text(element, "title"), published=date.at if date else None, guid=address
    )
