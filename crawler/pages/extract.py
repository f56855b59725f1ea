"""Page -> Article, or why not. Pure; may be slow on hostile pages, so that `run` does it in a pool."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler import words
from crawler.addresses import urls
from crawler.pages import body, dates, metadata, published, structured
from crawler.pages.charset import decode
from crawler.pages.language import check_language
from crawler.pages.markup import one_line, parse_html
from crawler.pages.origin import stranger, zone_of
from crawler.pages.page import Page, Refusal
from crawler.pages.tags import find_tags
from store.types import Article, FeedEntry, PublicationDate

__all__ = ["Page", "Refusal", "extract", "extract_html"]

UNKNOWN = "https://unknown.invalid/"  # RFC 2606: never anybody's
REFUSED = {0, 401, 402, 403, 407, 451}  # the page is kept from us: what the feed says in public may be used
MIN_SUMMARY = 80  # characters of a feed's text, to be worth an item
TEASER = ", teaser"  # behind the extractor's name, where the rest of the text must be paid for
SHORT_TEASER = 1500  # characters; a page that is not free and shows more has shown its text
MAX_PAGE = 10 * 1024 * 1024  # bytes

_HTML_TYPES = re.compile(
    r"^\s*(?:text/(?:html|plain)|application/(?:xhtml\+xml|xml|octet-stream)|text/xml)?\s*(?:;|$)",
    re.IGNORECASE,
)
_OTHER_FORMATS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
}


def _status_words(page: Page) -> str:
    if page.status == 0:
        return page.trouble or words.NO_PAGE
    if page.status in {404, 410}:
        return words.PAGE_GONE.format(code=page.status)
    if page.status in REFUSED:
        return words.PAGE_REFUSED.format(code=page.status)
    return words.CODE.format(code=page.status)


def _format_fault(page: Page) -> str:
    if not _HTML_TYPES.match(page.content_type):
        return words.NOT_HTML.format(kind=one_line(page.content_type)[:80])
    for magic, name in _OTHER_FORMATS.items():
        if page.html.startswith(magic):
            return words.NOT_HTML.format(kind=name)
    if len(page.html) > MAX_PAGE:
        return words.FEED_TOO_BIG.format(limit=MAX_PAGE // 1024 // 1024, size=len(page.html))
    return "" if page.html.strip(b"\x00 \t\r\n") else words.EMPTY_PAGE


def extract(page: Page) -> Article | Refusal:
    """Make an article of a page.

    Where the outlet refuses the page, or it holds no text, but the feed gave at least 80 characters, that
    text is kept and the article is marked `summary_only`.

    Returns:
        The article, its text in NFC with one paragraph a line, or why there is none, in words.

    """
    fault = _status_words(page) if page.status >= 300 or page.status == 0 else _format_fault(page)
    if fault:
        return _from_feed(page, fault) if page.status in REFUSED else Refusal(fault)
    tree = parse_html(decode(page.html, page.content_type), normalised=True)
    if tree is None:
        return Refusal(words.EMPTY_PAGE)
    return _from_tree(page, tree)


def _from_tree(page: Page, tree: HtmlElement) -> Article | Refusal:
    node = structured.find_article(tree)
    said = metadata.read(tree, node, outlet=page.source.name, host=urlsplit(page.url).hostname or "")
    said = replace(
        said,
        title=said.title or (page.entry.title if page.entry else ""),
        lead=metadata.text_at(tree, page.selectors.lead) or said.lead,
    )
    found = body.find(tree, said, node, selector=page.source.body_selector or page.selectors.body)
    text, lead = body.compose(found, said)
    if not said.title:
        return Refusal(words.NO_TITLE)
    if len(text) < body.SHORTEST:
        return _from_feed(page, words.NO_TEXT.format(count=len(text)))
    zone = zone_of(page.source)
    date = published.find(
        tree,
        node,
        said.metas,
        url=page.url,
        entry=page.entry,
        fetched_at=page.fetched_at,
        zone=zone,
        selector=page.selectors.published,
    )
    return replace(
        _blank(page, said.title, said.declared_url),
        text=text,
        lead=lead,
        byline=metadata.text_at(tree, page.selectors.byline)[:160] or said.byline,
        section=said.section,
        language=check_language(said.language, text),
        published=date,
        extractor=f"{found.method}{TEASER if _is_teaser(node, text) else ''}",
        tags=find_tags(tree, node),
    )


def _is_teaser(node: structured.Node, text: str) -> bool:
    """Whether a page that is not free to read shows little: it is kept, and said in `extractor`."""
    return structured.is_paywalled(node) and len(text) < SHORT_TEASER


def _blank(page: Page, title: str, declared_url: str) -> Article:
    return Article(
        url=urls.identity(page.url, declared_url),
        outlet=page.source.id,
        outlet_name=page.source.name,
        scope=page.source.scope,
        title=title,
        text="",
        fetched_at=page.fetched_at.astimezone(UTC),
        snapshot_sha256=sha256(page.html).hexdigest(),
    )


def _feed_date(entry: FeedEntry, fetched_at: datetime) -> PublicationDate | None:
    if entry.published is None or dates.find_fault(entry.published, fetched_at):
        return None
    return PublicationDate(entry.published.astimezone(UTC), "feed", 0.85)


def _from_feed(page: Page, reason: str) -> Article | Refusal:
    entry = page.entry
    if entry is None or len(entry.summary) < MIN_SUMMARY or not entry.title:
        return Refusal(reason)
    return replace(
        _blank(page, entry.title, ""),
        text=entry.summary,
        language=page.source.language.split("-")[0],
        published=_feed_date(entry, page.fetched_at),
        summary_only=True,
        extractor=f"feed summary ({reason})",
    )


def extract_html(html: bytes | str, url: str, *, fetched_at: datetime) -> Article | Refusal:
    """Make an article of a page of which only the address is known (the filter `diembao extract`).

    Args:
        html: the page; text is taken as it is, bytes are decoded as `charset.decode` says.
        url: its address; "" or one that is no http(s) address (a saved file's) counts as unknown: the article
            then has the address `UNKNOWN`.
        fetched_at: when it was received (aware); nothing can be published later.

    """
    try:
        urls.canonical(url)
    except urls.UnusableAddressError:
        url = UNKNOWN
    raw = html.encode("utf-8", errors="replace") if isinstance(html, str) else html
    source = stranger(url, raw)
    return extract(Page(html=raw, url=url, source=source, content_type="", fetched_at=fetched_at))
