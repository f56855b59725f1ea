"""What the evidence library says of the sentences in question on a story's page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desk.library import OFFICE
from desk.web.story_view import Question
from nlp.checks.atlas import Atlas
from nlp.gathering.asked import find_held
from nlp.nli import Entailment
from nlp.proposals import Proposal, propose
from nlp.shelf import open_shelf

MOST = 12  # sentences of one page that are looked up
WORDS = {
    "supported": "The library supports this sentence",
    "contradicted": "The library contradicts this sentence",
    "not_enough": "The library does not say enough",
}


def find_proposals(
    session: Session,
    questions: Sequence[Question],
    *,
    atlas: Atlas,
    entailment: Entailment | None = None,
) -> dict[str, Proposal]:
    """By Claim.key what the library lets one propose; empty while the library is.

    Raises:
        EntailmentError: when the model of entailment fails.

    """
    asked = questions[:MOST]
    held = find_held(session, [question.claim.text for question in asked], open_shelf())
    return {
        question.claim.key: propose(
            question.claim.text,
            held[question.claim.text],
            on=question.sentence.at.astimezone(OFFICE).date(),
            atlas=atlas,
            entailment=entailment,
        )
        for question in asked
        if question.claim.text in held
    }
