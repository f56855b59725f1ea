"""The table of what people corrected in readings; append-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class CorrectionRow(Base):
    """A topic or the relevance of an article as a named person says; the newest of each stands."""

    __tablename__ = "corrections"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"), index=True)
    version: Mapped[int]
    kind: Mapped[str]
    value: Mapped[str]
    holds: Mapped[bool]
    before: Mapped[str]
    reason: Mapped[str]
    reviewer: Mapped[str]
    at: Mapped[datetime]
