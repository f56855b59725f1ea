"""How much of a claim a passage covers, in which words, clauses and sentences, and in what shape. Pure."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from math import log

from nlp.verdicts.alignment import Alignment
from nlp.verdicts.reading import Prepared, Token
from nlp.verdicts.words import NEGATIONS

# words of content: a word too many is nothing, a clause too many is another statement
_MISSING = (3, 6, 9, 13)
_RUN = 3  # words in common that are no chance


def share(part: float, whole: float) -> float:
    """A part of a whole, 0 to 1; 0 where there is no whole."""
    return part / whole if whole else 0.0


def measure_coverage(alignment: Alignment) -> dict[str, float]:
    """How much of the claim is anywhere in the window: words, words of content, pairs; also without marks."""
    keys, window = alignment.claim_keys, alignment.window_keys
    known = set(window)
    content = [key for key, token in zip(keys, alignment.claim, strict=True) if token.content]
    folded = {token.folded for token in alignment.window}
    missing = sum(key not in known for key in content)
    return {
        "words covered": share(sum(key in known for key in keys), len(keys)),
        "content covered": share(len(content) - missing, len(content)),
        "folded covered": share(sum(token.folded in folded for token in alignment.claim), len(keys)),
        **_pairs_covered(alignment),
        "content not covered": log(1 + missing),
        "all content covered": float(bool(content) and missing == 0),
        **{f"{least} or more not covered": float(missing >= least) for least in _MISSING},
    }


def _pairs_covered(alignment: Alignment) -> dict[str, float]:
    """Pairs of neighbours that the window has too: most words of the language are two syllables."""
    keys, known = alignment.claim_keys, set(pairwise(alignment.window_keys))
    hits = [pair in known for pair in pairwise(keys)]
    stand = [one or other for one, other in zip([False, *hits], [*hits, False], strict=True)]
    content = [inside for inside, token in zip(stand, alignment.claim, strict=True) if token.content]
    return {
        "pairs covered": share(sum(hits), len(hits)),
        "content in pairs": share(sum(content), len(content)),
    }


def measure_clauses(claim: Prepared, alignment: Alignment) -> dict[str, float]:
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
    shares = [share(sum(hits), len(hits)) for hits in clauses if hits] or [0.0]
    by_sentence = [share(sum(hits), len(hits)) for hits in sentences.values()] or [0.0]
    return {
        "first clause covered": shares[0],
        "best clause covered": max(shares),
        "clauses fully covered": share(shares.count(1.0), len(shares)),
        "worst sentence covered": min(by_sentence),
        "first sentence more covered": by_sentence[0] - by_sentence[-1],
        "several sentences": float(len(sentences) > 1),
        "sentences": min(len(sentences), 4) / 4,
    }


def measure_shape(alignment: Alignment) -> dict[str, float]:
    """The common runs: how long, in which sentences; and where what is not covered stands."""
    tiles = [tile for tile in alignment.tiles if tile.length > 1]
    size = len(alignment.claim)
    places = [alignment.window[tile.passage].sentence for tile in tiles]
    jumps = sum(one != other for one, other in pairwise(places))
    head = next((at for at, covered in enumerate(alignment.covered) if covered), size)
    return {
        "near copy": _near_copy(alignment),
        "longest run": share(max((tile.length for tile in tiles), default=0), size),
        "jumps": share(jumps, len(places) - 1),
        "head uncovered": share(head, size),
        "late half uncovered": share(alignment.covered[size // 2 :].count(False), size - size // 2),
        "claim length": log(1 + size),
        **_missing_runs(alignment),
    }


def _missing_runs(alignment: Alignment) -> dict[str, float]:
    """Words of content one after the other that the window lacks: what is put in is short, what is added is
    long and stands at the end.
    """
    known = set(alignment.window_keys)
    pairs = zip(alignment.claim, alignment.claim_keys, strict=True)
    flags = [key not in known for token, key in pairs if token.content]
    runs = [len(list(run)) for missing, run in groupby(flags) if missing]
    tail = runs[-1] if runs and flags[-1] else 0
    return {
        "tail not covered": min(tail, 6) / 6,
        "only short gaps": float(bool(runs) and max(runs) <= 2),
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
    return share(max(inside.values(), default=0), sum(map(_is_plain, alignment.claim)))


def _is_plain(token: Token) -> bool:
    return token.word not in NEGATIONS and token.word != "phải"
