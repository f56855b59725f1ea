"""Passages of the evidence library for each of a story's claims."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from nlp.checks.case import Held
from store.library.figures import figures_of
from store.library.index import find_size
from store.library.search import Hit, find_like
from store.types import Story

MOST = 8  # passages for a claim, also of documents no longer to go by: the checks tell them apart


def find_passages(session: Session, story: Story) -> dict[str, tuple[Held, ...]]:
    """By Claim.key the passages that speak of it; a sentence in several articles is looked up once."""
    if not find_size(session)[0]:
        return {}
    claims = {claim.key: claim for member in story.members for claim in member.item.reading.claims}
    found = {key: find_like(session, claim.text, limit=MOST) for key, claim in claims.items()}
    return hold(session, found)


def hold(session: Session, found: dict[str, tuple[Hit, ...]]) -> dict[str, tuple[Held, ...]]:
    """Hits by any key -> the same with the figures of their tables, read at one go."""
    figures = figures_of(
        session, {hit.passage.id: hit.passage for hits in found.values() for hit in hits}.values()
    )

    def held(hit: Hit) -> Held:
        passage = replace(hit.passage.passage, figures=figures.get(hit.passage.id, ()))
        return Held(replace(hit.passage, passage=passage), hit.document)

    return {key: tuple(held(hit) for hit in hits) for key, hits in found.items()}
