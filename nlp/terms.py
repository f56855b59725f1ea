"""An article as weighted terms: syllables and pairs of neighbours, hashed to keys, weighed by rarity. Pure.

A term is known by its key alone, so that a window of 100,000 articles fits in arrays; what a key stood for is
read from the article that is at hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from nlp.tokens import Hashes, find_tokens

Keys = NDArray[np.uint32]
Weights = NDArray[np.float16]  # enough to tell 200 weights apart, and half the memory

_MAX_SYLLABLES = 900  # of the text: an article's news stands at its beginning; longer text only costs time
KEPT = 200  # terms kept of an article; on 150 stories of real news 80 lose 0.007 of B-cubed F1
# Chosen with the threshold of nlp.stories on half of 300 hand-made stories among 1,000 other articles: a word
# said at length ("Covid-19", twelve times) makes two articles less alike than many rare ones they share.
_COUNT_POWER = 0.6
_RARITY_POWER = 1.5
_PAIR_WEIGHT = 1.2  # of a pair beside a single syllable
_TITLE_COUNTS = 2  # a word of the title counts as if said twice
_VIRTUAL = 300  # everyday articles the window is thought to begin with
_TOO_COMMON = 0.2  # share of the window's articles in which a term says nothing of the event

_EVERYDAY_ENGLISH = """
a about after all also an and are as at be been but by during for from had has have he in into is it its last
more most new no not of officials on one or other out over said say says she some than that the their there
they this to two up was week were when where which who will with year years
"""

SINGLES = 1 << 19  # keys of single syllables
_PAIR_BITS = 22
KEYS = SINGLES + (1 << _PAIR_BITS)  # keys in all; key 0 is no term's
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_AGAIN = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Terms:
    """An article's distinct terms by key, ascending, and how often each occurs."""

    keys: Keys
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vector:
    """Keys with weights of unit length, the heaviest first."""

    keys: Keys
    weights: Weights


def count_terms(title: Hashes, text: Hashes) -> Terms:
    """The syllables of title and text -> how often each syllable and each pair of neighbours occurs."""
    parts = [*[keys for keys in (single_keys(title), pair_keys(title)) for _ in range(_TITLE_COUNTS)]]
    text = text[:_MAX_SYLLABLES]
    return Terms(*_count(np.concatenate([*parts, single_keys(text), pair_keys(text)])))


def _count(keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
    """What np.unique gives, in half its time for a thousand keys."""
    keys = np.sort(keys)
    starts = np.flatnonzero(np.concatenate((keys[:1] >= 0, keys[1:] != keys[:-1])))
    return keys[starts], np.diff(starts, append=len(keys))


def single_keys(hashes: Hashes) -> Keys:
    """Syllables -> the key of each; never 0."""
    return np.maximum((hashes & np.uint64(SINGLES - 1)).astype(np.uint32), np.uint32(1))


def pair_keys(hashes: Hashes) -> Keys:
    """Syllables -> the key of each with the next, one fewer than syllables."""
    mixed = (hashes[:-1] * _MIX + hashes[1:]) * _MIX_AGAIN
    return (mixed >> np.uint64(64 - _PAIR_BITS)).astype(np.uint32) + np.uint32(SINGLES)


def drop_everyday(terms: Terms) -> Terms:
    """Terms of a text without Vietnamese letters -> the same without English words of every sentence.

    The shipped table of everyday terms is Vietnamese, and "of the" is rare among Vietnamese articles.
    """
    telling = ~_everyday_english()[terms.keys]
    return Terms(terms.keys[telling], terms.counts[telling])


@cache
def _everyday_english() -> NDArray[np.bool_]:
    """For each key whether it is that of such a word, or of two of them in a row."""
    words = find_tokens(_EVERYDAY_ENGLISH).hashes
    everyday = np.zeros(KEYS, dtype=np.bool_)
    everyday[single_keys(words)] = True
    for word in words:
        everyday[pair_keys(np.column_stack((np.full(len(words), word), words)).ravel())[::2]] = True
    return everyday


@cache
def _load_common_terms() -> tuple[Keys, NDArray[np.float32]]:
    """The shipped table: terms by key and the share of everyday news articles that hold them."""
    table = json.loads(files("nlp").joinpath("models/common_terms.json").read_text(encoding="utf-8"))[
        "shares"
    ]
    shares = {term: float(share) for share, terms in table.items() for term in terms.split("|")}
    keys = np.fromiter((_key_of(term) for term in shares), dtype=np.uint32, count=len(shares))
    return keys, np.fromiter(shares.values(), dtype=np.float32, count=len(shares))


def _key_of(term: str) -> int:
    hashes = find_tokens(term).hashes
    return int(single_keys(hashes)[0] if len(hashes) == 1 else pair_keys(hashes)[0])


class Rarity:
    """In how many of the window's articles each key is one of the telling ones.

    Only what was kept of an article is counted: a word of every day is kept until it has shown itself to be
    one. Terms begin as if _VIRTUAL everyday articles had been seen, so that the first articles of a window
    are weighed like the later ones: without them 20 stories alone are told apart 0.03 of B-cubed F1 worse.
    """

    def __init__(self, size: int = KEYS, *, of_terms: bool = True) -> None:
        """`size`: how many keys there are; `of_terms`: whether they are terms, of which some are common."""
        self._articles = np.zeros(size, dtype=np.float32)
        self._total = _VIRTUAL
        self._of_terms = of_terms
        if of_terms:
            keys, shares = _load_common_terms()
            np.maximum.at(self._articles, keys, _VIRTUAL * shares)

    def add(self, keys: Keys) -> None:
        """Count one article's distinct keys."""
        self._articles[keys] += np.float32(1.0)
        self._total += 1

    def remove(self, keys: Keys) -> None:
        """Take an article's distinct keys out again, when it leaves the window."""
        self._articles[keys] -= np.float32(1.0)
        self._total -= 1

    def weigh(self, terms: Terms, *, kept: int = KEPT) -> Vector:
        """An article's terms -> its most telling ones, heaviest first, of unit length."""
        holders = self._articles[terms.keys] + np.float32(1.0)  # this article is one
        telling = holders <= max(5.0, _TOO_COMMON * self._total)
        keys, counts, holders = terms.keys[telling], terms.counts[telling], holders[telling]
        rarity = np.log1p(np.float32(self._total) / (holders + np.float32(0.5)))
        often = 1.0 + np.log(counts).astype(np.float32)
        weights = rarity**_RARITY_POWER * often**_COUNT_POWER
        if self._of_terms:
            weights[keys >= SINGLES] *= np.float32(_PAIR_WEIGHT)
        order = np.argsort(-weights, kind="stable")[:kept]
        chosen = weights[order]
        length = float(np.sqrt(np.sum(chosen * chosen))) or 1.0
        return Vector(keys[order], (chosen / np.float32(length)).astype(np.float16))


def find_shared(one: Vector, other: Vector) -> dict[int, float]:
    """What makes two articles alike: the keys both hold, each with its part in the likeness."""
    keys, mine, theirs = np.intersect1d(one.keys, other.keys, return_indices=True)
    parts = one.weights[mine].astype(np.float64) * other.weights[theirs]
    return dict(zip(keys.tolist(), parts.tolist(), strict=True))
