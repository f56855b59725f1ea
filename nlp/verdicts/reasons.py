"""Why a verdict is proposed: places in the passage with a few Vietnamese words each. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nlp.verdicts.comparing import Difference
from nlp.verdicts.features import Comparison
from nlp.verdicts.reading import Prepared

_MOST = 4  # reasons shown
_VERBATIM = 4  # words in common from which a run is shown as a quotation
_LONGEST_QUOTE = 80  # characters of a run that are repeated in the reason
_WORDING = {
    "figure disagrees": "số khác: {ours} ≠ {theirs}",
    "number swapped": "số khác ở cùng chỗ: {ours} ≠ {theirs}",
    "year swapped": "năm khác: {ours} ≠ {theirs}",
    "opposite words": "từ trái nghĩa: {ours} ≠ {theirs}",
    "negated only here": "phủ định khác nhau: câu cần xét có “{ours}”, nguồn không có",
    "negated only there": "phủ định khác nhau: nguồn có “{theirs}”, câu cần xét không có",
    "name swapped": "tên khác ở cùng chỗ: {ours} ≠ {theirs}",
    "words swapped": "lời khác ở cùng chỗ: {ours} ≠ {theirs}",
}
_ORDER = tuple(_WORDING)
NEAREST_DIFFERS = "câu gần nhất nói khác"  # where no word or figure can be named that decided


@dataclass(frozen=True, slots=True)
class Reason:
    """Characters start:end of the passage as given, and why."""

    start: int
    end: int
    why: str


def tell_contradicted(comparison: Comparison, passage: Prepared) -> tuple[Reason, ...]:
    """What differs, at least the nearest sentence."""
    ordered = sorted(comparison.differing, key=lambda one: _ORDER.index(one.kind))
    found = tuple(dict.fromkeys(_reason(one) for one in ordered))[:_MOST]
    return found or (_nearest(comparison, passage, NEAREST_DIFFERS),)


def tell_supported(comparison: Comparison, passage: Prepared) -> tuple[Reason, ...]:
    """What agrees: figures, the longest words in common, at least the nearest sentence."""
    figures = [Reason(one.start, one.end, f"cùng số: {one.theirs}") for one in comparison.agreeing]
    runs = [tile for tile in comparison.alignment.tiles if tile.length >= _VERBATIM]
    runs = sorted(runs, key=lambda tile: (-tile.length, tile.claim))[:2]
    for tile in runs:
        first = comparison.alignment.at + tile.passage
        start, end = passage.span(first, first + tile.length - 1)
        figures.append(Reason(start, end, f"có nguyên văn: {_shorten(passage.origin.original[start:end])}"))
    found = tuple(dict.fromkeys(figures))[:_MOST]
    return found or (_nearest(comparison, passage, "câu gần nhất nói cùng ý"),)


def _reason(one: Difference) -> Reason:
    wording = _WORDING[one.kind].format(ours=_shorten(one.ours), theirs=_shorten(one.theirs))
    return Reason(one.start, one.end, wording)


def _nearest(comparison: Comparison, passage: Prepared, why: str) -> Reason:
    """The sentence of the passage that shares most words with the claim."""
    alignment = comparison.alignment
    known = set(alignment.claim_keys)
    shared = zip(alignment.window, alignment.window_keys, strict=True)
    counts = Counter(token.sentence for token, key in shared if token.content and key in known)
    sentence = max(counts, key=lambda at: (counts[at], -at), default=alignment.window[0].sentence)
    start, end = passage.sentence_span(sentence)
    return Reason(start, end, why)


def _shorten(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1].rstrip() + "…"
