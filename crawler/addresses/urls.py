"""Addresses as identity: what is one article under many spellings of its address. Pure, no network.

`canonical` is a spelling that can be fetched and cited; `key` names the article and is never fetched; in
`identity` the page itself has its say. What is folded without the page's word stands in store.addresses.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url

from store.addresses import article_numbers, identity_of, is_article_like

DEFAULT_PORTS = {"http": 80, "https": 443}
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3  # in the last part of an address; fewer name nothing
MAX_LENGTH = 2000  # characters; Scrapy itself refuses more than 2,083

# Parameters that say where a reader came from and never which article is meant. Collected from the addresses
# in feeds of the catalogue (zarsrc: Zing/Zalo, vn_source: VnExpress) and from the advertisers' own manuals.
TRACKING = frozenset(
    {
        "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid",
        "mc_eid", "_ga", "_gl", "zarsrc", "zalo_id", "vn_source", "vn_campaign", "vn_medium", "vn_term",
        "at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "cmpid",
        "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "traffic_source", "_openstat",
        "ocid", "smid", "__twitter_impression",
        # one by one, since "pk_id" and "itm_id" are numbers of articles
        "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
        "itm_source", "itm_medium", "itm_campaign", "itm_content", "itm_term",
    }
)  # fmt: skip
TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_")


class UnusableAddressError(ValueError):
    """An address that names no page on the web: another scheme, no host, a user name, too long."""


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The suffix list bundled with the library; it must never be fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)  # an address is looked at by the guard, the turns, the catalogue, the store
def split_web(url: str) -> SplitResult:
    """Split an http(s) address with a host and without a user name.

    Raises:
        UnusableAddressError: for anything else, with the reason in words.

    """
    if len(url) > MAX_LENGTH:
        raise UnusableAddressError(f"longer than {MAX_LENGTH} characters: {url[:80]}…")
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError as error:
        raise UnusableAddressError(f"{url[:120]!r} cannot be read as an address: {error}") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise UnusableAddressError(
            f"only http and https are fetched, not {parts.scheme or 'a relative address'!r}"
        )
    if not parts.hostname:
        raise UnusableAddressError(f"no host in {url[:120]!r}")
    if parts.username is not None or parts.password is not None:
        raise UnusableAddressError(f"a user name in the address of {parts.hostname}")
    return parts


def is_tracking(name: str) -> bool:
    """Whether a query parameter only says where the reader came from."""
    folded = name.lower()
    return folded in TRACKING or folded.startswith(TRACKING_PREFIXES)


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    kept = [(name, value) for name, value in pairs if not is_tracking(name)]
    # Untouched where nothing is dropped: some servers are particular about how a query is written.
    return query if len(kept) == len(pairs) else urlencode(kept)


def _network_location(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise UnusableAddressError("no host but dots")
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f"{shown}:{parts.port}"


def _one_pass(url: str) -> str:
    parts = split_web(url)
    try:
        query = _without_tracking(parts.query)
        bare = parts._replace(
            netloc=_network_location(parts), query=query, fragment="", path=parts.path or "/"
        )
        return str(canonicalize_url(urlunsplit(bare), keep_fragments=False))
    except UnusableAddressError:
        raise
    except ValueError as error:  # a host that is no IDNA name, more than 200 parameters…
        raise UnusableAddressError(f"{url[:120]!r} cannot be made canonical: {error}") from error


def canonical(url: str) -> str:
    """Give the one spelling of an address: lower-case host, no default port, fragment or tracking parameter.

    Idempotent. The scheme stays, since this is what is fetched and cited; `key` folds it.

    Raises:
        UnusableAddressError: when it is no http(s) address with a host and without a user name.

    """
    current = _one_pass(url)
    for _ in range(4):  # escapes inside escapes settle after one or two passes
        following = _one_pass(current)
        if following == current:
            return current
        current = following
    raise UnusableAddressError(f"{url[:120]!r} has no stable spelling")


def key(url: str) -> str:
    """Give the name by which an article is known, whatever spelling led to it; not to be fetched. Idempotent.

    Raises:
        UnusableAddressError: as `canonical`.

    """
    return identity_of(canonical(url))


def host_port(url: str) -> str:
    """Give "host:port" of an http(s) address, the port always written.

    Raises:
        UnusableAddressError: as `split_web`.

    """
    parts = split_web(url)
    return f"{parts.hostname}:{parts.port or DEFAULT_PORTS[parts.scheme]}"


def site(url: str) -> str:
    """Give whose address it is: the registrable domain ("vnexpress.net"), or host:port of an IP address.

    Raises:
        UnusableAddressError: as `split_web`.

    """
    parts = split_web(url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _suffixes()(host).top_domain_under_public_suffix or host
    return host_port(url)


def identity(page: str, declared: str) -> str:
    """Choose the address under which an article is known.

    Args:
        page: the address at which it was fetched, after redirects.
        declared: what the page itself says in rel=canonical or og:url; "" or nonsense is ignored. Trusted
            only within the page's own registrable domain, so that no page can take over another outlet's
            article, and never when it names a front page, a section or another article's number.

    Returns:
        The canonical spelling. The page's word is what folds changed slugs, moved sections and short links.

    Raises:
        UnusableAddressError: when `page` itself is no http(s) address.

    """
    own = canonical(page)
    try:
        claimed = canonical(urljoin(page, declared.strip())) if declared.strip() else own
    except (UnusableAddressError, ValueError):
        return own
    return claimed if site(claimed) == site(own) and _may_be_one_article(own, claimed) else own


def _may_be_one_article(own: str, claimed: str) -> bool:
    """Whether a page may know itself under another address: content systems often declare a wrong one.

    The number in an address is an outlet's own identity of an article: another number is another article,
    even where a page says otherwise, and a page that names an article is not its section.
    """
    mine, theirs = urlsplit(own), urlsplit(claimed)
    if identity_of(own) == identity_of(claimed):
        return True
    if not is_article_like(mine.path, mine.query):
        return is_article_like(theirs.path, theirs.query) or not _is_front_page(theirs)
    numbers = _number_of(mine), _number_of(theirs)
    if all(numbers):
        return numbers[0] == numbers[1]
    is_named_alike = _share_words(_last_part(mine), _last_part(theirs))
    return is_article_like(theirs.path, theirs.query) and is_named_alike and not _is_above(theirs, mine)


def _number_of(parts: SplitResult) -> int:
    """The number of an article, 0 without one: the largest; a section's and a title's are smaller.

    In the last part of the path if there is one, so that a section that is all articles' is not taken for it.
    """
    found = article_numbers(f"/{_last_part(parts)}") or article_numbers(parts.path, parts.query)
    return max(map(int, found), default=0)


def _last_part(parts: SplitResult) -> str:
    return parts.path.rstrip("/").rpartition("/")[2]


def _share_words(mine: str, theirs: str) -> bool:
    """Whether two last parts may name one article: a headline was edited, or one of them is a bare number.

    A section's name is as long as many a headline's ("tin-trong-tinh-gia-lai").
    """
    one, other = (set(_WORD.findall(part.lower())) for part in (mine, theirs))
    fewest = min(len(one), len(other))
    return fewest < _FEWEST_WORDS or len(one & other) * 3 >= fewest * 2


def _is_above(theirs: SplitResult, mine: SplitResult) -> bool:
    """Whether an address is a folder above another: an article's section."""
    return mine.path.startswith(theirs.path.rstrip("/") + "/") and not theirs.query


def _is_front_page(parts: SplitResult) -> bool:
    return parts.path in {"", "/"} and not parts.query


_SPACES = re.compile(r"[\s\x00-\x1f]+")


def absolute(link: str, base: str) -> str | None:
    """Resolve a link against the page or feed it stood in; None when it leads to no web page."""
    try:
        joined = urljoin(base, _SPACES.sub("", link))
        split_web(joined)
    except ValueError:
        return None
    return joined
