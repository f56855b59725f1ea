"""Sentences as weighted terms: syllables and pairs, without names and loaded words. Pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from nlp.loaded import blank
from nlp.text import fold, normalise

Matrix = NDArray[np.float64]

_WORD = re.compile(r"[^\W_]+")
_PAIR_WEIGHT = 0.8
_RAREST = 1 / 2000  # share of everyday articles that a term not in the table is thought to stand in


def find_terms(sentence: str, *, unsaid: Sequence[str] = ()) -> Counter[str]:
    """A sentence -> its terms and how often each occurs, folded: the same with marks and without.

    Names count for nothing: of persons because no person may weigh in what is shown, of outlets (`unsaid`)
    and loaded words for the same reason. A name is told by its capitals; in text all in small letters it
    cannot be told.
    """
    terms: Counter[str] = Counter()
    for part in _without_names(sentence, unsaid):
        words = [hit[0] for hit in _WORD.finditer(fold(part).text)]
        terms.update(words)
        terms.update(f"{one} {other}" for one, other in pairwise(words))
    return terms


def weigh(rows: Sequence[Counter[str]], more: Iterable[Counter[str]] = ()) -> tuple[Matrix, list[Matrix]]:
    """Sentences' terms, and those of what they are compared with (titles) -> vectors of unit length.

    Of what is compared only the terms that some sentence holds count, so that a name in a title weighs
    nothing.
    """
    vocabulary = {term: at for at, term in enumerate(dict.fromkeys(term for row in rows for term in row))}
    rarity = np.array([_rarity(term) for term in vocabulary])
    return _vectors(rows, vocabulary, rarity), [_vectors([one], vocabulary, rarity) for one in more]


def _vectors(rows: Sequence[Counter[str]], vocabulary: dict[str, int], rarity: Matrix) -> Matrix:
    matrix = np.zeros((len(rows), len(vocabulary)))
    for number, row in enumerate(rows):
        for term, count in row.items():
            if term in vocabulary:
                matrix[number, vocabulary[term]] = 1.0 + np.log(count)
    matrix *= rarity
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = matrix / np.where(lengths == 0, 1.0, lengths)
    return unit


def _rarity(term: str) -> float:
    weight = log1p(1.0 / _shares().get(term, _RAREST)) - log1p(1.0)
    return weight * (_PAIR_WEIGHT if " " in term else 1.0)


@cache
def _shares() -> dict[str, float]:
    """Terms of everyday news and the share of articles that hold them (the table grouping starts from)."""
    table = json.loads(files("nlp").joinpath("models/common_terms.json").read_text(encoding="utf-8"))
    return {term: float(share) for share, terms in table["shares"].items() for term in terms.split("|")}


def _without_names(sentence: str, unsaid: Sequence[str]) -> list[str]:
    """A sentence -> the stretches between names and loaded words."""
    text = normalise(sentence).text
    for name in unsaid:
        if name.strip():
            text = re.sub(rf"(?<!\w){re.escape(normalise(name.strip()).text)}(?!\w)", "\n", text)
    text = re.sub(r" {2,}", "\n", blank(text))
    parts: list[str] = []
    kept: list[str] = []
    words = [(hit[0], hit.start(), hit.end()) for hit in _WORD.finditer(text)]
    for number, (word, start, _) in enumerate(words):
        gap = text[words[number - 1][2] : start] if number else ""
        if "\n" in gap or _is_name(words, number):
            parts.append(" ".join(kept))
            kept = []
        if not _is_name(words, number):
            kept.append(word)
    return [part for part in (*parts, " ".join(kept)) if part]


def _is_name(words: Sequence[tuple[str, int, int]], number: int) -> bool:
    """Whether the word is capitalised, and not only because the sentence begins with it."""
    word = words[number][0]
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    following = words[number + 1][0] if number + 1 < len(words) else ""
    return number > 0 or (following[:1].isupper() and not following.isupper())
