"""What people decided: verdicts with reasons. Made at the desk by named persons only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import ImpossibleValueError, require_aware


class Verdict(StrEnum):
    """Set by a named person only."""

    TRUE = "true"  # Đúng
    TRUE_WE_CORRECT = "true_we_correct"  # Đúng – ta cần sửa
    PARTLY = "partly"  # Đúng một phần
    FALSE = "false"  # Sai
    NOT_ENOUGH = "not_enough"  # Chưa đủ căn cứ
    NOT_CHECKABLE = "not_checkable"  # Không kiểm chứng được


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict on a claim. Reversible: a later review of the same
    claim stands above an earlier one.
    """

    claim: str  # Claim.key
    claim_text: str
    article: int
    verdict: Verdict
    reason: str
    reviewer: str  # user name of the desk
    at: datetime
    evidence: tuple[str, ...] = ()  # addresses or document ids

    def __post_init__(self) -> None:
        require_aware(self.at, "Review.at")
        if not self.reviewer.strip():
            raise ImpossibleValueError("a verdict needs a named person")
        if not self.reason.strip():
            raise ImpossibleValueError("a verdict needs a reason")
