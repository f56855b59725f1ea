"""Named features of a claim laid over a passage: how much of it is there, where, and what differs. Pure.

No feature asks who says it, of whom, in what tone, or who published it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from nlp.verdicts.alignment import Alignment, align
from nlp.verdicts.comparing import (
    Difference,
    compare_figures,
    count_only,
    find_negations,
    find_opposites,
    find_swaps,
)
from nlp.verdicts.reading import Prepared, Token, is_year
from nlp.verdicts.words import NEGATIONS

_KINDS = (
    "figure disagrees",
    "number swapped",
    "year swapped",
    "name swapped",
    "opposite words",
    "negated only here",
    "negated only there",
)


_MISSING = (
    3,
    6,
    9,
    13,
)  # words of content: a word too many is nothing, a clause too many is another statement
_RUN = 3  # words in common that are no chance


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim and a passage compared: the features, and what the reasons are told from."""

    features: dict[str, float]
    alignment: Alignment
    agreeing: tuple[Difference, ...]
    differing: tuple[Difference, ...]


def compare(claim: Prepared, passage: Prepared) -> Comparison:
    """Two prepared texts, each with at least one word -> their features by name and the differences found."""
    alignment = align(claim, passage)
    agreeing, clashing = compare_figures(claim, passage, alignment)
    differing = (
        *clashing,
        *find_swaps(passage, alignment),
        *find_opposites(passage, alignment),
        *find_negations(passage, alignment),
    )
    counts = Counter(one.kind for one in differing)
    features = {kind: min(counts[kind], 2) / 2 for kind in _KINDS}
    features["figure agrees"] = float(bool(agreeing))
    features |= _coverage(alignment) | _clauses(claim, alignment) | _shape(alignment)
    features |= _novelty(alignment) | _lists(alignment)
    return Comparison(features, alignment, agreeing, differing)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _coverage(alignment: Alignment) -> dict[str, float]:
    """How much of the claim is anywhere in the window: words, words of content, pairs; also without marks."""
    keys, window = alignment.claim_keys, alignment.window_keys
    known = set(window)
    content = [key for key, token in zip(keys, alignment.claim, strict=True) if token.content]
    folded = {token.folded for token in alignment.window}
    missing = sum(key not in known for key in content)
    return {
        "words covered": _share(sum(key in known for key in keys), len(keys)),
        "content covered": _share(len(content) - missing, len(content)),
        "folded covered": _share(sum(token.folded in folded for token in alignment.claim), len(keys)),
        "pairs covered": _pairs_covered(keys, window),
        "content not covered": log(1 + missing),
        "all content covered": float(bool(content) and missing == 0),
        **{f"{least} or more not covered": float(missing >= least) for least in _MISSING},
    }


def _pairs_covered(keys: Sequence[str], window: Sequence[str]) -> float:
    known = set(pairwise(window))
    return _share(sum(pair in known for pair in pairwise(keys)), len(keys) - 1)


def _clauses(claim: Prepared, alignment: Alignment) -> dict[str, float]:
    """How well each of the claim's clauses and sentences is covered."""
    clauses: list[list[bool]] = [[]]
    sentences: dict[int, list[bool]] = {}
    known = set(alignment.window_keys)
    last = 0
    for token, key in zip(alignment.claim, alignment.claim_keys, strict=True):
        if any(sign in ",;.:()" for sign in claim.blanked[last : token.start]):
            clauses.append([])
        last = token.end
        if token.content:
            clauses[-1].append(key in known)
            sentences.setdefault(token.sentence, []).append(key in known)
    shares = [_share(sum(hits), len(hits)) for hits in clauses if hits] or [0.0]
    return {
        "first clause covered": shares[0],
        "best clause covered": max(shares),
        "worst clause covered": min(shares),
        "clauses fully covered": _share(shares.count(1.0), len(shares)),
        "worst sentence covered": min(
            (_share(sum(hits), len(hits)) for hits in sentences.values()), default=0.0
        ),
        "several sentences": float(len(sentences) > 1),
        "sentences": min(len(sentences), 4) / 4,
    }


def _shape(alignment: Alignment) -> dict[str, float]:
    """The common runs: how long, in which sentences; and where what is not covered stands."""
    tiles = [tile for tile in alignment.tiles if tile.length > 1]
    size = len(alignment.claim)
    places = [alignment.window[tile.passage].sentence for tile in tiles]
    jumps = sum(one != other for one, other in pairwise(places))
    head = next((at for at, covered in enumerate(alignment.covered) if covered), size)
    return {
        "near copy": _near_copy(alignment),
        "longest run": _share(max((tile.length for tile in tiles), default=0), size),
        "jumps": _share(jumps, len(places) - 1),
        "head uncovered": _share(head, size),
        "late half uncovered": _share(alignment.covered[size // 2 :].count(False), size - size // 2),
        "claim length": log(1 + size),
    }


def _near_copy(alignment: Alignment) -> float:
    """The share of the claim that stands in runs of three words and more in ONE sentence of the passage.

    Negations count as not written, so that a sentence and its denial are near copies.
    """
    inside: Counter[int] = Counter()
    for tile in alignment.tiles:
        if tile.length >= _RUN:
            own = alignment.claim[tile.claim : tile.claim + tile.length]
            inside[alignment.window[tile.passage].sentence] += sum(map(_is_plain, own))
    return _share(max(inside.values(), default=0), sum(map(_is_plain, alignment.claim)))


def _is_plain(token: Token) -> bool:
    return token.word not in NEGATIONS and token.word != "phải"


def _novelty(alignment: Alignment) -> dict[str, float]:
    """Numbers, years and capitalised words of the claim that the window does not have."""
    known = {token.number for token in alignment.window if token.number}
    written = {token.folded for token in alignment.window}
    numbers = [token for token in alignment.claim if token.number]
    names = [token for token in alignment.claim if token.capital and not token.number]
    new_numbers = [token for token in numbers if token.number not in known]
    new_names = sum(token.folded not in written for token in names)
    return {
        "has number": float(bool(numbers)),
        "numbers there": float(bool(numbers) and not new_numbers),
        "number not there": float(any(not is_year(token) for token in new_numbers)),
        "year not there": float(any(is_year(token) for token in new_numbers)),
        "other number there": float(bool(new_numbers) and bool(known)),
        "name not there": float(new_names > 0),
        "names there": _share(len(names) - new_names, len(names)),
    }


def _lists(alignment: Alignment) -> dict[str, float]:
    """Words that turn a sentence: those only here or only there."""
    ours = any(token.word in NEGATIONS for token in alignment.claim)
    theirs = any(token.word in NEGATIONS for token in alignment.window)
    quantifiers, modals, additions = (
        count_only(name, alignment) for name in ("quantifiers", "modals", "additions")
    )
    return {
        "quantifiers only here": min(quantifiers[0], 3) / 3,
        "modals only there": min(modals[1], 3) / 3,
        "additions only here": min(additions[0], 3) / 3,
        "negation only in claim": float(ours and not theirs),
        "negation in both": float(ours and theirs),
    }
