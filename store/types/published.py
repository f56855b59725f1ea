"""A review of a claim that somebody else published (schema.org ClaimReview): evidence, never our verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.types.decisions import Verdict
from store.types.foundation import ImpossibleValueError


@dataclass(frozen=True, slots=True)
class PublishedReview:
    """What was published. Neither who wrote it nor who made the claim is kept: no person's name."""

    claim: str  # the sentence reviewed, as they put it
    rating: str  # in their words
    leaning: Verdict | None  # what their words come to; None: it cannot be told
    publisher: str  # an organisation; for citation, never enters a score
    url: str
    published: date | None  # a calendar day
    appearances: tuple[str, ...] = ()  # addresses where the claim stood
    added_by: str = ""

    def __post_init__(self) -> None:
        if not self.claim.strip():
            raise ImpossibleValueError("a published review without a claim")
        if not self.url.strip():
            raise ImpossibleValueError("a published review that cannot be looked up")
        if not self.added_by.strip():
            raise ImpossibleValueError("a published review needs the name of who read it in")
