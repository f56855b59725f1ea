"""What narrows a figure to one part of a matter: a stage, a level of places, several states at once, others
than those told before, a supposition. Two figures of other scopes can both be true. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.loaded import blank
from nlp.patterns import alternatives
from nlp.quantities.vocabulary import STATES_VI
from nlp.text import fold
from nlp.verdicts.words import OPPOSITES

# Opposites of statements, and kinds of goods and people that are counted or priced apart
_TURNED = OPPOSITES | {
    (one,): frozenset({(other,)})
    for pair in ("tươi/khô", "thô/tinh", "sỉ/lẻ", "sống/chín")
    for one, other in (pair.split("/"), reversed(pair.split("/")))
}
_NUMBERS = {
    "dau": "1", "dau tien": "1", "thu nhat": "1", "nhat": "1", "mot": "1", "first": "1", "one": "1", "i": "1",
    "thu hai": "2", "hai": "2", "second": "2", "two": "2", "ii": "2", "thu ba": "3", "ba": "3", "third": "3",
    "three": "3", "iii": "3", "bon": "4", "tu": "4", "iv": "4",
}  # fmt: skip
# "giai đoạn 2", "gói thầu số 3": of stages that are numbered, one is not the other
_STAGE = re.compile(
    r"(?<!\w)(?P<of>giai đoạn|gói thầu|hạng mục|phân khu|đợt|vòng|lượt|phase|stage|round)\s+(?:số\s+)?"
    r"(?P<number>\d+|đầu tiên|đầu|thứ nhất|thứ hai|thứ ba|nhất|một|hai|ba|bốn|I{1,3}|IV|one|two|three)(?!\w)",
    re.IGNORECASE,
)
_LEVELS = {
    "xa": 1, "phuong": 1, "thi tran": 1, "huyen": 2, "quan": 2, "thi xa": 2, "tinh": 3, "thanh pho": 3,
    "nuoc": 4, "quoc": 4,
}  # fmt: skip
_LEVEL = re.compile(
    r"(?<!\w)(?P<whole>(?:toàn|cả) )?(?P<unit>xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|nước|quốc)"
    r"(?!\w)(?P<name> [A-ZĐÀ-Ỹ])?",
    re.IGNORECASE,
)
_IF = re.compile(r"(?<!\w)(?:nếu|giả sử|assuming|if (?:the|an?|it|they|all|no))(?!\w)", re.IGNORECASE)
_OTHERS = re.compile(r"(?<!\w)(?:khác|others?)(?!\w)", re.IGNORECASE)
# What was counted since the beginning, and what one day or week added to it
_TOTAL = re.compile(
    r"(?<!\w)(?:tổng cộng|tổng số|lũy kế|cộng dồn|tính đến nay|đến nay|từ đầu (?:năm|dịch|mùa|vụ)|"
    r"in total|a total of|to date|so far)(?!\w)",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"(?<!\w)(?:thêm|ca mới|nhiễm mới|mắc mới|phát sinh mới|trong ngày|trong 24 giờ|24 giờ qua|trong tuần|"
    r"another|new cases|in one day)(?!\w)",
    re.IGNORECASE,
)
_OTHERS_REACH = 12  # characters after a figure
# "đối với các tỉnh, thành phố khác, … 50%": what stands before the figure says that it is of the others
_OTHERS_BEFORE = re.compile(
    r"(?<!\w)(?:các|những|nhiều|other) (?:[^\W\d_]+,? ){1,10}?(?:khác|others?)(?!\w)", re.IGNORECASE
)
_STATE = "|".join(alternatives(words.split("|"), also_unaccented=False) for words in STATES_VI.values())
# "48 nhà bị tốc mái và sập": no count of either state; but not "8 người chết và bị thương 4 người"
_BOTH_STATES = re.compile(
    rf"^[^\d,;.:(]{{0,24}}?(?<!\w)(?P<one>{_STATE}) (?:và|hoặc|hay) (?:bị )?(?P<other>{_STATE})"
    r"(?!\w)(?!\s\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 60  # characters after a figure
# "1.500 huấn luyện viên và cán bộ": one number for two things; what follows must be no new clause or figure
_NO_THING = (
    r"(?:bị|đã|được|trong|đang|sẽ|có|còn|làm|là|theo|khi|nhưng|cho|do|với|để|gồm|bao|đến|từ|tại|ở|thì|nên|mà|"
    r"chủ|gần|hơn|khoảng|trên|dưới|một|hai|ba|bốn|năm|nhiều|không|cũng|khiến|bằng|tương|tăng|giảm|các|những)"
)
_PARTNER = re.compile(
    rf"^(?:\s?(?!{_NO_THING}(?!\w))[^\W\d_]+){{0,3}}?(?: và|,) (?!{_NO_THING}(?!\w))"
    r"(?P<with>[^\W\d_]+(?: [^\W\d_]+)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """`stages`: (stage word, number) pairs; `whole`: the level of "toàn xã" (1 commune to 4 country), 0 for
    none; `levels`: all that are named; `states`, `partner`: what the one number counts together.
    """

    stages: frozenset[tuple[str, str]]
    whole: int
    levels: frozenset[int]
    is_supposed: bool
    is_of_others: bool
    states: frozenset[str]
    partner: frozenset[str]


@lru_cache(maxsize=4_096)  # a figure is set beside many
def find_scope(sentence: str, start: int, end: int) -> Scope:
    """A sentence with a figure at characters start:end -> what the sentence says of the figure's scope."""
    sentence = blank(sentence)
    after = re.sub(r"\s+", " ", sentence[end:])[:_REACH]  # a loaded word leaves no gap
    named = [
        hit for hit in _LEVEL.finditer(sentence) if hit["whole"] or (hit["name"] or "").strip().isupper()
    ]
    both = _BOTH_STATES.search(after)
    partner = _PARTNER.search(after)
    others = re.split(r"[,;.:]", sentence[start : end + _OTHERS_REACH])[0]
    return Scope(
        stages=frozenset(_stage_from(hit) for hit in _STAGE.finditer(sentence)),
        whole=max((_level_of(hit) for hit in named if hit["whole"]), default=0),
        levels=frozenset(map(_level_of, named)),
        is_supposed=_IF.search(sentence) is not None,
        is_of_others=any((_OTHERS.search(others), _OTHERS_BEFORE.search(sentence[:start]))),
        states=frozenset(_plain(both[name]) for name in ("one", "other")) if both else frozenset(),
        partner=frozenset(_plain(partner["with"]).split()) if partner else frozenset(),
    )


def exclude_in_scope(one: Scope, other: Scope) -> bool:
    """Whether two figures are of other stages, levels, states or things, as far as their sentences say."""
    if one.is_supposed != other.is_supposed or one.states != other.states:
        return True
    if one.partner and other.partner and not one.partner & other.partner:
        return True
    return _are_other_stages(one, other) or _is_other_level(one, other) or _is_other_level(other, one)


def is_added_to(one: str, other: str) -> bool:
    """Whether one text tells of all so far, and the other of what was added in a day or week."""
    return _adds(one) * _adds(other) < 0


@lru_cache(maxsize=4_096)  # as above
def _adds(text: str) -> int:
    """1 where a text tells of an addition, -1 where of a total, 0 where of neither or both."""
    return (_ADDED.search(text) is not None) - (_TOTAL.search(text) is not None)


def are_opposed(one: str, other: str) -> bool:
    """Whether two texts turn one thing round: "trước thuế" and "sau thuế", "trong nước" and "ngoài nước"."""
    mine, theirs = _turnable(one), _turnable(other)
    return any(
        (opposite, then) in theirs and (opposite, then) not in mine and (phrase, then) not in theirs
        for phrase, then in mine
        for opposite in _TURNED[phrase]
    )


@lru_cache(maxsize=4_096)  # as above
def _turnable(text: str) -> frozenset[tuple[tuple[str, ...], str]]:
    """Phrases that have an opposite, each with the word that follows."""
    phrases = _phrases(_WORD.findall(blank(text).lower()))
    return frozenset((phrase, then) for phrase, then in phrases if phrase in _TURNED)


def _phrases(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each word, and each two, with the word that follows."""
    for length in (1, 2):
        for at in range(len(words) - length):
            yield tuple(words[at : at + length]), words[at + length]


def _are_other_stages(one: Scope, other: Scope) -> bool:
    shared = {word for word, _ in one.stages} & {word for word, _ in other.stages}
    return any(_numbers(one, word).isdisjoint(_numbers(other, word)) for word in shared)


def _is_other_level(one: Scope, other: Scope) -> bool:
    """Whether one counts in a whole unit, and the other speaks of units of other levels alone."""
    return bool(one.whole and other.levels and one.whole not in other.levels)


def _numbers(scope: Scope, word: str) -> frozenset[str]:
    return frozenset(number for of, number in scope.stages if of == word)


def _stage_from(hit: re.Match[str]) -> tuple[str, str]:
    number = _plain(hit["number"])
    return _plain(hit["of"]), _NUMBERS.get(number, number)


def _level_of(hit: re.Match[str]) -> int:
    return _LEVELS[_plain(hit["unit"])]


def _plain(words: str) -> str:
    return fold(words.lower()).text
