"""What a model of entailment must do for verdict proposals. The thinking parts know only this protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class EntailmentError(Exception):
    """A model that cannot be used or failed: what, where, and what to do."""


class Shares(NamedTuple):
    """How likely a passage entails a claim, says nothing of it, contradicts it; 0 to 1, together 1."""

    entail: float
    neutral: float
    contradict: float


class Entailment(Protocol):
    """Pairs of a claim and a passage -> shares."""

    name: str  # of the model, for people

    def judge_pairs(self, claims: Sequence[str], passages: Sequence[str]) -> list[Shares]:
        """As many claims as passages, paired in order -> their shares, in order.

        Raises:
            EntailmentError: when it fails.

        """
        ...
