"""Near-copies: the same words under another address, with a tag added or a few words changed.

Only originals are kept to compare with, so ten thousand copies of one text cost ten thousand look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

SHINGLE = 3  # syllables
_PERMUTATIONS, _BANDS = (
    128,
    32,
)  # measured on Vietnamese news: recall 1.0 of syndicated, no wrong pair of 12,432
_MIN_JACCARD = 0.5
_MIN_CONTAINED = 0.8  # of the shorter text's shingles, where the longer one is at most 2.5 times as long
_MIN_LENGTH_RATIO = 0.4
_MIN_SHINGLES = 12  # a shorter text is a copy only if it is the same text
_MAX_SYLLABLES = 1500  # beyond it the rest of a text is not looked at
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Copied:
    """What an item copies and how much of it: `share` is the part of the shorter text found in the other."""

    of: str
    share: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Print:
    """What two texts are compared by; `minhash` is None for a text too short to be compared by shingles."""

    digest: str  # "" for a text without words
    shingles: NDArray[np.uint64]
    minhash: RMinHash | None


def make_print(folded: str) -> Print:
    """A folded text -> its print."""
    syllables = _WORD.findall(folded)[:_MAX_SYLLABLES]
    shingles = find_shingles(syllables)
    minhash = _minhash(shingles) if len(shingles) >= _MIN_SHINGLES else None
    return Print(_digest(syllables) if syllables else "", shingles, minhash)


class CopyFinder:
    """Remembers originals and says what a new text copies."""

    def __init__(self) -> None:
        self._prints: dict[str, tuple[int, Print]] = {}
        self._ids: dict[int, str] = {}
        self._digests: dict[str, str] = {}
        self._lsh = RMinHashLSH(threshold=_MIN_JACCARD, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._next = 0

    def find(self, text: Print) -> Copied | None:
        """A text's print -> what it copies of the originals kept, or None. An empty text copies nothing."""
        same = self._digests.get(text.digest)
        if same is not None:
            return Copied(same, 1.0, exact=True)
        if text.minhash is None:
            return None
        near = [self._ids[number] for number in self._lsh.query(text.minhash)]
        shares = {id_: overlap(text.shingles, self._prints[id_][1].shingles) for id_ in near}
        best = min(near, key=lambda id_: (-shares[id_], self._prints[id_][0]), default="")
        return Copied(best, round(shares[best], 3), exact=False) if best and shares[best] else None

    def keep(self, id_: str, text: Print) -> None:
        """Remember an original under its id."""
        if not text.digest or id_ in self._prints:
            return
        self._next += 1
        if text.minhash is not None:
            self._lsh.insert(self._next, text.minhash)
        self._prints[id_] = (self._next, text)
        self._ids[self._next] = id_
        self._digests.setdefault(text.digest, id_)

    def forget(self, id_: str) -> None:
        """Drop an original that has left the window."""
        if id_ not in self._prints:
            return
        number, text = self._prints.pop(id_)
        del self._ids[number]
        if text.minhash is not None:
            self._lsh.remove(number)
        if self._digests.get(text.digest) == id_:
            del self._digests[text.digest]


def find_shingles(syllables: Sequence[str]) -> NDArray[np.uint64]:
    """Syllables -> the sorted distinct hashes of every three in a row; the same on every machine."""
    joined = {" ".join(syllables[i : i + SHINGLE]) for i in range(len(syllables) - SHINGLE + 1)}
    return np.sort(
        np.fromiter(
            (xxhash.xxh3_64_intdigest(s.encode()) for s in joined), dtype=np.uint64, count=len(joined)
        )
    )


def overlap(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Two sets of shingles -> the share of the shorter found in the longer, 0.0 where that makes no copy."""
    shorter, longer = sorted((len(one), len(other)))
    if not shorter:
        return 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    contained = shared / shorter
    if shared / (shorter + longer - shared) >= _MIN_JACCARD:
        return contained
    return contained if contained >= _MIN_CONTAINED and shorter >= _MIN_LENGTH_RATIO * longer else 0.0


def _digest(syllables: Sequence[str]) -> str:
    return xxhash.xxh3_128_hexdigest(" ".join(syllables).encode())


def _minhash(shingles: NDArray[np.uint64]) -> RMinHash:
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    minhash.update([f"{value:x}" for value in shingles.tolist()])
    return minhash
