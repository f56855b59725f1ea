"""Reviews of claims that others published, read in as evidence; appended, a later edition stands above."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from store.audit import append
from store.codec import from_text, to_text
from store.progress import mark_carriers
from store.tables import PublishedReviewRow
from store.types import Claim, PublishedReview, Saved, Verdict
from store.upsert import insert_absent

_AS_THEY_ARE = ("claim", "rating", "publisher", "url", "published", "added_by")


def save_published(session: Session, review: PublishedReview, *, now: datetime) -> bool:
    """Keep a published review, with its entry in the audit log.

    Returns:
        False when exactly this was read in before.

    """
    values: dict[str, Any] = {name: getattr(review, name) for name in _AS_THEY_ARE}
    values |= {"leaning": review.leaning.value if review.leaning else "", "added_at": now}
    values |= {"appearances": to_text(review.appearances), "key": _key_of(review)}
    if insert_absent(session, PublishedReviewRow, values, unique=("key",)) is None:
        return False
    mark_carriers(session, Claim(review.claim, 0, len(review.claim), 0.0, ()).key)
    detail = f"{review.publisher}: {review.rating}"
    append(session, actor=review.added_by, act="read in a review", subject=review.url, detail=detail, now=now)
    return True


def published_after(session: Session, number: int) -> list[Saved[PublishedReview]]:
    """Published reviews read in after the one with this number, in their order."""
    newer = select(PublishedReviewRow.__table__).where(PublishedReviewRow.number > number)
    rows = session.execute(newer.order_by(PublishedReviewRow.number))
    return [_saved_from(row) for row in rows]


def count_published(session: Session) -> int:
    """How many there are."""
    return session.scalars(select(func.count()).select_from(PublishedReviewRow)).one()


def _key_of(review: PublishedReview) -> str:
    day = review.published.isoformat() if review.published else ""
    said = to_text((review.url, review.claim, review.rating, review.publisher, day))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def _saved_from(row: Row[Any]) -> Saved[PublishedReview]:
    review = PublishedReview(
        claim=row.claim,
        rating=row.rating,
        leaning=Verdict(row.leaning) if row.leaning else None,
        publisher=row.publisher,
        url=row.url,
        published=row.published,
        appearances=from_text(tuple[str, ...], row.appearances),
        added_by=row.added_by,
    )
    return Saved(row.number, row.added_at, review)
