"""What every noun stands on: saved values, aware times, the error for values that must not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


class ImpossibleValueError(ValueError):
    """A value that must not exist: a flag without evidence, a time without a zone, an empty range."""


def require_aware(moment: datetime, what: str) -> None:
    """Refuse a time without a zone.

    Raises:
        ImpossibleValueError: when `moment` is naive.

    """
    if moment.tzinfo is None:
        raise ImpossibleValueError(f"{what} has no time zone: {moment.isoformat()}")


@dataclass(frozen=True, slots=True)
class Saved(Generic[T]):
    """A value with the number the store gave it and when it was saved (UTC)."""

    number: int
    saved_at: datetime
    value: T
