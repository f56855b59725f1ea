"""How well a passage answers: BM25 over folded words, with a bonus for pairs of words and for marks. Pure.

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.2, with its usual k1 and b.
A Vietnamese word is often two syllables, so that two neighbours of the query that are neighbours in the
passage say more than the same two apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from store.folding import folded_words, has_marks, spelled_words

_K1, _B = 1.2, 0.75
_PAIR = 0.5  # of the rarer word's weight
_MARKED = 0.25  # of the word's weight, for the same marks
_TITLE = 0.3  # of the word's weight, where only the document's title has it


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: folded words in their order, their pairs, and spelled words if marks were typed."""

    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    spelled: tuple[tuple[str, str], ...]  # as spelled and as folded, of the texts typed with marks


@dataclass(frozen=True, slots=True)
class Weights:
    """What words are worth, from how many of the library's passages hold them."""

    by_word: Mapping[str, float]
    mean_length: float  # words of a passage


def make_asked(texts: Iterable[str]) -> Asked:
    """Words and phrases of a query, or a whole sentence -> what is looked for."""
    words: list[str] = []
    pairs: set[tuple[str, str]] = set()
    spelled: dict[str, str] = {}
    for text in texts:
        folded = folded_words(text)
        words += folded
        pairs.update(pairwise(folded))
        if has_marks(text):
            spelled.update(zip(spelled_words(text), folded, strict=False))
    return Asked(tuple(dict.fromkeys(words)), frozenset(pairs), tuple(spelled.items()))


def weigh(count: int, passages: int) -> float:
    """What a word is worth that stands in `count` of the library's passages: never below 0."""
    return math.log(1 + (max(passages, count) - count + 0.5) / (count + 0.5))


def make_weights(counts: Mapping[str, int], passages: int, words: int) -> Weights:
    """In how many of `passages` each word stands, and the words of all passages -> what they are worth."""
    by_word = {word: weigh(count, passages) for word, count in counts.items()}
    return Weights(by_word, words / max(1, passages) or 1.0)


def score_passage(asked: Asked, weights: Weights, text: str, title_words: AbstractSet[str]) -> float:
    """How well a passage answers, given the folded words of its document's title; 0 when none is there."""
    words = folded_words(text)
    counts = Counter(words)
    scale = _K1 * (1 - _B + _B * len(words) / weights.mean_length)
    score = 0.0
    for word in asked.words:
        weight = weights.by_word.get(word, 0.0)
        count = counts[word]
        score += (
            weight * count * (_K1 + 1) / (count + scale) if count else _TITLE * weight * (word in title_words)
        )
    return score + _pair_bonus(asked, weights, words) + _marks_bonus(asked, weights, text)


def _pair_bonus(asked: Asked, weights: Weights, words: Sequence[str]) -> float:
    met = asked.pairs & set(pairwise(words))
    known = weights.by_word
    # summed in a fixed order, so that equal passages have equal scores
    return sum(_PAIR * max(known.get(first, 0.0), known.get(second, 0.0)) for first, second in sorted(met))


def _marks_bonus(asked: Asked, weights: Weights, text: str) -> float:
    if not asked.spelled:
        return 0.0
    there = set(spelled_words(text))
    return _MARKED * sum(weights.by_word.get(word, 0.0) for mark, word in asked.spelled if mark in there)
