"""Passages for single sentences that somebody asks about: on the desk, and on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from nlp.checks.case import Held
from nlp.gathering.passages import MOST, hold
from nlp.shelf import Shelf
from store.library.index import find_size
from store.library.search import find_like


def find_held(
    session: Session, sentences: Sequence[str], shelf: Shelf | None = None
) -> dict[str, tuple[Held, ...]]:
    """Sentences, as written -> by sentence the passages of the library that speak of it.

    With a `shelf` those in another language are found, too.
    """
    if not find_size(session)[0]:
        return {}
    near = shelf.find_near(session, sentences) if shelf else {}
    hits = {text: find_like(session, text, limit=MOST, near=near.get(text, ())) for text in sentences}
    return hold(session, hits)
