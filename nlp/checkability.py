"""What kind of sentence one is, and why: a claim that can be checked, or one that cannot. Pure.

For pages and explanations; reading keeps claims only. The kind is asked of the words alone: who says it, of
whom and in what tone changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from nlp.claim_cleaning import clean, marks_of
from nlp.claim_features import features_of, find_attribution
from nlp.claim_model import load_model
from nlp.claims import is_claim
from nlp.quantities import find_quantities

_NO_WORDS = 0.0


class SentenceKind(StrEnum):
    """`claim` can be checked; the others are *không kiểm chứng được*, each for its own reason."""

    CLAIM = "claim"
    QUESTION = "question"
    FORECAST = "forecast"
    VALUE = "value"  # what ought to be
    OPINION = "opinion"
    ADDRESS = "address"  # advice, instruction, invitation to the reader
    FRAGMENT = "fragment"  # a caption, a heading, a torn line
    PLAIN = "plain"  # a fact, but nobody would need to check it
    UNKNOWN = "unknown"  # a language without a measured model


@dataclass(frozen=True, slots=True)
class Checkability:
    """`why`: Vietnamese, for people; `marks`: the words that decided, as written in the lists.

    `attributed`: by whose account it stands, as written, "" if none: to report a claim is not to make it.
    """

    kind: SentenceKind
    why: str
    marks: tuple[str, ...] = ()
    attributed: str = ""
    score: float = 0.0

    @property
    def is_checkable(self) -> bool:
        """Whether it is a claim."""
        return self.kind is SentenceKind.CLAIM


_WHY = {
    SentenceKind.CLAIM: "Nêu sự việc có thể kiểm chứng{marks}.",
    SentenceKind.QUESTION: "Là câu hỏi, không khẳng định điều gì.",
    SentenceKind.FORECAST: "Nói về điều chưa xảy ra{marks}; chưa thể kiểm chứng.",
    SentenceKind.VALUE: "Nêu điều nên làm hoặc phải làm{marks}; đó là quan điểm, không có đúng hay sai.",
    SentenceKind.OPINION: "Là nhận xét hoặc cảm nghĩ{marks}; không kiểm chứng được.",
    SentenceKind.ADDRESS: "Là lời khuyên, hướng dẫn hoặc lời mời{marks}; không khẳng định điều gì.",
    SentenceKind.FRAGMENT: "Chỉ là chú thích, đề mục hoặc câu không trọn vẹn.",
    SentenceKind.PLAIN: "Kể một chi tiết; không có gì cần kiểm chứng.",
    SentenceKind.UNKNOWN: "Chưa có cách chấm điểm cho ngôn ngữ này.",
}
# The first that holds names the kind of a sentence that is no claim; the strictest come first.
_ORDER = (
    ("question", SentenceKind.QUESTION),
    ("forecast", SentenceKind.FORECAST),
    ("value", SentenceKind.VALUE),
    ("second person", SentenceKind.ADDRESS),
    ("opinion", SentenceKind.OPINION),
    ("fragment", SentenceKind.FRAGMENT),
)
_SHOWN = {
    SentenceKind.CLAIM: ("act", "comparison", "public matter"),
    SentenceKind.FORECAST: ("forecast",),
    SentenceKind.VALUE: ("value",),
    SentenceKind.ADDRESS: ("second person",),
    SentenceKind.OPINION: ("opinion",),
}


def checkability(sentence: str, *, language: str, has_place: bool = False) -> Checkability:
    """One sentence, its language code and whether it names a place of the gazetteer -> its kind, with why.

    `claim` for exactly those sentences that `nlp.claims.find_claims` takes for their words; never raises.
    """
    if not language.startswith(("vi", "en")):
        return Checkability(SentenceKind.UNKNOWN, _WHY[SentenceKind.UNKNOWN])
    cleaned = clean(sentence)
    quantities = find_quantities(sentence, language=language)
    features = features_of(cleaned, quantities=quantities, has_place=has_place)
    model = load_model("en" if language.startswith("en") else "vi")
    score = round(model.score(features, model.wording_of(cleaned.bare)), 4)
    marks = marks_of(cleaned)
    kind = SentenceKind.CLAIM if is_claim(score, features) else _kind_of(features, marks)
    decided = tuple(sorted({mark for name in _SHOWN.get(kind, ()) for mark in marks.get(name, ())}))
    return Checkability(kind, _explain(kind, decided), decided, find_attribution(sentence), score)


def _kind_of(features: Mapping[str, float], marks: Mapping[str, set[str]]) -> SentenceKind:
    for name, kind in _ORDER:
        if features.get(name, _NO_WORDS) or (name == "value" and name in marks):
            return kind
    return SentenceKind.PLAIN


def _explain(kind: SentenceKind, marks: tuple[str, ...]) -> str:
    quoted = ", ".join(f"“{mark}”" for mark in marks[:3])
    return _WHY[kind].format(marks=f" ({quoted})" if quoted else "")
