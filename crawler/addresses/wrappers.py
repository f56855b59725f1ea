"""Addresses wrapped in an aggregator's: the publisher's own is read out of them where it is written. Pure.

Nothing is worked around: what only the aggregator's own script could tell stays unknown.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.addresses import urls
from store.addresses import is_article_like

# hosts that list other people's pages; an article is never theirs
AGGREGATORS = frozenset(
    {
        "news.google.com", "google.com", "bing.com", "api.gdeltproject.org", "gdeltproject.org",
        "news.yahoo.com", "msn.com", "feedproxy.google.com", "feeds.feedburner.com", "flipboard.com",
        "newsbreak.com",
    }
)  # fmt: skip

_GOOGLE_ARTICLE = re.compile(r"/(?:rss/)?(?:articles|read|__i/rss/rd/articles)/([\w-]{16,})=*$")
_AMP_CACHE = re.compile(r"/(?:c|v|wp/s?|a)/(s/)?(?:s/)?([^/]+\.[^/]+(?:/.*)?)$")
_GOOGLE_AMP = re.compile(r"/amp/(s/)?([^/]+\.[^/]+(?:/.*)?)$")
_REDIRECTOR = re.compile(
    r"/(?:apiclick(?:\.aspx)?|url|redirect|redir|click|out|goto|link|rd|l\.php)/?$", re.IGNORECASE
)
_PARAMETERS = ("url", "u", "q", "to", "target", "link", "dest", "destination", "redirect", "redirect_url")
_DEEPEST = 4  # wrappers within wrappers


def unwrap(url: str) -> str:
    """Give the publisher's address that is written inside a wrapper's; the same address where none is.

    Known: Google News links of the older form (the address stands in them in base64), Bing's `apiclick`, AMP
    caches, and redirectors with the address in `url=`, `u=` and the like. A page that merely hands an address
    on (a "share" button's) is no wrapper: only redirectors' paths and aggregators' hosts count.
    """
    current = url
    for _ in range(_DEEPEST):
        inner = _inner(current)
        if not inner:
            break
        current = inner
    return current


def is_aggregator(url: str) -> bool:
    """Whether an address lies on a host that only lists other people's pages."""
    host = _host(url)
    return host in AGGREGATORS or host.endswith(".news.google.com")


def _host(url: str) -> str:
    try:
        return (urls.split_web(url).hostname or "").removeprefix("www.")
    except urls.UnusableAddressError:
        return ""


def _inner(url: str) -> str:
    host = _host(url)
    if not host:
        return ""
    parts = urlsplit(url)
    if host == "news.google.com":
        found = _GOOGLE_ARTICLE.search(parts.path)
        return _from_google(found[1]) if found else _from_query(parts.query)
    if host == "cdn.ampproject.org" or host.endswith(".cdn.ampproject.org"):
        return _from_amp(_AMP_CACHE.match(parts.path), parts.query)
    if host == "google.com" and parts.path.startswith("/amp/"):
        return _from_amp(_GOOGLE_AMP.match(parts.path), parts.query)
    if is_aggregator(url) or (_REDIRECTOR.search(parts.path) and not is_article_like(parts.path)):
        return _from_query(parts.query)
    return ""


def _from_google(text: str) -> str:
    """Google News, older form: base64 of a small record, 0x08 0x13 0x22, a length, the address, and more.

    The newer form holds a reference of Google's own ("AU_yqL…") in the address's place: "" for that.
    """
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return ""
    start = raw.find(b'"')
    if start < 0 or start > 4:
        return ""
    length, begin = _varint(raw, start + 1)
    return _web(raw[begin : begin + length].decode("utf-8", errors="replace"))


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """A protobuf length and where it ends."""
    value = shift = 0
    while at < len(raw) and shift < 21:
        value |= (raw[at] & 0x7F) << shift
        at += 1
        if raw[at - 1] < 0x80:
            break
        shift += 7
    return value, at


def _from_amp(found: re.Match[str] | None, query: str) -> str:
    if found is None:
        return ""
    return _web(f"{'https' if found[1] else 'http'}://{unquote(found[2])}{'?' + query if query else ''}")


def _from_query(query: str) -> str:
    try:
        pairs = {name.lower(): value for name, value in reversed(parse_qsl(query, max_num_fields=100))}
    except ValueError:
        return ""
    return next(filter(None, (_web(pairs.get(name, "")) for name in _PARAMETERS)), "")


def _web(text: str) -> str:
    """A text if it is a whole http(s) address of a named host, else ""."""
    try:
        host = urls.split_web(text).hostname or ""
    except urls.UnusableAddressError:
        return ""
    return text.strip() if "." in host and " " not in text.strip() else ""
