"""What a date in a text comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.types import ImpossibleValueError


class DateKind(StrEnum):
    """How a text names a day."""

    ABSOLUTE = "absolute"  # "15/11/2026", "tháng 10/2026"; without a year, the one near publication
    RELATIVE = "relative"  # "hôm qua", "tuần trước"
    LUNAR = "lunar"  # "rằm tháng Giêng", "mùng 3 Tết"


@dataclass(frozen=True, slots=True)
class DateMention:
    """Characters start:end of a text, and the days `first` to `last` they mean, both included (Viet Nam's).

    `is_certain` is False where the year was not written and had to be taken from the publication.
    """

    text: str
    start: int
    end: int
    first: date
    last: date
    kind: DateKind
    is_certain: bool

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ImpossibleValueError(f"a span that ends before it begins: {self.first} to {self.last}")

    @property
    def is_day(self) -> bool:
        """Whether one day is meant."""
        return self.first == self.last

    def excludes(self, other: DateMention) -> bool:
        """Whether the two have no day in common: then they cannot both be when one thing happened."""
        return self.last < other.first or other.last < self.first
