"""Verdicts as ratings of schema.org, and what others' ratings come to. Pure.

The scale is 1 (false) to 5 (true), as Google's documentation of ClaimReview proposes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nlp.text import fold
from store.types import Verdict

WORST, BEST = 1, 5
# Of these alone something is said; "not enough evidence" and "not checkable" find nothing out about a claim.
VALUES: Mapping[Verdict, int] = MappingProxyType(
    {Verdict.FALSE: 1, Verdict.PARTLY: 3, Verdict.TRUE: 5, Verdict.TRUE_WE_CORRECT: 5}
)
_FALSE = (
    "sai|sai su that|khong dung|khong chinh xac|tin gia|tin sai|bia dat|false|fake|incorrect|not true|untrue|"
    "pants on fire|fabricated|hoax|faux|fake news|inaccurate|wrong"
)
_TRUE = "dung|dung su that|chinh xac|true|correct|accurate|vrai|confirmed"
_PARTLY = (
    "dung mot phan|mot phan dung|nua dung|gan dung|phan lon dung|phan lon sai|gay hieu lam|thieu ngu canh|"
    "thieu boi canh|phong dai|partly true|partly false|half true|mostly true|mostly false|misleading|"
    "missing context|out of context|mixture|mixed|exaggerated|partially true|partially false"
)
_WORDS: Mapping[str, Verdict] = MappingProxyType(
    dict.fromkeys(_FALSE.split("|"), Verdict.FALSE)
    | dict.fromkeys(_TRUE.split("|"), Verdict.TRUE)
    | dict.fromkeys(_PARTLY.split("|"), Verdict.PARTLY)
)


def read_leaning(words: str, rating: Mapping[str, Any]) -> Verdict | None:
    """A rating's words, and its numbers where the words are unknown -> what it comes to; None: it cannot be
    told, and then it is shown and nothing is concluded from it.
    """
    known = _WORDS.get(" ".join(fold(words).text.strip(" .!\"'“”").split()))
    return known or _by_numbers(rating)


def _by_numbers(rating: Mapping[str, Any]) -> Verdict | None:
    """Only the ends of a scale that names its ends say something; what lies between is partly so."""
    value, worst, best = (_number(rating.get(name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if value is None or worst is None or best is None or worst >= best or not worst <= value <= best:
        return None
    if value == worst:
        return Verdict.FALSE
    return Verdict.TRUE if value == best else Verdict.PARTLY


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e6 else None  # also no NaN, no infinity
