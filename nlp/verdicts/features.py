"""Named features of a claim laid over a passage: how much of it is there, where, and what differs. Pure.

No feature asks who says it, of whom, in what tone, or who published it; no name weighs more than another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log

from nlp.verdicts.alignment import Alignment, align
from nlp.verdicts.comparing import (
    Difference,
    compare_figures,
    count_denials,
    count_only,
    find_negations,
    find_opposites,
    find_swaps,
    has_correction,
)
from nlp.verdicts.coverage import measure_clauses, measure_coverage, measure_shape, share
from nlp.verdicts.reading import Prepared, is_year
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

_ELSE = 0.8  # of the other words covered, the verdict turns on the number: chosen within half A


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
        *find_negations(claim, passage, alignment),
    )
    counts = Counter(one.kind for one in differing)
    features = {kind: min(counts[kind], 2) / 2 for kind in _KINDS}
    features["figure agrees"] = float(bool(agreeing))
    features |= measure_coverage(alignment) | measure_clauses(claim, alignment) | measure_shape(alignment)
    features |= _novelty(alignment) | _nearest(alignment) | _lists(alignment)
    return Comparison(features, alignment, agreeing, differing)


def _novelty(alignment: Alignment) -> dict[str, float]:
    """Numbers, years and capitalised words of the claim that the window does not have."""
    known = {token.number for token in alignment.window if token.number}
    written = {token.folded for token in alignment.window}
    numbers = [token for token in alignment.claim if token.number]
    new_names = {token.folded for token in alignment.claim if token.capital and not token.number} - written
    new_numbers = [token for token in numbers if token.number not in known]
    return {
        "has number": float(bool(numbers)),
        "numbers there": float(bool(numbers) and not new_numbers),
        "number not there": float(any(not is_year(token) for token in new_numbers)),
        "year not there": float(any(is_year(token) for token in new_numbers)),
        "other number there": float(bool(new_numbers) and bool(known)),
        "only the number differs": float(bool(new_numbers) and bool(known) and _is_else_covered(alignment)),
        "names not there": min(len(new_names), 3) / 3,
    }


def _is_else_covered(alignment: Alignment) -> bool:
    """Whether nearly all the claim's words of content that are no numbers are in the window."""
    known = set(alignment.window_keys)
    pairs = zip(alignment.claim, alignment.claim_keys, strict=True)
    others = [key in known for token, key in pairs if token.content and not token.number]
    return share(sum(others), len(others)) >= _ELSE


def _nearest(alignment: Alignment) -> dict[str, float]:
    """The one sentence that shares most words with the claim: its size, and whether it has the numbers."""
    wanted = {key for token, key in zip(alignment.claim, alignment.claim_keys, strict=True) if token.content}
    words: Counter[int] = Counter()
    shared: dict[int, set[str]] = {}
    for token, key in zip(alignment.window, alignment.window_keys, strict=True):
        if token.content:
            words[token.sentence] += 1
            if key in wanted:
                shared.setdefault(token.sentence, set()).add(key)
    nearest = max(shared, key=lambda at: (len(shared[at]), -at), default=-1)
    there = {token.number for token in alignment.window if token.sentence == nearest}
    ours = {token.number for token in alignment.claim if token.number}
    return {
        "nearest sentence's length": log(1 + words[nearest]),
        "number not in nearest sentence": float(bool(ours - there)),
    }


def _lists(alignment: Alignment) -> dict[str, float]:
    """Words that turn a sentence: those only here or only there."""
    ours = any(token.word in NEGATIONS for token in alignment.claim)
    theirs = any(token.word in NEGATIONS for token in alignment.window)
    quantifiers, comparisons, additions = (
        count_only(name, alignment) for name in ("quantifiers", "comparisons", "additions")
    )
    denied, denied_elsewhere = count_denials(alignment)
    return {
        "quantifiers only here": min(quantifiers, 3) / 3,
        "comparisons only here": min(comparisons, 2) / 2,
        "additions only here": min(additions, 3) / 3,
        "negation only in claim": float(ours and not theirs),
        "denies what is there": float(denied > 0),
        "denies what is not there": min(denied_elsewhere, 2) / 2,
        "corrects": float(has_correction(alignment)),
        "negation in both": float(ours and theirs),
    }
