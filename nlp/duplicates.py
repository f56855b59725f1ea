"""Near-copies: the same words under another address, with a tag added or a few words changed.

Of each original only a sketch is kept: the smallest hashes of its shingles (Broder 1997), a fair sample of
them. Only originals are kept, so ten thousand copies of one text cost ten thousand look-ups.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import xxhash

from nlp.holders import Holders
from nlp.terms import Keys
from nlp.tokens import Hashes

SHINGLE = 3  # syllables
SKETCH = 128  # hashes kept of a text: a share is then known to 0.04
_ASKED = 16  # the smallest of them, by which others are found: 0.6 ** 16 is missed of a text cut to 40 %
_COMPARED = 12  # originals compared by sketch
_MIN_JACCARD = 0.5
_MIN_CONTAINED = 0.8  # of the shorter text's shingles, where the longer one is at most 2.5 times as long
_MIN_LENGTH_RATIO = 0.4
_MIN_SHINGLES = 12  # a shorter text is a copy only if it is the same text
_FIRST_ROOM = 1024  # prints; a power of two, so that a slot is a number's last bits
_MAX_SYLLABLES = 1500  # beyond it the rest of a text is not looked at
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_AGAIN = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Copied:
    """What an item copies and how much of it: `share` is the part of the shorter text found in the other."""

    of: str
    share: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Print:
    """What two texts are compared by."""

    digest: int  # 0 for a text without words
    sketch: Keys  # the smallest shingle hashes, ascending
    size: int  # distinct shingles in all


EMPTY = Print(0, np.zeros(0, dtype=np.uint32), 0)


def make_print(hashes: Hashes) -> Print:
    """Hashes of a text's syllables, in order -> its print."""
    hashes = hashes[:_MAX_SYLLABLES]
    shingles = _distinct(_shingle(hashes))
    digest = xxhash.xxh3_64_intdigest(hashes.tobytes()) if len(hashes) else 0
    return Print(digest, shingles[:SKETCH].copy(), len(shingles))


class CopyFinder:
    """Remembers originals and says what a new text copies."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._digests: dict[int, str] = {}
        self._holders = Holders(bits=19, depth=8)
        self._prints = _Prints()

    def find(self, text: Print) -> Copied | None:
        """A text's print -> what it copies of the originals kept, or None. An empty text copies nothing."""
        same = self._digests.get(text.digest) if text.digest else None
        if same is not None:
            return Copied(same, 1.0, exact=True)
        if text.size < _MIN_SHINGLES:
            return None
        best: tuple[float, int] | None = None
        for number in self._near(text):
            share = overlap(text, self._prints.read(number))
            if share and (best is None or (share, -number) > (best[0], -best[1])):
                best = (share, number)
        return Copied(self._ids[best[1]], round(best[0], 3), exact=False) if best else None

    def _near(self, text: Print) -> list[int]:
        """Numbers of the originals that share most of the smallest hashes."""
        rows = self._holders.find(text.sketch[:_ASKED])
        counted = Counter(n - 1 for n in rows[rows > 0].tolist() if n - 1 in self._ids)
        least = 2 if text.size >= _ASKED else 1  # one alone is a phrase of every day
        likely = [pair for pair in counted.items() if pair[1] >= least]
        ordered = sorted(likely, key=lambda pair: (-pair[1], pair[0]))
        return [number for number, _ in ordered[:_COMPARED]]

    def keep(self, id_: str, text: Print) -> None:
        """Remember an original under its id."""
        if not text.digest or id_ in self._numbers:
            return
        number = self._prints.add(text)
        if text.size >= _MIN_SHINGLES:
            self._holders.add(text.sketch[:_ASKED], number)
        self._numbers[id_] = number
        self._ids[number] = id_
        self._digests.setdefault(text.digest, id_)

    def print_of(self, id_: str) -> Print:
        """The print an original was kept with; that of an empty text where it has no words."""
        number = self._numbers.get(id_)
        return EMPTY if number is None else self._prints.read(number)

    def rename(self, id_: str, new: str) -> None:
        """Let an earlier publisher of the same text stand for an original."""
        if id_ in self._numbers:
            number = self._numbers[new] = self._numbers.pop(id_)
            self._ids[number] = new
            digest = self._prints.read(number).digest
            if self._digests.get(digest) == id_:
                self._digests[digest] = new

    def forget(self, id_: str) -> None:
        """Drop an original that has left the window."""
        if id_ not in self._numbers:
            return
        number = self._numbers.pop(id_)
        del self._ids[number]
        digest = self._prints.read(number).digest
        if self._digests.get(digest) == id_:
            del self._digests[digest]
        self._prints.drop(number)


class _Prints:
    """Prints by number, in order of arrival, in arrays: a fourth of the memory they would take as objects."""

    def __init__(self) -> None:
        self._sketches = np.zeros((_FIRST_ROOM, SKETCH), dtype=np.uint32)
        self._sizes = np.zeros(_FIRST_ROOM, dtype=np.uint32)
        self._digests = np.zeros(_FIRST_ROOM, dtype=np.uint64)  # 0: dropped
        self._first = self._end = 0

    def add(self, text: Print) -> int:
        """Keep a print, which is not that of an empty text -> its number."""
        if self._end - self._first == len(self._sizes):
            self._grow()
        number, self._end = self._end, self._end + 1
        slot = number & (len(self._sizes) - 1)
        self._sketches[slot, : len(text.sketch)] = text.sketch
        self._sizes[slot], self._digests[slot] = text.size, text.digest
        return number

    def read(self, number: int) -> Print:
        """The print with a number that was not dropped."""
        slot = number & (len(self._sizes) - 1)
        size = int(self._sizes[slot])
        return Print(int(self._digests[slot]), self._sketches[slot, : min(size, SKETCH)].copy(), size)

    def drop(self, number: int) -> None:
        """Make room: what leaves the window leaves in the order it came, nearly always."""
        last = len(self._sizes) - 1
        self._digests[number & last] = 0
        while self._first < self._end and not self._digests[self._first & last]:
            self._first += 1

    def _grow(self) -> None:
        old, new = len(self._sizes), 2 * len(self._sizes)
        numbers = np.arange(self._first, self._end)
        for name in ("_sketches", "_sizes", "_digests"):
            before = getattr(self, name)
            after = np.zeros((new, *before.shape[1:]), dtype=before.dtype)
            after[numbers & (new - 1)] = before[numbers & (old - 1)]
            setattr(self, name, after)


def overlap(one: Print, other: Print) -> float:
    """Two prints -> the share of the shorter text found in the longer, 0.0 where that makes no copy."""
    shorter, longer = sorted((one.size, other.size))
    if not shorter:
        return 0.0
    both = np.sort(np.concatenate((one.sketch, other.sketch)))
    union = _distinct(both)
    union = union[:SKETCH] if longer > SKETCH else union  # beyond that rank the union is not known whole
    shared = both[1:][both[1:] == both[:-1]]
    alike = np.count_nonzero(shared <= union[-1]) / len(union)
    contained = min(1.0, alike / (1 + alike) * (shorter + longer) / shorter)
    if alike >= _MIN_JACCARD:
        return contained
    return contained if contained >= _MIN_CONTAINED and shorter >= _MIN_LENGTH_RATIO * longer else 0.0


def _distinct(keys: Keys) -> Keys:
    ordered = np.sort(keys)
    distinct: Keys = ordered[np.concatenate((ordered[:1] >= 0, ordered[1:] != ordered[:-1]))]
    return distinct


def _shingle(hashes: Hashes) -> Keys:
    """Syllables -> the hash of every three in a row; the same on every machine."""
    mixed = (hashes[:-2] * _MIX + hashes[1:-1]) * _MIX_AGAIN if len(hashes) >= SHINGLE else hashes[:0]
    mixed = (mixed + hashes[2:][: len(mixed)]) * _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)
