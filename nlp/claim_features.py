"""Named features of a sentence: what makes it checkable, or opinion, forecast or question.

Each feature is a question a reader can answer; none asks who says it, of whom, or in what tone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from nlp.claim_cleaning import Cleaned, clean
from nlp.claim_lists import TOLD
from nlp.patterns import alternatives
from store.types import Quantity

_TOLD = alternatives(TOLD.split("|"), also_unaccented=False)
_ATTRIBUTION = re.compile(
    r"(?<!\w)(?P<phrase>"
    r"(?:theo|Theo)\s(?!dõi|đuổi|học|hình|đó|kiểu|tôi|chúng|mình|cách|phương|hướng|quy|luật|"
    r"con đường|nghề|đạo)[^,;:.()\n]{3,70}|"
    r"(?:According|according) to [^,;:.()\n]{3,70}|"
    rf"[^,;:.()\n]{{3,80}}?\s(?:{_TOLD})(?!\w))"
)
_DAY = re.compile(r"(?<!\w)(?:ngày|tháng|năm|quý|hôm qua|hôm nay|sáng|chiều|tối|đêm)\s+\d")
_YEAR = re.compile(r"(?:19|20)(?<!\d\d\d)\d\d(?!\d)")
# "8/6", not "11/16 cơ sở"
_DAY_OF_MONTH = re.compile(r"(?<![\d/.,-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d%])")
_CALENDAR = re.compile(
    r"(?<!\w)(?:January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|last year|last month|years ago|hôm qua|năm ngoái|"
    r"năm nay)(?!\w)"
)
_DIGIT = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE_OPEN = "\"“‘«'-–"
_QUOTED = re.compile(r"[\"“][^\"”]*(?:[\"”]|$)")
_MOSTLY = 0.5  # of a sentence in quotation marks: somebody speaks, not the article
_LONG = 40  # words
_THIRDS = (0.0, 1 / 3, 2 / 3, 1.0)
_YES_OR_NO = frozenset(
    (
        "agency",
        "comparison",
        "past",
        "hedge",
        "first person",
        "second person",
        "general",
        "play and show",
        "everyday life",
    )
)
_SHORT = 6  # words

COUNTED = ("figure", "number", "name", "act", "opinion", "public matter")
"""Features that count to three; `length` counts words to forty; the others are yes or no."""
_NOTHING = dict.fromkeys((*COUNTED, *_YES_OR_NO), 0.0)


def find_features(sentence: str, *, quantities: tuple[Quantity, ...], has_place: bool) -> dict[str, float]:
    """One sentence, its quantities and whether it names a place of the gazetteer -> features by name, 0 to 1.

    Loaded words are taken out first: with and without them a sentence has the same features.
    """
    return features_of(clean(sentence), quantities=quantities, has_place=has_place)


def features_of(cleaned: Cleaned, *, quantities: tuple[Quantity, ...], has_place: bool) -> dict[str, float]:
    """A cleaned sentence, its quantities and whether it names a place -> features by name, 0 to 1."""
    text, met = cleaned.text, cleaned.met
    numbers = len(_DIGIT.findall(text))
    words = cleaned.bare.count(" ") + 1
    found = dict(_NOTHING)
    for name, count in met.items():
        if name in _YES_OR_NO:
            found[name] = 1.0
        elif name in COUNTED:
            found[name] = _THIRDS[min(count, 3)]
    for name, count in (("figure", len(quantities)), ("number", numbers), ("name", cleaned.names)):
        found[name] = _THIRDS[min(count, 3)]
    found["place"] = float(has_place)
    found["date"] = float(_has_date(text, met, has_digits=numbers > 0))
    found["attribution"] = float("account" in met and bool(find_attribution(text)))
    found["forecast"] = float("forecast" in met and "done" not in met)
    found["question"] = float("?" in text[-3:])
    found["quoted speech"] = float(text[:1] in _QUOTE_OPEN or _is_mostly_quoted(text))
    found["fragment"] = float(words < _SHORT or text[-1:] not in '.!?…”"')
    found["length"] = min(words, _LONG) / _LONG
    return found


@lru_cache(maxsize=8)  # asked of a sentence to weigh it, and at once again for its claim
def find_attribution(sentence: str) -> str:
    """A sentence -> the words that say by whose account it stands ("theo UBND tỉnh…"), as written; "" if
    none.
    """
    hit = _ATTRIBUTION.search(sentence)
    return hit["phrase"].strip() if hit else ""


def _is_mostly_quoted(text: str) -> bool:
    if '"' not in text and "“" not in text:
        return False
    return sum(len(hit) for hit in _QUOTED.findall(text)) > _MOSTLY * len(text)


def _has_date(text: str, met: Mapping[str, int], *, has_digits: bool) -> bool:
    if has_digits and (
        _YEAR.search(text)
        or ("/" in text and _DAY_OF_MONTH.search(text))
        or ("day" in met and _DAY.search(text))
    ):
        return True
    return "calendar" in met and _CALENDAR.search(text) is not None
