"""Exact sentences of an article as claims and as evidence. Pure."""

from __future__ import annotations

from dataclasses import replace

from nlp.claim_model import load_model
from nlp.claims import weigh
from nlp.quantities import find_quantities
from nlp.sentences import Span, split
from store.types import Claim, Evidence, ReadArticle, Stance

_LEAD = 3_000  # characters in which the first sentence is looked for


def claim_from_title(item: ReadArticle) -> Claim | None:
    """An article -> its headline as an exact claim (`field` is "title"); None where it has none."""
    title = item.article.title
    stripped = title.strip()
    if not stripped:
        return None
    start = title.index(stripped)
    language = _language_of(item)
    quantities = tuple(
        q
        for q in find_quantities(title, language=language)
        if start <= q.start and q.end <= start + len(stripped)
    )
    has_place = any(place.field == "title" for place in item.reading.places)
    claim = weigh(stripped, start, quantities=quantities, has_place=has_place, model=load_model(language))
    return replace(claim, field="title")


def claim_at(item: ReadArticle, span: Span) -> Claim:
    """A sentence of an article's text -> the claim that was read there, or one made of it."""
    for claim in item.reading.claims:
        if claim.field == "text" and (claim.start, claim.end) == (span.start, span.end):
            return claim
    sentence = item.article.text[span.start : span.end]
    language = _language_of(item)
    quantities = tuple(
        replace(q, start=q.start + span.start, end=q.end + span.start)
        for q in find_quantities(sentence, language=language)
    )
    places = item.reading.places
    has_place = any(p.field == "text" and span.start <= p.start < span.end for p in places)
    return weigh(sentence, span.start, quantities=quantities, has_place=has_place, model=load_model(language))


def find_first_sentence(text: str) -> Span | None:
    """The first sentence of a text; None where there is none."""
    return next(iter(split(text[:_LEAD])), None)


def cite(item: ReadArticle, start: int, end: int, *, stance: Stance, why: str) -> Evidence:
    """Characters start:end of an article's text -> evidence that quotes them."""
    article = item.article
    return Evidence(
        text=article.text[start:end],
        start=start,
        end=end,
        document=article.url,
        document_title=article.title,
        publisher=article.outlet_name,
        published=article.published.at if article.published else None,
        stance=stance,
        why=why,
        article=item.number,
        version=item.version,
    )


def _language_of(item: ReadArticle) -> str:
    return "en" if item.reading.language.code.startswith("en") else "vi"
