"""An address that resembles a catalogued outlet's and is not its own.

The only check that looks at addresses: swapping them changes its answer, and nothing but them does. It says
that one address resembles another, nothing of whether what stands there is true; it enters no score.
"""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

import tldextract
from confusable_homoglyphs.confusables import is_confusable

from nlp.checks.case import Case, Outlet
from nlp.checks.citing import claim_from_title
from nlp.checks.hosts_shown import HostShown, is_hidden, letters_of, show_host
from nlp.patterns import words_of
from nlp.text import fold
from store.types import Evidence, Flag, ReadArticle, Stance

NAME, VERSION = "imitated", "2"
_STRENGTH = 0.5  # the same for all
_LONG = 6  # letters from which one letter more or less is a slip, not another name
_TWINS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"))
_MOST_LABELS = 12
_CHEAP = words_of(
    "top xyz info site online club icu click shop buzz live vip cc pro link website space fun store"
)
_LONGEST = 253  # characters of a host (RFC 1035)


@dataclass(frozen=True, slots=True)
class _Name:
    """A host in its parts: `core` is the label under the public suffix, as a reader sees it."""

    host: str
    site: str  # core and suffix, as a reader sees it
    core: str
    suffix: str


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each article whose address resembles that of an outlet of the catalogue."""
    known = _by_host(case.outlets)
    flags = []
    for member in case.story.members:
        found = find_likeness(_host_of(member.item.article.url), known)
        flag = _flag_from(case, member.item, *found) if found else None
        if flag is not None:
            flags.append(flag)
    return tuple(flags)


def find_likeness(host: str, known: Mapping[str, Outlet]) -> tuple[Outlet, str] | None:
    """A host and the catalogue's outlets by host -> the outlet it resembles and how, in words; else None."""
    name = _name_of(host)
    if name is None or not known:
        return None
    names = [(outlet, other) for outlet in known.values() if (other := _name_of(outlet.domain))]
    if any(name.site == other.site for _, other in names):
        return None  # the outlet's own, or another of the catalogue
    for outlet, other in names:
        why = _why_alike(name, other)
        if why:
            return outlet, why
    return None


def _why_alike(name: _Name, other: _Name) -> str:
    """How an address resembles an outlet's, in words; "" where it does not."""
    front = name.host.removesuffix(name.site).rstrip(".")
    dashed = other.site.replace(".", "-")
    if other.site in _runs(front) or dashed in {name.core, *front.split(".")}:
        return "tên miền của báo được đặt ở phần đầu một tên miền khác"
    if name.core == other.core:
        return (
            f"cùng tên, khác đuôi (.{name.suffix} và .{other.suffix})" if _is_other_end(name, other) else ""
        )
    if _skeleton(name.core) == _skeleton(other.core):
        return "ký tự trông giống nhau"
    if len(other.core) < _LONG:
        return ""
    if other.core in name.core.split("-"):
        return "thêm chữ và dấu gạch nối vào tên của báo"
    return "chỉ khác một ký tự" if _is_slip(name.core, other.core) else ""


def _is_other_end(name: _Name, other: _Name) -> bool:
    """Whether a name under another suffix is likely somebody else's: outlets hold several near their own."""
    if len(other.core) < _LONG or name.suffix.endswith("vn"):
        return False
    return other.suffix.endswith("vn") or name.suffix in _CHEAP


def _by_host(outlets: Iterable[Outlet]) -> Mapping[str, Outlet]:
    return {outlet.domain: outlet for outlet in outlets}


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The suffix list bundled with the library; it must never be fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)  # each article's host is set beside every outlet's
def _name_of(host: str) -> _Name | None:
    """A host -> its parts as a reader sees them; None for IP addresses and what is no host under a suffix."""
    host = host.partition(":")[0].strip(".").lower()
    if not host or len(host) > _LONGEST or host.count(".") > _MOST_LABELS or _is_number(host):
        return None
    parts = _suffixes()(host)
    if not parts.domain or not parts.suffix:
        return None
    core, shown = letters_of(parts.domain), ".".join(letters_of(label) for label in host.split("."))
    return _Name(shown, f"{core}.{parts.suffix}", core, parts.suffix)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _runs(front: str) -> set[str]:
    """All runs of labels in the part before a site: "vnexpress.net" within "vnexpress.net.tin"."""
    labels = [label for label in front.split(".") if label]
    return {
        ".".join(labels[start:end])
        for start in range(len(labels))
        for end in range(start + 1, len(labels) + 1)
    }


def _skeleton(label: str) -> str:
    """A label with every character as the Latin letter it looks like (Unicode confusables)."""
    plain = "".join(_lookalike(char) for char in label if not is_hidden(char))
    for twin, letter in _TWINS:
        plain = plain.replace(twin, letter)
    return plain


@cache
def _lookalike(char: str) -> str:
    if char.isascii():
        return char
    bare = fold(unicodedata.normalize("NFKD", char)).text
    if bare.isascii() and bare:
        return bare
    for found in is_confusable(char, greedy=True) or ():
        for twin in found["homoglyphs"]:
            if twin["c"].isascii() and twin["c"].isalnum():
                return str(twin["c"]).lower()
    return char


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, added, or two neighbours exchanged; digits are numbers."""
    if abs(len(one) - len(other)) > 1 or one[:1].isdigit():
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest_one, rest_other = one[start:], other[start:]
    if rest_one[:2] == rest_other[1::-1] and rest_one[2:] == rest_other[2:]:
        return True
    return rest_one[1:] in {rest_other, rest_other[1:]} or rest_one == rest_other[1:]


def _flag_from(case: Case, item: ReadArticle, outlet: Outlet, why: str) -> Flag | None:
    claim = claim_from_title(item)
    if claim is None:
        return None
    host, home = _host_of(item.article.url), f"https://{outlet.domain}/"
    shown = show_host(host)
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=case.story.id,
        evidence=(
            _cite_address(item.article.url, host, item.article.title, item.article.outlet_name, why),
            _cite_address(home, outlet.domain, outlet.name, outlet.name, "địa chỉ trong danh mục"),
        ),
        strength=_STRENGTH,
        because=(
            f"Địa chỉ “{shown.letters}” giống địa chỉ “{outlet.domain}” trong danh mục: {why}.",
            *_tell_both(shown, outlet),
        ),
        missing=("Xác nhận của báo có địa chỉ trong danh mục.",),
    )


def _tell_both(shown: HostShown, outlet: Outlet) -> Iterator[str]:
    """Where what is seen and what machines write differ: both, and in which letters."""
    if not shown.is_plain:
        letters = f", có ký tự {', '.join(shown.strange)}" if shown.strange else ""
        hidden = f", có dấu ẩn không nhìn thấy ({', '.join(shown.hidden)})" if shown.hidden else ""
        yield (
            f"Mắt thấy “{shown.letters}”{letters}{hidden}; máy ghi “{shown.code}”;"
            f" địa chỉ thật của báo là “{outlet.domain}”."
        )


def _cite_address(url: str, host: str, title: str, publisher: str, why: str) -> Evidence:
    """An address as evidence: the document is the address itself, quoted is its host."""
    start = max(0, url.lower().find(host))
    return Evidence(
        text=url[start : start + len(host)],
        start=start,
        end=start + len(host),
        document=url,
        document_title=title,
        publisher=publisher,
        published=None,
        stance=Stance.CONTEXT,
        why=why,
    )
