"""Verdicts of named persons: appended, never changed; a later one stands above an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.audit import append
from store.codec import from_text, to_text
from store.loading import in_portions
from store.tables import ReviewRow
from store.types import Review, Verdict
from store.upsert import insert_row

_AS_THEY_ARE = ("claim", "claim_text", "article", "reason", "reviewer", "at")


def save_review(session: Session, review: Review) -> int:
    """Append a verdict, with its entry in the audit log in the same transaction.

    Returns:
        The review's number.

    """
    values = {name: getattr(review, name) for name in _AS_THEY_ARE}
    values |= {"verdict": review.verdict.value, "evidence": to_text(review.evidence)}
    number: int = insert_row(session, ReviewRow, values)
    append(
        session,
        actor=review.reviewer,
        act="review",
        subject=f"claim {review.claim}",
        detail=f"{review.verdict.value}: {review.reason}",
        now=review.at,
    )
    return number


def reviews_of(session: Session, claim_key: str) -> tuple[Review, ...]:
    """All verdicts on a claim, the newest first."""
    return reviews_by_claim(session, [claim_key]).get(claim_key, ())


def reviews_by_claim(session: Session, claim_keys: Iterable[str]) -> dict[str, tuple[Review, ...]]:
    """All verdicts on claims by claim key, the newest first."""
    found: dict[str, list[Review]] = defaultdict(list)
    for some in in_portions(claim_keys):
        statement = select(ReviewRow.__table__).where(ReviewRow.claim.in_(some))
        for row in session.execute(statement.order_by(ReviewRow.number.desc())):
            review = Review(
                claim=row.claim,
                claim_text=row.claim_text,
                article=row.article,
                verdict=Verdict(row.verdict),
                reason=row.reason,
                reviewer=row.reviewer,
                at=row.at,
                evidence=from_text(tuple[str, ...], row.evidence),
            )
            found[row.claim].append(review)
    return {key: tuple(reviews) for key, reviews in found.items()}
