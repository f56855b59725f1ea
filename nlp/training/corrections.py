"""Corrections from the desk as examples: what a person said of an article, and nothing of who said it."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.training.examples import LABEL_FORCE, Example, is_held_out
from store.articles import StoredArticle
from store.types import Correction, CorrectionKind


def examples_from(
    corrected: Iterable[tuple[StoredArticle, tuple[Correction, ...]]],
) -> list[Example]:
    """Articles with their standing corrections -> examples; topics that nobody spoke of stay unknown.

    What is held out is told by the article's address: the same articles in every training.
    """
    return [_example(stored, corrections) for stored, corrections in corrected]


def _example(stored: StoredArticle, corrections: tuple[Correction, ...]) -> Example:
    topics = {c.value: c.holds for c in corrections if c.kind is CorrectionKind.TOPIC}
    relevance = next((c.value for c in corrections if c.kind is CorrectionKind.RELEVANCE), "")
    article = stored.article
    identifier = f"desk:{article.url}"
    return Example(
        identifier, article.title, article.text, relevance, topics, LABEL_FORCE, is_held_out(identifier)
    )
