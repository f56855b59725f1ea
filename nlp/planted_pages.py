"""Whole pages made wrong on purpose, as a careless or a false copy is: headline, quotation, address. Pure.

What is changed, and how, follows from a hash. Quotations are found with a pattern of their own, not with the
one of the check that is measured.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache

import tldextract

from nlp.planted import Planted, plant

_QUOTED = re.compile('[“"]([^“”"\n]{50,400})[”"]')
_SPACED = re.compile(r"\S+")
_LEAST_WORDS = 12  # of a quotation that is worth altering
_LEAST_LETTERS = 4  # of a name that can be told from others
_NOT = ("không", "chưa", "chẳng")
_TWINS = (("o", "0"), ("l", "1"), ("m", "rn"), ("i", "l"), ("a", "\N{CYRILLIC SMALL LETTER A}"))


def plant_headline(title: str, text: str, *, seed: str) -> str:
    """A headline with another figure, where the text tells the one it had; "" where it cannot be."""
    planting = plant(title, Planted.FIGURE, seed=seed)
    if planting is None:
        return ""
    told = re.compile(rf"(?<![\d.,]){re.escape(planting.before)}(?![.,]?\d)")
    return planting.text if told.search(text) else ""


def plant_quotation(text: str, *, seed: str) -> tuple[str, int] | None:
    """A text with one quotation cut short by a word, a "không" where it has one.

    Returns:
        The text, and where the word stood; None without a quotation of twelve words or more.

    """
    found = [hit for hit in _QUOTED.finditer(text) if len(hit[1].split()) >= _LEAST_WORDS]
    if not found:
        return None
    hit = found[_chance(seed) % len(found)]
    words = list(_SPACED.finditer(hit[1]))
    inner = words[2:-2]
    gone = next((word for word in inner if word[0].lower() in _NOT), inner[_chance(seed) // 7 % len(inner)])
    start = hit.start(1) + gone.start()
    end = hit.start(1) + gone.end() + 1  # with the space behind it
    return text[:start] + text[end:], start


def imitations(domain: str) -> Iterator[str]:
    """An outlet's host -> hosts that a reader may take for its site, one of each kind that can be made of it.

    None of names of less than four letters: nearly every other name of that length resembles them.
    """
    parts = _suffixes()(domain)
    name, rest = parts.domain, parts.suffix
    if len(name) < _LEAST_LETTERS:
        return
    twins = [name.replace(letter, twin, 1) for letter, twin in _TWINS if letter in name]
    yield from (_host(twin, rest) for twin in twins[:1])
    at = len(name) // 2
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    yield from (_host(one, rest) for one in [swapped] if one != name)
    yield f"{name}-tintuc.{rest}"
    yield f"{name}.{rest}.tin-moi.info"
    yield f"{name}.top"


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The suffix list bundled with the library; it must never be fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def _host(name: str, rest: str) -> str:
    """As it stands in an address: letters beyond ASCII in punycode (RFC 3492)."""
    return f"{name if name.isascii() else 'xn--' + name.encode('punycode').decode('ascii')}.{rest}"


def _chance(seed: str) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
