"""ROUGE-Lsum (Lin 2004, section 3.2, with the clipped counts of the rouge-score package). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_WORD = re.compile(r"[a-z0-9]+")

Words = Sequence[str]


def score_lsum(right: str, found: str) -> float:
    """F1 of the words of a text that lie, sentence by sentence, on longest common subsequences."""
    wanted, got = list(_sentences(right)), list(_sentences(found))
    left, spare = _count(wanted), _count(got)
    total, size = left.total(), spare.total()
    whole = {tuple(sentence) for sentence in got}
    hits = 0
    for sentence in wanted:
        places = range(len(sentence)) if tuple(sentence) in whole else _union(sentence, got)
        for word in (sentence[place] for place in places):
            if spare[word] > 0 and left[word] > 0:
                spare[word] -= 1
                left[word] -= 1
                hits += 1
    return 2 * hits / (total + size) if hits else 0.0


def _sentences(text: str) -> Iterator[Words]:
    for piece in _SENTENCE.split(text):
        words = _WORD.findall((piece or "").lower())
        if words:
            yield words


def _count(sentences: Sequence[Words]) -> Counter[str]:
    return Counter(word for sentence in sentences for word in sentence)


def _union(sentence: Words, others: Sequence[Words]) -> list[int]:
    """Places of a sentence's words that are on a longest common subsequence with any other sentence."""
    known, places = set(sentence), set[int]()
    for other in others:
        if not known.isdisjoint(other):
            places.update(_common(sentence, other))
    return sorted(places)


def _common(one: Words, other: Words) -> Iterator[int]:
    """Places in `one` of a longest common subsequence with `other`."""
    table = [[0] * (len(other) + 1)]
    for word in one:
        row, above = [0], table[-1]
        for at, match in enumerate(other):
            row.append(above[at] + 1 if word == match else max(above[at + 1], row[at]))
        table.append(row)
    i, j = len(one), len(other)
    while i and j:
        if one[i - 1] == other[j - 1]:
            i, j = i - 1, j - 1
            yield i
        elif table[i][j - 1] > table[i - 1][j]:
            j -= 1
        else:
            i -= 1
