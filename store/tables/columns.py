"""What kinds of column there are, and the base of all tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from store.types import require_aware

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# SQLite counts up by itself only in a column that is exactly INTEGER
Number = BigInteger().with_variant(Integer(), "sqlite")


def clean_text(text: str) -> str:
    """Text that both databases can hold.

    NUL (refused by PostgreSQL) and lone surrogates (no UTF-8) become U+FFFD, one character for one, so that
    offsets stay true.
    """
    return _UNSTORABLE.sub("\ufffd", text)


class CleanText(TypeDecorator[str]):
    """Text from outside: see `clean_text`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  the base's signature
        """Clean on the way in."""
        return None if value is None else clean_text(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time: stored as UTC, given back as aware UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the base's signature
        """Refuse a time without zone, store UTC."""
        if value is None:
            return None
        require_aware(value, "a time to be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the base's signature
        """SQLite gives the bare time back, PostgreSQL one in its session's zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables; constraints are named by rule, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map: dict[Any, Any] = {str: CleanText(), datetime: UtcDateTime()}  # noqa: RUF012  SQLAlchemy's own form
