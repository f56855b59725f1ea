"""The window of articles that a new one is compared with: by term and by anchor."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from nlp.terms import Rarity, Vector, load_common_terms

_VISITS = 6000  # index entries looked at for one article: what keeps the time of a long stream linear
_ASKED = 80  # heaviest terms of an article by which others are looked for
_COMMON = 1000  # a term held by more articles of the window finds none in particular
_CANDIDATES = 20  # articles compared exactly
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One original in the window."""

    id: str
    title: str
    moment: datetime
    vector: Vector  # of syllables and pairs
    terms: frozenset[str]
    anchors: Vector  # of names, figures and counted things
    all_anchors: frozenset[str]
    is_dated: bool
    is_accented: bool  # written with Vietnamese letters: only then do its words compare with theirs
    story: str = ""


class StoryIndex:
    """Originals of the window, oldest first, findable by term and by anchor."""

    def __init__(self, *, window: timedelta, most: int) -> None:
        self._window, self._most = window, most
        self._entries: dict[str, Entry] = {}
        self._by_term: dict[str, deque[str]] = defaultdict(deque)
        self._by_anchor: dict[str, deque[str]] = defaultdict(deque)
        self._sizes: Counter[str] = Counter()
        self._rarity = Rarity(load_common_terms())
        self._anchor_rarity = Rarity({})
        self._newest = _BEGINNING

    def find(self, id_: str) -> Entry | None:
        """The original with this id, if it is in the window."""
        return self._entries.get(id_)

    def size(self, story: str) -> int:
        """How many originals of a story are in the window."""
        return self._sizes[story]

    def open(self, published: datetime | None) -> datetime:
        """When an article counts as published: its own date, or that of the newest before it."""
        moment = published or self._newest
        self._newest = max(self._newest, moment)
        return moment

    def evict(self) -> list[str]:
        """Drop what has left the window, oldest arrivals first, and say what."""
        gone: list[str] = []
        while self._entries:
            first = next(iter(self._entries.values()))
            if first.moment >= self._newest - self._window and len(self._entries) < self._most:
                break
            self._drop(first)
            gone.append(first.id)
        return gone

    def weigh(self, counts: Mapping[str, int]) -> Vector:
        """An article's term counts -> its vector; its terms count as seen from now on."""
        self._rarity.add(counts)
        return self._rarity.weigh(counts)

    def weigh_anchors(self, anchors: frozenset[str]) -> Vector:
        """An article's anchors -> their vector, counted as seen from now on."""
        self._anchor_rarity.add(anchors)
        return self._anchor_rarity.weigh(dict.fromkeys(anchors, 1))

    def keep(self, entry: Entry, story: str) -> None:
        """Take an article in whose terms were weighed just before."""
        placed = replace(entry, story=story)
        self._entries[entry.id] = placed
        self._sizes[story] += 1
        for term in entry.vector:
            self._by_term[term].append(entry.id)
        for anchor in entry.anchors:
            self._by_anchor[anchor].append(entry.id)

    def candidates(self, entry: Entry) -> list[Entry]:
        """Articles that share telling terms or anchors, the most alike first as far as the visited index
        shows.
        """
        partial: dict[str, float] = defaultdict(float)
        self._collect(partial, self._by_term, entry.vector, lambda other: other.vector)
        self._collect(partial, self._by_anchor, entry.anchors, lambda other: other.anchors)
        best = sorted(partial, key=lambda id_: (-partial[id_], id_))[:_CANDIDATES]
        return [self._entries[id_] for id_ in best]

    def _collect(
        self,
        partial: dict[str, float],
        index: Mapping[str, deque[str]],
        vector: Vector,
        vector_of: Callable[[Entry], Vector],
    ) -> None:
        """Add up shared weights, the heaviest terms first, until enough of the index was visited."""
        visits = 0
        for term, weight in islice(vector.items(), _ASKED):
            holders = index.get(term)
            if holders is None or len(holders) > _COMMON:
                continue
            visits += len(holders)
            if visits > _VISITS:
                break
            for id_ in holders:
                partial[id_] += weight * vector_of(self._entries[id_])[term]

    def _drop(self, entry: Entry) -> None:
        """Articles leave in the order they came, so each stands first in the lists it is in."""
        del self._entries[entry.id]
        self._sizes[entry.story] -= 1
        if not self._sizes[entry.story]:
            del self._sizes[entry.story]
        self._rarity.remove(entry.terms)
        self._anchor_rarity.remove(entry.all_anchors)
        for index, keys in ((self._by_term, entry.vector), (self._by_anchor, entry.anchors)):
            for key in keys:
                index[key].popleft()
                if not index[key]:
                    del index[key]
