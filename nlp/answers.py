"""Earlier answers on a shelf: a claim is looked up among thousands by its rarer words. Pure.

The shelf's index holds only words written small, so no person's name is a key of it; names are compared only
between two sentences that other words brought together.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.sameness import Match, Worded, are_like, compare, make_worded

K = TypeVar("K", bound=Hashable)

_LOOKED_UP = 8  # of a sentence's words, the rarest ones
_AT_LEAST, _ENOUGH = 4, 800  # words looked up in any case; sentences from which no further word is
_COMPARED = 24  # sentences on the shelf that share most of them


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """What a claim was matched with."""

    key: K
    match: Match


class Shelf(Generic[K]):
    """Sentences by key; one is put up once and never taken down."""

    def __init__(self) -> None:
        self._kept: list[tuple[K, str, frozenset[str]]] = []  # key, sentence, its words with content
        self._holders: dict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, key: K, sentence: str) -> None:
        """Put a sentence on the shelf."""
        worded = make_worded(sentence)
        for word in worded.lower:
            self._holders[word].append(len(self._kept))
        self._kept.append((key, sentence, worded.content))

    def find(self, sentence: str, *, limit: int = 5) -> list[Found[K]]:
        """The sentences that may answer one (likeness at least SUGGEST), those the same first, then by
        likeness. Days between the two are not looked at: see `compare`.
        """
        asked = make_worded(sentence)
        found = [Found(key, compare(asked, make_worded(text))) for key, text in self._near(asked)]
        return sorted(found, key=lambda f: (not f.match.is_same, -f.match.likeness))[:limit]

    def _near(self, asked: Worded) -> list[tuple[K, str]]:
        known = sorted((word for word in asked.lower if word in self._holders), key=self._spread)
        shared: Counter[int] = Counter()
        for position, word in enumerate(known[:_LOOKED_UP]):
            if position >= _AT_LEAST and len(shared) > _ENOUGH:
                break  # the rest are words of every day
            weight = math.ceil(8 * math.log((1 + len(self)) / self._spread(word)[0]) + 1)
            for number in self._holders[word]:
                shared[number] += weight
        ordered = heapq.nsmallest(_COMPARED, shared.items(), key=lambda pair: (-pair[1], pair[0]))
        near = (self._kept[number] for number, _ in ordered)
        return [(key, text) for key, text, words in near if are_like(asked.content, words)]

    def _spread(self, word: str) -> tuple[int, str]:
        return len(self._holders[word]), word
