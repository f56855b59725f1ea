"""Tables round people's verdicts: matters for units, and reviews that others published.

No row of these is about a person: a matter is about a claim and a unit, a review about a claim.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class MatterRow(Base):
    """A claim that is right, so something of ours is to be corrected; its acts say what became of it."""

    __tablename__ = "matters"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    claim: Mapped[str] = mapped_column(index=True)
    claim_text: Mapped[str]
    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"))
    story: Mapped[str]
    is_open: Mapped[bool] = mapped_column(index=True)  # as the acts say


class MatterActRow(Base):
    """One step in a matter; append-only."""

    __tablename__ = "matter_acts"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    matter: Mapped[int] = mapped_column(Number, ForeignKey("matters.number"), index=True)
    step: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    words: Mapped[str]
    unit: Mapped[str]
    limit_id: Mapped[str]
    due_at: Mapped[datetime | None]


class PublishedReviewRow(Base):
    """A ClaimReview that was read in; append-only."""

    __tablename__ = "published_reviews"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # of all that it says: read in twice it is one
    claim: Mapped[str]
    rating: Mapped[str]
    leaning: Mapped[str]  # Verdict, "" for none
    publisher: Mapped[str]
    url: Mapped[str]
    published: Mapped[date | None]
    appearances: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
