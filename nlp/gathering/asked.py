"""Passages for single sentences that somebody asks about: on the desk, and on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from nlp.checks.case import Held
from nlp.gathering.passages import MOST, hold
from store.library.index import find_size
from store.library.search import find_like


def find_held(session: Session, sentences: Iterable[str]) -> dict[str, tuple[Held, ...]]:
    """Sentences, as written -> by sentence the passages of the library that speak of it."""
    if not find_size(session)[0]:
        return {}
    return hold(session, {text: find_like(session, text, limit=MOST) for text in sentences})
