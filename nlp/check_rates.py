"""How each check did where errors had been planted in real articles: what it found, and raised for nothing.

Committed beside the code (nlp/rates_checks.json), so that a flag can say how far its check is to be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Rate:
    """`found` of `tried` planted errors flagged with the right evidence; `raised` flags on `articles` as they
    are. Some of these are true disagreements: nobody counted which.
    """

    version: str  # of the check, when it was measured
    tried: int
    found: int
    raised: int
    articles: int

    @property
    def precision(self) -> float | None:
        """The share of its flags that stood on a planted error, 0 to 1; None where it was asked for none.

        It depends on how many errors there are: one was planted in nearly every text.
        """
        return self.found / (self.found + self.raised) if self.tried and self.found else None


@cache
def load_rates() -> dict[str, Rate]:
    """By the check's name what was measured last."""
    return dict(_rates_from(json.loads(files("nlp").joinpath("rates_checks.json").read_text("utf-8"))))


def _rates_from(made: Mapping[str, Any]) -> Iterator[tuple[str, Rate]]:
    for name, values in made["checks"].items():
        yield name, Rate(**values)
