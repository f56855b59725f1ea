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


# Verdicts on what is so need evidence. "Not enough evidence" says that there is none, and "not checkable"
# is of an opinion, for which there can be none: of these the reason is asked alone.
NEEDS_EVIDENCE = frozenset({Verdict.TRUE, Verdict.TRUE_WE_CORRECT, Verdict.PARTLY, Verdict.FALSE})


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


class CorrectionKind(StrEnum):
    """What of a reading a person corrected."""

    RELEVANCE = "relevance"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Correction:
    """A person says what an article is about, or whether it concerns the province. Readings give way to it.

    `value` is a RelevanceLabel or a topic's id. Reversible: a later one of the same kind and value (of
    relevance: of the same article) stands above an earlier one.
    """

    article: int
    version: int  # the one that was looked at
    kind: CorrectionKind
    value: str
    holds: bool  # False: a topic that is none of the article's; relevance always holds
    before: str  # what the reading said, for people
    reason: str
    reviewer: str  # user name of the desk
    at: datetime

    def __post_init__(self) -> None:
        require_aware(self.at, "Correction.at")
        if not self.reviewer.strip():
            raise ImpossibleValueError("a correction needs a named person")
        if not self.value.strip():
            raise ImpossibleValueError("a correction says what is right")
        if self.kind is CorrectionKind.RELEVANCE and not self.holds:
            raise ImpossibleValueError("a correction of relevance says which label is right")
