"""What is shown under a headline: the article's own lead, or chosen sentences where that is poor. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.summaries.article import Excerpt, make_excerpt, summarise
from nlp.summaries.candidates import Fitness, count_words, find_candidates
from nlp.text import fold
from store.types import Article, Reading

_WORD = re.compile(r"\w+")
_FEWEST = 8  # words of a lead that says something


@dataclass(frozen=True, slots=True)
class Standing:
    """Exact words of an article: `field` is lead or text, the excerpts are of that field, in its order."""

    field: str
    excerpts: tuple[Excerpt, ...]


def find_standing(article: Article, reading: Reading | None = None) -> Standing:
    """An article, and what was read in this version of it -> the words that stand for it, where any can.

    A lead is poor when it says no more than the headline, is cut off, asks, advertises, or is no sentence.
    """
    own = lead_excerpts(article.title, article.lead)
    if own:
        return Standing("lead", own)
    chosen = summarise(
        article.title, article.text, outlet=article.outlet_name, places=reading.places if reading else ()
    )
    return Standing("text", chosen)


def lead_excerpts(title: str, lead: str) -> tuple[Excerpt, ...]:
    """The first two sentences of a good lead, exactly; () of a missing or poor one."""
    found = find_candidates(lead)
    if not found or found[0].order > 0 or found[0].fitness is not Fitness.GOOD:
        return ()
    first = lead[found[0].start : found[0].end]
    said, heading = (_WORD.findall(fold(each).text) for each in (first, title))
    if count_words(first) < _FEWEST or set(said) <= set(heading):
        return ()
    following = found[1:2] if len(found) > 1 and found[1].order == 1 else ()
    return tuple(make_excerpt(lead, each, rank) for rank, each in enumerate((found[0], *following)))
