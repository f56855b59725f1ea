"""Sentences whose figures are compared: an article's claims, and plain facts that count something. Pure.

A plain sentence is not worth a person's look by itself; it is when another outlet counts otherwise.
"""

from __future__ import annotations

from functools import lru_cache

from nlp.checkability import SentenceKind, checkability
from nlp.checks.citing import claim_at
from nlp.sentences import split
from store.types import Claim, ReadArticle

_MOST_TEXT = 60_000  # characters of an article that are looked at
_SHORTEST, _LONGEST = 20, 600  # characters; what is longer is a list


@lru_cache(maxsize=512)  # a story is checked again with each article that joins it
def find_figure_claims(item: ReadArticle) -> tuple[Claim, ...]:
    """An article -> its claims and, with a score below theirs, its plain sentences that count something.

    Questions, forecasts, opinions, advice and fragments stay out, whatever figure they hold.
    """
    text = item.article.text[:_MOST_TEXT]
    read = {claim.start for claim in item.reading.claims if claim.field == "text"}
    plain = (
        claim_at(item, span)
        for span in split(text)
        if span.start not in read and _is_plain_count(text[span.start : span.end], item.reading.language.code)
    )
    counting = (claim for claim in plain if any(quantity.thing for quantity in claim.quantities))
    return tuple(sorted((*item.reading.claims, *counting), key=lambda claim: claim.start))


def _is_plain_count(sentence: str, language: str) -> bool:
    if not _SHORTEST <= len(sentence) <= _LONGEST or not any(sign.isdecimal() for sign in sentence):
        return False
    return checkability(sentence, language=language).kind is SentenceKind.PLAIN
