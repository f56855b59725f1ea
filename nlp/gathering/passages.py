"""Passages of the evidence library for a story's claims, and for others with number, place or quotation."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from sqlalchemy.orm import Session

from nlp.checks.case import Held
from nlp.checks.library_sentences import find_placed, find_plain, find_quoting
from nlp.shelf import Shelf
from store.library.figures import figures_of
from store.library.index import find_size
from store.library.search import Hit, find_like
from store.types import Story

MOST = 8  # passages for a claim, also of documents no longer to go by: the checks tell them apart
_MOST_PLAIN = 40  # sentences of a story, no claims, looked up for one of these: each a search
_FOR_PLAIN = 3  # passages for one: it is only set beside the same sentence, which stands first


def find_passages(session: Session, story: Story, shelf: Shelf | None = None) -> dict[str, tuple[Held, ...]]:
    """By Claim.key the passages that speak of a claim, or may hold another sentence that is looked up.

    A sentence in several articles is looked up once. With a `shelf` those in another language are found, too.
    """
    if not find_size(session)[0]:
        return {}
    items = [member.item for member in story.members]
    claims = {claim.key: claim.text for item in items for claim in item.reading.claims}
    plain = {each.key: each.text for item in items for each in find_plain(item)}
    near = shelf.find_near(session, list(claims.values())) if shelf else {}
    found = {
        key: find_like(session, text, limit=MOST, near=near.get(text, ())) for key, text in claims.items()
    }
    placed = {each.key: each.text for item in items for each in find_placed(item)}
    quoting = {each.key: each.text for item in items for each in find_quoting(item)}
    for some in (plain, placed, quoting):
        others = ((key, text) for key, text in some.items() if key not in found)
        for key, text in islice(others, _MOST_PLAIN):
            found[key] = find_like(session, text, limit=_FOR_PLAIN)
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
