"""Sentences whose figures are compared: an article's claims, and plain facts that count something. Pure.

A plain sentence is not worth a person's look by itself; it is when another outlet counts otherwise.
"""

from __future__ import annotations

from functools import lru_cache

from nlp.checkability import SentenceKind, checkability
from nlp.checks.citing import claim_at
from nlp.quantities.zeros import may_hold_noughts
from nlp.sentences import split
from store.types import Claim, ReadArticle

_MOST_TEXT = 60_000  # characters of an article that are looked at
_LONGEST_HEADING = 120  # characters
_ENDS = frozenset('.!?…;:"”’)')
_LISTED = frozenset("-–—•*+")
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


def is_heading(item: ReadArticle, claim: Claim) -> bool:
    """Whether a claim is a short line of its own without a full stop among others: the title of a part, or of
    another article that is linked to here. Lines of a list begin with a dash.
    """
    if claim.field != "text" or len(claim.text) > _LONGEST_HEADING:
        return False
    text = item.article.text
    before, after = text[: claim.start].rstrip(" \t"), text[claim.end :].lstrip(" \t")
    is_line = before.endswith("\n") and (not after or after.startswith("\n"))
    return is_line and claim.text[-1] not in _ENDS and claim.text[0] not in _LISTED


def _may_count(sentence: str) -> bool:
    return any(sign.isdecimal() for sign in sentence) or may_hold_noughts(sentence)


def _is_plain_count(sentence: str, language: str) -> bool:
    if not _SHORTEST <= len(sentence) <= _LONGEST or not _may_count(sentence):
        return False
    return checkability(sentence, language=language).kind is SentenceKind.PLAIN
