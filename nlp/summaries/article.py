"""Article -> the two sentences of its text that stand for it. Pure; None is ever made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.summaries.candidates import Candidate, count_words, find_candidates
from nlp.summaries.choosing import WEIGHTS, Traits, Weights, choose, score
from nlp.summaries.wording import find_terms, weigh
from store.types import MentionKind, PlaceMention

SUMMARY_VERSION = "select-2"
_FIGURE = re.compile(r"\d")
_TELLING = {MentionKind.EVENT_PLACE, MentionKind.MENTION}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of an article, exactly: `text` is its text[start:end]."""

    text: str
    start: int
    end: int
    rank: int = 0  # 0: the best of those chosen


def summarise(
    title: str,
    text: str,
    *,
    outlet: str = "",
    places: Sequence[PlaceMention] = (),
    count: int = 2,
    weights: Weights = WEIGHTS,
) -> tuple[Excerpt, ...]:
    """Title and text -> at most `count` sentences of the text, in its order; () where none can be quoted.

    `outlet`: its name as readers know it, so that it weighs nothing where the text says it. `places`: what
    reading found in the text. Never raises; the time is bounded by the first 40,000 characters.
    """
    found = find_candidates(text)
    if not found:
        return ()
    traits = find_traits(text, found, places)
    unsaid = (outlet,)
    rows = [find_terms(text[c.start : c.end], unsaid=unsaid) for c in found]
    vectors, (head,) = weigh(rows, [find_terms(title, unsaid=unsaid)])
    scores = score(traits, vectors, np.repeat(head, len(rows), axis=0), weights)
    chosen = choose(scores, traits, vectors, count=count, weights=weights)
    return tuple(make_excerpt(text, found[n], chosen.index(n)) for n in sorted(chosen))


def find_traits(text: str, found: Sequence[Candidate], places: Sequence[PlaceMention]) -> list[Traits]:
    """Sentences and the places reading found -> what counts besides words."""
    telling = [p for p in places if p.field == "text" and p.kind in _TELLING]
    return [
        Traits(
            order=each.order,
            fitness=each.fitness,
            names_place=any(each.start <= p.start < each.end for p in telling),
            has_figure=_FIGURE.search(text, each.start, each.end) is not None,
            words=count_words(text[each.start : each.end]),
        )
        for each in found
    ]


def make_excerpt(text: str, found: Candidate, rank: int = 0) -> Excerpt:
    """A candidate -> its exact words."""
    return Excerpt(text[found.start : found.end], found.start, found.end, rank)
