"""A sentence with where it stands, for the caption over the quotation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.web.texts import Piece
from store.types import Claim, ReadArticle


@dataclass(frozen=True, slots=True)
class SentenceView:
    """Whose sentence it is, since when, and its words in pieces, those a search hit marked."""

    outlet: str
    at: datetime
    language: str
    pieces: tuple[Piece, ...]


def view_sentence(claim: Claim, item: ReadArticle, pieces: tuple[Piece, ...] = ()) -> SentenceView:
    """Claim and its article -> the exact sentence with its place; as one piece where none are given."""
    return SentenceView(
        outlet=item.article.outlet_name,
        at=item.article.when,
        language=item.reading.language.code,
        pieces=pieces or (Piece(claim.text, is_hit=False),),
    )
