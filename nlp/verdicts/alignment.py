"""Lays a claim over the part of a passage that speaks of the same: common runs of words, and gaps between.

Greedy tiling, the longest runs first (Wise 1993, running Karp-Rabin matching), on a few hundred words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.verdicts.reading import Prepared, Token

MAX_CLAIM = 300  # words of a claim that are looked at
WINDOW = 320  # words of a passage that are looked at: where most of the claim's words stand


@dataclass(frozen=True, slots=True)
class Tile:
    """`length` words in common, from word `claim` of the claim and word `passage` of the passage's window."""

    claim: int
    passage: int
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Words of the claim between two tiles and the passage's words in the same place; either may be empty."""

    claim: tuple[Token, ...]
    passage: tuple[Token, ...]
    first: int  # the passage's word in the window where the gap begins


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim over a passage's window. `at` is the window's first word in the passage."""

    claim: tuple[Token, ...]
    window: tuple[Token, ...]
    claim_keys: tuple[str, ...]
    window_keys: tuple[str, ...]
    at: int
    tiles: tuple[Tile, ...]  # in the order of the claim
    gaps: tuple[Gap, ...]  # between tiles that follow each other closely in the passage too
    covered: tuple[bool, ...]  # for each word of the claim, whether a tile covers it


def align(claim: Prepared, passage: Prepared) -> Alignment:
    """Two prepared texts -> their alignment; compared with marks where both have them, else without."""
    exact = claim.accented == passage.accented
    words = claim.tokens[:MAX_CLAIM]
    keys = _keys(words, exact=exact)
    at, window = _focus(words, keys, passage, exact=exact)
    window_keys = _keys(window, exact=exact)
    tiles = _tile(keys, window_keys)
    covered = [False] * len(words)
    for tile in tiles:
        covered[tile.claim : tile.claim + tile.length] = [True] * tile.length
    return Alignment(words, window, keys, window_keys, at, tiles, _gaps(words, window, tiles), tuple(covered))


def _keys(tokens: Sequence[Token], *, exact: bool) -> tuple[str, ...]:
    return tuple(token.number or (token.word if exact else token.folded) for token in tokens)


def _focus(
    claim: Sequence[Token], keys: Sequence[str], passage: Prepared, *, exact: bool
) -> tuple[int, tuple[Token, ...]]:
    """The stretch of the passage where most of the claim's rarer words stand together."""
    tokens = passage.tokens
    if len(tokens) <= WINDOW:
        return 0, tokens
    wanted = {key for token, key in zip(claim, keys, strict=True) if token.content}
    all_keys = _keys(tokens, exact=exact)
    counts = Counter(key for key in all_keys if key in wanted)
    weights = [1 / counts[key] if key in wanted else 0.0 for key in all_keys]
    start = _densest(weights)
    return start, tokens[start : start + WINDOW]


def _densest(weights: Sequence[float]) -> int:
    """Where the window of most weight begins; the middle of all places that are as good as the first."""
    total = best = sum(weights[:WINDOW])
    first = last = 0
    for at in range(1, len(weights) - WINDOW + 1):
        total += weights[at + WINDOW - 1] - weights[at - 1]
        if total > best + 1e-9:
            best, first, last = total, at, at
        elif last == at - 1 and abs(total - best) <= 1e-9:
            last = at
    return (first + last) // 2


def _tile(claim: Sequence[str], window: Sequence[str]) -> tuple[Tile, ...]:
    """Common runs, the longest first, none covering a claim's word twice."""
    places: dict[str, list[int]] = {}
    for position, key in enumerate(window):
        places.setdefault(key, []).append(position)
    taken = [False] * len(claim)
    tiles: list[Tile] = []
    for length, start, position in sorted(_runs(claim, places), key=lambda run: (-run[0], run[1], run[2])):
        free = [i for i in range(start, start + length) if not taken[i]]
        if not free or free[-1] - free[0] + 1 != len(free):
            continue
        tiles.append(Tile(free[0], position + free[0] - start, len(free)))
        for i in free:
            taken[i] = True
    return tuple(sorted(tiles, key=lambda tile: tile.claim))


def _runs(claim: Sequence[str], places: dict[str, list[int]]) -> list[tuple[int, int, int]]:
    """Maximal common runs as (length, start in claim, start in window); time grows with equal pairs."""
    runs: list[tuple[int, int, int]] = []
    before: dict[int, int] = {}
    for i, key in enumerate(claim):
        now = {j: before.get(j - 1, 0) + 1 for j in places.get(key, ())}
        runs.extend((length, i - length, j - length + 1) for j, length in before.items() if j + 1 not in now)
        before = now
    runs.extend((length, len(claim) - length, j - length + 1) for j, length in before.items())
    return runs


def _gaps(claim: Sequence[Token], window: Sequence[Token], tiles: Sequence[Tile]) -> tuple[Gap, ...]:
    """What differs between two tiles that follow each other in both texts at most a dozen words apart.

    A single word in common may stand anywhere in the passage: gaps are also read with longer runs only.
    """
    firm = [tile for tile in tiles if tile.length > 1 or claim[tile.claim].content]
    long = [tile for tile in tiles if tile.length > 1]
    found: dict[tuple[int, int], Gap] = {}
    for one, other in (*pairwise(firm), *pairwise(long)):
        end, passage_end = one.claim + one.length, one.passage + one.length
        if 0 <= other.passage - passage_end <= 12 and (other.claim > end or other.passage > passage_end):
            inner = tuple(claim[end : other.claim])
            gap = Gap(inner, tuple(window[passage_end : other.passage]), passage_end)
            found.setdefault((end, passage_end), gap)
    return tuple(found.values())
