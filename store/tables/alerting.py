"""Tables of alerts: what came true under which rule, and when it was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class HappeningRow(Base):
    """One condition that came true; `told_at` is None while it waits for its notice."""

    __tablename__ = "happenings"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    rule: Mapped[str]
    condition: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)
    told_in: Mapped[str] = mapped_column(default="")  # what the keys of its notices have in common

    __table_args__ = (
        UniqueConstraint("rule", "condition", "subject", "detail"),
        Index(None, "rule", "told_at"),
    )


class AlertMarkRow(Base):
    """How far a rule has looked: from there it looks next."""

    __tablename__ = "alert_marks"

    rule: Mapped[str] = mapped_column(primary_key=True)
    looked_until: Mapped[datetime]
