"""Named features of a sentence: what makes it checkable, or opinion, forecast or question.

Each feature is a question a reader can answer; none asks who says it, of whom, or in what tone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.claim_lists import ACCOUNTS, AGENCY_NAMES, GUARDS, LISTS, TOLD, VALUES
from nlp.loaded import blank
from nlp.text import fold
from nlp.wordlists import WordLists
from store.types import Quantity


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A sentence without loaded words, and how often each list of words is met in it."""

    text: str
    met: Mapping[str, int]


_WRITTEN = ("opinion", "first person", "second person")  # without their marks these words are others
_SUBJECTS = ("public matter", "play and show", "everyday life")


def _also_unaccented(joined: str) -> str:
    """Phrases of several syllables are as clear without their marks; one syllable alone is not."""
    return "|".join((joined, *(fold(phrase).text for phrase in joined.split("|") if " " in phrase)))


_WORDS = WordLists(
    LISTS | GUARDS | {name: _also_unaccented(LISTS[name]) for name in _SUBJECTS},
    only_as_written=(*_WRITTEN, *_SUBJECTS, "account", "day", "calendar"),
)
_VALUES = WordLists({"value": VALUES}, only_as_written=("value",))
_ACCOUNT = WordLists({"account": ACCOUNTS}, only_as_written=("account",))
_ATTRIBUTION = re.compile(
    r"(?<!\w)(?P<phrase>"
    r"(?:theo|Theo)\s(?!dõi|đuổi|học|hình|đó|kiểu|tôi|chúng|mình|cách|phương|hướng|quy|luật|"
    r"con đường|nghề|đạo)[^,;:.()\n]{3,70}|"
    r"(?:According|according) to [^,;:.()\n]{3,70}|"
    rf"[^,;:.()\n]{{3,80}}?\s(?:{TOLD})(?!\w))"
)
_DAY = re.compile(r"(?<!\w)(?:ngày|tháng|năm|quý|hôm qua|hôm nay|sáng|chiều|tối|đêm)\s+\d")
_DATE_IN_DIGITS = re.compile(  # "8/6" and "8-6-2024", not "11/16 cơ sở", "1.5 lít" or a score of 6-4
    r"(?<![\d/.,-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d%])|"
    r"(?<!\d)\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)|(?:19|20)(?<!\d\d\d)\d\d(?!\d)"
)
_CALENDAR = re.compile(
    r"(?<!\w)(?:January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|last year|last month|years ago|hôm qua|năm ngoái|"
    r"năm nay)(?!\w)"
)
_CAPITAL = "".join(char for char in map(chr, range(0x41, 0x1F00)) if char.isupper())
# They begin with the space, so that everything else is passed over quickly.
_NAME = re.compile(rf" (?<=[\w,(“\"] )[{_CAPITAL}][\w.-]*(?: [{_CAPITAL}][\w.-]*){{0,5}}")
_LEADING = re.compile(
    rf"[{_CAPITAL}]\S*(?: [{_CAPITAL}]\S*)*"
)  # a name at the beginning, or just a beginning
_AGENCY_BEGINNINGS = tuple(AGENCY_NAMES.split("|"))
# A syllable of a person's name is often an everyday word ("Thu", "Chi"): it is none of any list.
_NAME_WORD = re.compile(rf" (?!(?:{AGENCY_NAMES})(?!\w))[{_CAPITAL}]\w*")
_DIGIT = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE_OPEN = "\"“‘«'-–"
_QUOTED = re.compile(r"[\"“][^\"”]*(?:[\"”]|$)")
_MOSTLY = 0.5  # of a sentence in quotation marks: somebody speaks, not the article
_LONG = 40  # words
_YES_OR_NO = (
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
_SHORT = 7  # words

COUNTED = ("figure", "number", "name", "act", "opinion", "public matter")
"""Features that count to three; `length` counts words to forty; the others are yes or no."""


def find_features(sentence: str, *, quantities: tuple[Quantity, ...], has_place: bool) -> dict[str, float]:
    """One sentence, its quantities and whether it names a place of the gazetteer -> features by name, 0 to 1.

    Loaded words are taken out first: with and without them a sentence has the same features.
    """
    return features_of(clean(sentence), quantities=quantities, has_place=has_place)


def features_of(cleaned: Cleaned, *, quantities: tuple[Quantity, ...], has_place: bool) -> dict[str, float]:
    """A cleaned sentence, its quantities and whether it names a place -> features by name, 0 to 1."""
    text, met = cleaned.text, cleaned.met
    quoted = sum(len(hit) for hit in _QUOTED.findall(text)) / max(1, len(text))
    numbers = len(_DIGIT.findall(text))
    names, words = _names_and_words(text)
    counts = {name: met.get(name, 0) for name in COUNTED}
    counts |= {"figure": len(quantities), "number": numbers, "name": names}
    found = {name: min(count, 3) / 3 for name, count in counts.items()}
    found |= {name: float(name in met) for name in _YES_OR_NO}
    found |= {
        "place": float(has_place),
        "date": float(_has_date(text, met, has_digits=numbers > 0)),
        "attribution": float("account" in met and bool(find_attribution(text))),
        "forecast": float("forecast" in met and "done" not in met),
        "question": float("?" in text[-3:]),
        "quoted speech": float(quoted > _MOSTLY or text[:1] in _QUOTE_OPEN),
        "fragment": float(words < _SHORT or text[-1:] not in '.!?…”"'),
        "length": min(words, _LONG) / _LONG,
    }
    return found


def find_attribution(sentence: str) -> str:
    """A sentence -> the words that say by whose account it stands ("theo UBND tỉnh…"), as written; "" if
    none.
    """
    if not _ACCOUNT.find(sentence):
        return ""
    hit = _ATTRIBUTION.search(sentence)
    return hit["phrase"].strip() if hit else ""


def clean(sentence: str) -> Cleaned:
    """A sentence -> it without loaded words and with even spaces, and how often each list is met in it."""
    return clean_blanked(blank(sentence))


def clean_blanked(sentence: str) -> Cleaned:
    """The same of a sentence whose loaded words are blanked already."""
    text = " ".join(sentence.split())
    return Cleaned(text, _WORDS.count(_without_names(text)))


def _without_names(text: str) -> str:
    """A sentence -> it without the words of names, but with agencies: in no list a name counts."""
    leading = _LEADING.match(text)
    if leading and " " in leading[0] and not leading[0].startswith(_AGENCY_BEGINNINGS):
        text = text[leading.end() :]
    return _NAME_WORD.sub(" ", text)


def _names_and_words(text: str) -> tuple[int, int]:
    """A sentence -> how many names after its beginning, and how many words, a name being one."""
    leading = _LEADING.match(text)
    start = leading.end() if leading else 0
    names = _NAME.findall(text, start)
    return len(names), text.count(" ", start) + 1 - sum(name.count(" ") - 1 for name in names)


def marks_of(text: str) -> dict[str, set[str]]:
    """A cleaned sentence -> which phrases of each list are met, also of `value`: what ought to be."""
    bare = _without_names(text)
    return _WORDS.find(bare) | _VALUES.find(bare)


def _has_date(text: str, met: Mapping[str, int], *, has_digits: bool) -> bool:
    if has_digits and (_DATE_IN_DIGITS.search(text) or ("day" in met and _DAY.search(text))):
        return True
    return "calendar" in met and _CALENDAR.search(text) is not None
