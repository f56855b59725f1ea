"""Passages of the evidence library for each of a story's claims."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from nlp.checks.case import Held
from store.library.index import find_size
from store.library.search import find_like
from store.types import Story

MOST = 5  # passages for a claim
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def find_passages(session: Session, story: Story) -> dict[str, tuple[Held, ...]]:
    """By Claim.key the passages that speak of it, of documents to go by on the day it was published.

    A sentence that several articles carry is looked up once, for the first of them.
    """
    if not find_size(session)[0]:
        return {}
    found: dict[str, tuple[Held, ...]] = {}
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        day = member.item.article.when.astimezone(_HERE).date()
        for claim in member.item.reading.claims:
            if claim.key not in found:
                hits = find_like(session, claim.text, limit=MOST, standing_on=day)
                found[claim.key] = tuple(Held(hit.passage, hit.document) for hit in hits)
    return found
