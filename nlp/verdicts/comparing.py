"""What a claim and the passage under it say differently: figures, years, names, negations. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.quantities import are_comparable, do_disagree
from nlp.verdicts.alignment import Alignment, Gap, Tile
from nlp.verdicts.reading import Prepared, Token, is_year
from nlp.verdicts.words import (
    ADDITIONS,
    COMPARISONS,
    CORRECTIONS,
    NEGATIONS,
    OPPOSITES,
    QUANTIFIERS,
    Phrase,
)
from store.types import Quantity

_COUNTED = frozenset({"person", "household", "house", "vehicle", "case", "item"})
_SWAPPED = 8  # words that can stand in the place of others; more is another statement


@dataclass(frozen=True, slots=True)
class Difference:
    """One point: `kind` is a feature's name, `ours` and `theirs` the words, start:end in the passage."""

    kind: str
    ours: str
    theirs: str
    start: int
    end: int


def compare_figures(
    claim: Prepared, passage: Prepared, alignment: Alignment
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Quantities of the same thing and unit: those that agree, and those that cannot both be true."""
    ours = claim.own_quantities
    if not ours or not alignment.window:
        return (), ()
    theirs = passage.quantities(alignment.window[0].start, alignment.window[-1].end)
    agreeing, disagreeing = [], []
    for one in ours:
        partners = [other for other in theirs if are_comparable(one, other)]
        clashing = [other for other in partners if do_disagree(one, other)]
        if not partners:
            continue
        same = _find_same(one, theirs)
        if same:
            agreeing.append(_figure("figure agrees", one, same))
        elif clashing and len(clashing) == len(partners):
            disagreeing.append(_figure("figure disagrees", one, clashing[0]))
        else:
            agreeing.append(_figure("figure agrees", one, next(o for o in partners if o not in clashing)))
    return tuple(agreeing), tuple(disagreeing)


def _find_same(one: Quantity, theirs: Sequence[Quantity]) -> Quantity | None:
    """The same share or amount, told of a thing in other words; heads are counted and must match in thing."""
    if one.unit in _COUNTED:
        return None
    wanted = (one.low, one.high, one.unit)
    return next((other for other in theirs if (other.low, other.high, other.unit) == wanted), None)


def _figure(kind: str, one: Quantity, other: Quantity) -> Difference:
    return Difference(kind, one.text.strip(), other.text.strip(), other.start, other.end)


def find_swaps(passage: Prepared, alignment: Alignment) -> tuple[Difference, ...]:
    """Gaps where the claim puts another number, year, name or opposite in the place of the passage's."""
    found = []
    for gap in alignment.gaps:
        if gap.claim and gap.passage and len(gap.claim) <= _SWAPPED:
            kind = _kind_of_swap(gap)
            found.append(_difference(kind, gap, passage, alignment.at))
    return tuple(found)


def _kind_of_swap(gap: Gap) -> str:
    ours, theirs = {t.number for t in gap.claim} - {""}, {t.number for t in gap.passage} - {""}
    if ours and theirs and not ours & theirs:
        return (
            "year swapped"
            if any(map(is_year, gap.claim)) and any(map(is_year, gap.passage))
            else "number swapped"
        )
    names, others = {t.folded for t in gap.claim if t.capital}, {t.folded for t in gap.passage if t.capital}
    if names and others and not names & others:
        return "name swapped"
    return "words swapped"


def _difference(kind: str, gap: Gap, passage: Prepared, at: int) -> Difference:
    start, end = passage.span(at + gap.first, at + gap.first + len(gap.passage) - 1)
    theirs = passage.origin.original[start:end]
    return Difference(kind, " ".join(token.word for token in gap.claim), theirs, start, end)


def find_opposites(passage: Prepared, alignment: Alignment) -> tuple[Difference, ...]:
    """Phrases of the claim whose opposite stands in the passage.

    In the same place of a common sentence; or anywhere, if the phrase is not in the passage and the opposite
    not in the claim.
    """
    found = [one for gap in alignment.gaps for one in _opposites_in(gap, passage, alignment.at)]
    ours, theirs = _phrases(alignment.claim), _phrases(alignment.window)
    for phrase, places in ours.items():
        if phrase in theirs or all(alignment.covered[at] for at in places):
            continue
        for other in sorted(OPPOSITES[phrase]):
            if other in theirs and other not in ours:
                first = alignment.at + theirs[other][0]
                found.append(_opposite(phrase, other, passage, first))
    return tuple(dict.fromkeys(found))


def _opposites_in(gap: Gap, passage: Prepared, at: int) -> list[Difference]:
    if not gap.passage or not 0 < len(gap.claim) <= _SWAPPED:
        return []
    theirs = _phrases(gap.passage)
    return [
        _opposite(phrase, other, passage, at + gap.first + theirs[other][0])
        for phrase in _phrases(gap.claim)
        for other in sorted(OPPOSITES[phrase])
        if other in theirs
    ]


def _opposite(phrase: Phrase, other: Phrase, passage: Prepared, first: int) -> Difference:
    start, end = passage.span(first, first + len(other) - 1)
    return Difference("opposite words", " ".join(phrase), " ".join(other), start, end)


def _phrases(tokens: tuple[Token, ...]) -> dict[Phrase, list[int]]:
    """The phrases of the table in the words, each with where it begins."""
    found: dict[Phrase, list[int]] = {}
    for at, phrase in _listed(tokens, _OPPOSITES):
        found.setdefault(phrase, []).append(at)
    return found


def find_negations(claim: Prepared, passage: Prepared, alignment: Alignment) -> tuple[Difference, ...]:
    """A negation before common words in one of the two texts and not in the other.

    ", không phải …" at the end of a clause sets something else aside: it turns the sentence round only where
    all it denies is in the passage.
    """
    found = []
    for tile in alignment.tiles:
        if tile.length < 2 and not alignment.claim[tile.claim].content:
            continue
        ours = _negation_before(alignment.claim, tile.claim)
        if ours >= 0 and _sets_aside(claim, alignment, ours, tile):
            continue
        theirs = _negation_before(alignment.window, tile.passage)
        if (ours < 0) != (theirs < 0):
            first = alignment.at + (tile.passage if theirs < 0 else theirs)
            start, end = passage.span(first, alignment.at + tile.passage + tile.length - 1)
            here = alignment.claim[ours].word if ours >= 0 else ""
            there = alignment.window[theirs].word if theirs >= 0 else ""
            kind = "negated only here" if here else "negated only there"
            found.append(Difference(kind, here, there, start, end))
    return tuple(found)


def _sets_aside(claim: Prepared, alignment: Alignment, at: int, tile: Tile) -> bool:
    tokens, end = alignment.claim, tile.claim + tile.length
    opened = at > 0 and "," in claim.blanked[tokens[at - 1].end : tokens[at].start]
    if not opened or tokens[at + 1].word != "phải":
        return False
    goes_on = end < len(tokens) and tokens[end].sentence == tokens[at].sentence
    return goes_on and not set(",;:") & set(claim.blanked[tokens[end - 1].end : tokens[end].start])


def _negation_before(tokens: Sequence[Token], at: int) -> int:
    """Where a negation stands one or two words before a word of the same sentence; -1 if none does."""
    near = range(max(0, at - 2), at)
    sentence = tokens[at].sentence
    return next((i for i in near if tokens[i].word in NEGATIONS and tokens[i].sentence == sentence), -1)


def count_only(listed: str, alignment: Alignment) -> int:
    """How many phrases of a list (quantifiers, comparisons, additions) only the claim has."""
    phrases = _LISTS[listed]
    ours = {phrase for _, phrase in _listed(alignment.claim, phrases)}
    return len(ours - {phrase for _, phrase in _listed(alignment.window, phrases)}) if ours else 0


def count_denials(alignment: Alignment) -> tuple[int, int]:
    """How many of the claim's negations deny words that the passage has, and how many deny other words.

    What is denied: the words of content among the seven after the negation, at most three; there if a pair of
    neighbours among the first three is in the passage, not there if fewer than two in three are.
    """
    denials = [at for at, token in enumerate(alignment.claim) if token.word in NEGATIONS]
    if not denials:
        return 0, 0
    known, pairs = set(alignment.window_keys), set(pairwise(alignment.window_keys))
    keys = alignment.claim_keys
    there = sum(any(pair in pairs for pair in pairwise(keys[at + 1 : at + 4])) for at in denials)
    named = [_denied(alignment, at) for at in denials]
    elsewhere = sum(
        bool(words) and sum(key in known for key in words) * 3 < len(words) * 2 for words in named
    )
    return there, elsewhere


def _denied(alignment: Alignment, at: int) -> list[str]:
    own = alignment.claim[at].sentence
    after = range(at + 1, min(at + 8, len(alignment.claim)))
    tokens = [(alignment.claim[i], alignment.claim_keys[i]) for i in after]
    return [key for token, key in tokens if token.content and token.sentence == own][:3]


def has_correction(alignment: Alignment) -> bool:
    """Whether the claim says "not this", as one who corrects somebody does."""
    return bool(_listed(alignment.claim, _LISTS["corrections"]))


def _by_first(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(those) for first, those in table.items()}


def _listed(tokens: Sequence[Token], table: dict[str, tuple[Phrase, ...]]) -> list[tuple[int, Phrase]]:
    """Where phrases of a table begin in the words."""
    words = [token.word for token in tokens]
    if table.keys().isdisjoint(words):
        return []
    return [
        (at, phrase)
        for at, word in enumerate(words)
        if word in table
        for phrase in table[word]
        if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase
    ]


_OPPOSITES = _by_first(OPPOSITES)
_LISTS = {
    "quantifiers": _by_first(QUANTIFIERS),
    "comparisons": _by_first(COMPARISONS),
    "corrections": _by_first(CORRECTIONS),
    "additions": _by_first(ADDITIONS),
}
