"""Syllables of a text as hashes with their places, found with arrays instead of strings. Pure.

The folding is that of `nlp.text.fold`, but for characters that fold to more than one, of which the first
counts; places are characters of the text as given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.text import fold

Hashes = NDArray[np.uint64]

_NOTHING, _PARTS, _UNKNOWN = 0, 1, 0xFFFFFFFF  # dropped; parts two syllables; not looked up yet
_TABLE = np.full(0x110000, _UNKNOWN, dtype=np.uint32)  # code point -> folded code point of a syllable
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The first powers of the base and of its inverse modulo 2 ** 64."""
    inverse = pow(_BASE, -1, 1 << 64)
    up, down = np.ones(count, dtype=np.uint64), np.ones(count, dtype=np.uint64)
    np.cumprod(np.full(count - 1, _BASE, dtype=np.uint64), out=up[1:])
    np.cumprod(np.full(count - 1, inverse, dtype=np.uint64), out=down[1:])
    return up, down


MOST_CHARACTERS = 12_000  # of a text; what follows is not looked at
_UP, _DOWN = _powers(MOST_CHARACTERS + 1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's syllables in order: the hash of each, and where it stands (end exclusive)."""

    hashes: Hashes
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def find_tokens(text: str) -> Tokens:
    """Any text -> its syllables: runs of letters and digits, without case and marks."""
    codes = np.frombuffer(text[:MOST_CHARACTERS].encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = _TABLE[codes]
    if len(unknown := codes[folded == _UNKNOWN]):
        _learn(unknown)
        folded = _TABLE[codes]
    places = np.flatnonzero(folded != _NOTHING)
    folded = folded[places]
    inside = np.zeros(len(folded) + 2, dtype=np.int8)
    inside[1:-1] = folded != _PARTS
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    first, last = edges[0::2], edges[1::2]  # of the kept characters; the last one exclusive
    return Tokens(_hash(folded, first, last), places[first], places[last - 1] + 1)


def _hash(folded: NDArray[np.uint32], first: NDArray[np.int64], last: NDArray[np.int64]) -> Hashes:
    """Polynomial hashes of all syllables from one running sum; the same on every machine."""
    sums = np.zeros(len(folded) + 1, dtype=np.uint64)
    np.cumsum((folded.astype(np.uint64) + np.uint64(7)) * _UP[: len(folded)], out=sums[1:])
    hashes = (sums[last] - sums[first]) * _DOWN[first]
    hashes = (hashes ^ (hashes >> _SHIFT)) * _MIX
    mixed: Hashes = hashes ^ (hashes >> _SHIFT)
    return mixed


def _learn(unknown: NDArray[np.uint32]) -> None:
    """Look up characters met for the first time."""
    for code in np.unique(unknown).tolist():
        folded = fold(chr(code)).text
        char = folded[:1]
        _TABLE[code] = _NOTHING if not char else ord(char) if char.isalnum() else _PARTS
