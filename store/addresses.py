"""Addresses as keys: which spellings name one article without asking the page. Pure.

Folded here is only what no outlet uses to tell two articles apart. All else (another slug, another section,
a short link) needs the page's own word: a redirect or rel=canonical. Two rows for one article are a nuisance
that grouping mends; one row for two articles would put one's words into the other's mouth.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TWIN_HOSTS = ("m.", "mobile.", "amp.", "wap.")  # the same pages in another dress
_TWIN_FOLDERS = ("amp", "print")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_ENDING = re.compile(r"\.amp(?=\.html?$|$)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4,}")
_MARKED_NUMBER = re.compile(r"-(?:post|ar|art|id|d|a|i|n)(\d+)(?=\.\w+$|$)")  # "-post88.html", "-d12.html"
_DATE = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?")

# parameters that ask for another dress of the same page, with the values that do
_DRESS = {
    "amp": {"", "1", "true"},
    "outputtype": {"amp"},
    "print": {"", "1", "true", "yes"},
    "view": {"print", "amp"},
    "mode": {"print"},
}


def url_key(url: str) -> str:
    """Hex SHA-256 of an address's identity: addresses have no length limit, index entries have."""
    return hashlib.sha256(identity_of(url).encode(errors="surrogatepass")).hexdigest()


def identity_of(url: str) -> str:
    """Fold the spellings of an address that name one page; never to be fetched or shown. Idempotent.

    Folded: http into https, "www." away, mobile and AMP hosts and folders, print views, "index.html", a slash
    at the end, doubled slashes. https, since outlets moved there from http, never back. A host of digits or
    a port of its own names one server, so that its scheme stays. What is no web address stays as it is.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    bare = parts._replace(path=_fold_path(parts), query=_fold_query(parts.query), fragment="")
    if _is_one_server(parts.hostname, port, parts.scheme):
        return urlunsplit(bare)
    host = _fold_host(parts.hostname.rstrip("."), is_page=is_article_like(bare.path, bare.query))
    return urlunsplit(bare._replace(scheme="https", netloc=host))


def article_numbers(path: str, query: str = "") -> frozenset[str]:
    """The numbers by which an outlet may know an article, from the last two parts of a path and the query.

    Dates (2026, 202611, 20261122) are none of them.
    """
    texts = [*path.split("/")[-2:], *(value for _, value in parse_qsl(query, max_num_fields=200))]
    found = {run for text in texts for run in _NUMBER.findall(text) if not _DATE.fullmatch(run)}
    return frozenset(found | {run for text in texts for run in _MARKED_NUMBER.findall(text)})


def is_article_like(path: str, query: str = "") -> bool:
    """Whether an address may name one article: it holds a number, or a last part of at least four words."""
    return bool(article_numbers(path, query)) or path.rstrip("/").rpartition("/")[2].count("-") >= 3


def _is_one_server(host: str, port: int | None, scheme: str) -> bool:
    if port not in {None, _DEFAULT_PORTS[scheme]}:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _fold_host(host: str, *, is_page: bool) -> str:
    """Without "www."; without "m.", "amp." and the like where an article may be meant, not a front page."""
    bare = shorter = host.removeprefix("www.")
    while is_page and (twin := next((each for each in _TWIN_HOSTS if shorter.startswith(each)), "")):
        shorter = shorter.removeprefix(twin).removeprefix("www.")
    return shorter if "." in shorter else bare


def _fold_path(parts: SplitResult) -> str:
    current = parts.path
    while True:  # "/amp/a-1234/index.html/": each step may uncover the next; every step shortens
        following = _shorter(current, parts.query)
        if following == current:
            return current or "/"
        current = following


def _shorter(path: str, query: str) -> str:
    path = re.sub(r"/{2,}", "/", path)
    path = _INDEX.sub("/", path)
    path = (path.rstrip("/") or "/") if path else "/"
    segments = path.split("/")
    if segments[1] in _TWIN_FOLDERS and is_article_like("/".join(segments[1:]), query):
        return "/" + "/".join(segments[2:])
    if segments[-1] in _TWIN_FOLDERS and is_article_like("/".join(segments[:-1]), query):
        return "/".join(segments[:-1])
    return _AMP_ENDING.sub("", path)


def _fold_query(query: str) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return query
    kept = [(name, value) for name, value in pairs if value.lower() not in _DRESS.get(name.lower(), ())]
    # untouched where nothing is dropped: a query is not ours to rewrite
    return query if len(kept) == len(pairs) else urlencode(kept)
