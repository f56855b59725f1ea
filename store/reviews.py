"""Verdicts of named persons: appended, never changed; a later one stands above an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from store.audit import append
from store.codec import from_text, to_text
from store.loading import in_portions
from store.progress import mark_carriers
from store.tables import MembershipRow, ReviewRow
from store.types import NEEDS_EVIDENCE, ImpossibleValueError, Review, Verdict
from store.upsert import insert_row

_AS_THEY_ARE = ("claim", "claim_text", "article", "reason", "reviewer", "at")


def save_review(session: Session, review: Review) -> int:
    """Append a verdict, with its entry in the audit log in the same transaction.

    Returns:
        The review's number.

    Raises:
        ImpossibleValueError: the verdict says what is so (NEEDS_EVIDENCE) and cites nothing.

    """
    if review.verdict in NEEDS_EVIDENCE and not any(cited.strip() for cited in review.evidence):
        raise ImpossibleValueError(f"the verdict {review.verdict.value} needs evidence")
    values = {name: getattr(review, name) for name in _AS_THEY_ARE}
    values |= {"verdict": review.verdict.value, "evidence": to_text(review.evidence)}
    number: int = insert_row(session, ReviewRow, values)
    mark_carriers(session, review.claim)
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


def reviews_here(
    session: Session, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Review, ...]]:
    """Verdicts set within a story, by (story, claim key), the newest first.

    The same sentence judged in another story is no verdict here: it is shown as a suggestion.
    """
    pairs = list(wanted)
    by_claim = reviews_by_claim(session, {key for _, key in pairs})
    stories = _stories_of(session, {review.article for reviews in by_claim.values() for review in reviews})
    found = {
        (story, key): tuple(r for r in by_claim.get(key, ()) if stories.get(r.article) == story)
        for story, key in pairs
    }
    return {pair: reviews for pair, reviews in found.items() if reviews}


def _stories_of(session: Session, articles: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in in_portions(articles):
        columns = select(MembershipRow.article, MembershipRow.story)
        rows = session.execute(columns.where(MembershipRow.article.in_(some)))
        found |= {row.article: row.story for row in rows}
    return found


def reviews_by_claim(session: Session, claim_keys: Iterable[str]) -> dict[str, tuple[Review, ...]]:
    """All verdicts on claims by claim key, the newest first."""
    found: dict[str, list[Review]] = defaultdict(list)
    for some in in_portions(claim_keys):
        statement = select(ReviewRow.__table__).where(ReviewRow.claim.in_(some))
        for row in session.execute(statement.order_by(ReviewRow.number.desc())):
            found[row.claim].append(_review_from(row))
    return {key: tuple(reviews) for key, reviews in found.items()}


def reviews_after(session: Session, number: int) -> list[tuple[int, Review]]:
    """Verdicts saved after the one with this number, in their order, each with its number."""
    statement = select(ReviewRow.__table__).where(ReviewRow.number > number).order_by(ReviewRow.number)
    return [(row.number, _review_from(row)) for row in session.execute(statement)]


def stories_of_reviews(session: Session, reviews: Iterable[Review]) -> list[tuple[Review, str]]:
    """Verdicts, each with the story its article is in; "" where it is in none."""
    listed = list(reviews)
    stories = _stories_of(session, {review.article for review in listed})
    return [(review, stories.get(review.article, "")) for review in listed]


def _review_from(row: Row[Any]) -> Review:
    return Review(
        claim=row.claim,
        claim_text=row.claim_text,
        article=row.article,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        reviewer=row.reviewer,
        at=row.at,
        evidence=from_text(tuple[str, ...], row.evidence),
    )
