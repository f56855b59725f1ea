"""Who holds a key: the newest few articles of each, in a table of fixed size; and vectors in rows.

The table neither grows nor needs cleaning: an article that has left the window is told by its number. What
it gives up is the older holders of a key that many hold, which tell of no event in particular.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp.terms import Keys, Vector

Numbers = NDArray[np.int64]
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hash


class Holders:
    """For each bucket of keys the newest `depth` articles that hold one of them."""

    def __init__(self, *, bits: int, depth: int) -> None:
        """2 ** `bits` buckets of `depth` numbers of four bytes."""
        self._shift = np.uint32(32 - bits)
        self._depth = depth
        self._table = np.zeros((1 << bits, depth), dtype=np.uint32)
        self._next = np.zeros(1 << bits, dtype=np.uint8)

    def add(self, keys: Keys, number: int) -> None:
        """Article `number` (0 or more) holds these keys."""
        buckets = self._buckets(keys)
        at = self._next[buckets]
        self._table[buckets, at] = number + 1
        self._next[buckets] = (at + 1) % self._depth

    def find(self, keys: Keys) -> NDArray[np.uint32]:
        """Keys -> a row for each: numbers of holders plus one, 0 where there is none."""
        rows: NDArray[np.uint32] = self._table[self._buckets(keys)]
        return rows

    def _buckets(self, keys: Keys) -> NDArray[np.uint32]:
        return (keys * _SPREAD) >> self._shift


class Rows:
    """Vectors by slot, each of `kept` keys at most, and the cosine of a vector with many of them at once."""

    def __init__(self, *, kept: int, keys: int) -> None:
        """`keys`: how many keys there are; key 0 fills what a short vector leaves of its row."""
        self._kept = kept
        self.keys = np.zeros((0, kept), dtype=np.uint32)
        self.weights = np.zeros((0, kept), dtype=np.float16)
        self._scratch = np.zeros(keys, dtype=np.float16)

    def resize(self, size: int, moved: tuple[Numbers, Numbers]) -> None:
        """Make room for `size` slots; rows move from the first to the second list of slots."""
        here, there = moved
        for name in ("keys", "weights"):
            old = getattr(self, name)
            new = np.zeros((size, self._kept), dtype=old.dtype)
            new[there] = old[here]
            setattr(self, name, new)

    def write(self, slot: int, vector: Vector) -> None:
        """Put a vector into a slot."""
        self.keys[slot] = 0
        self.weights[slot] = 0
        self.keys[slot, : len(vector.keys)] = vector.keys
        self.weights[slot, : len(vector.keys)] = vector.weights

    def read(self, slot: int) -> Vector:
        """The vector in a slot."""
        length = int(np.count_nonzero(self.keys[slot]))
        return Vector(self.keys[slot, :length].copy(), self.weights[slot, :length].copy())

    def lengths(self, slots: Numbers) -> NDArray[np.int64]:
        """Slots -> how many keys the vector in each has."""
        found: NDArray[np.int64] = np.count_nonzero(self.keys[slots], axis=1)
        return found

    def compare(self, vector: Vector, slots: Numbers) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """A vector and slots -> the cosine with each, and how many keys are shared."""
        scratch = self._scratch
        scratch[vector.keys] = vector.weights
        found = scratch[self.keys[slots]]
        scratch[vector.keys] = 0
        mine, theirs = found.astype(np.float32), self.weights[slots].astype(np.float32)
        cosines: NDArray[np.float32] = np.einsum("ij,ij->i", mine, theirs)
        return cosines, np.count_nonzero(found, axis=1)
