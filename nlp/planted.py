"""Errors planted on purpose: one figure, day or place of a text changed as a hurried copy would. Pure.

What is changed, and how, follows from a hash, so that every run plants the same. The places where a figure or
day stands are found with patterns of their own, not with those of the checks that are measured.
"""

from __future__ import annotations

import hashlib
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_AROUND = 14  # characters beside a changed word by which its sentence is known again
_NAMES_IT = (
    r"(?i:ngày|tháng|năm|số|lộ|điều|khoản|quý|lớp|quận|phường|khóa|kỳ|tuổi|thứ|hạng|top|khối|tập|bài|trang|"
    r"đội|tổ|tàu|đường|tuyến|xe|lúc|hồi|phiên bản|iphone|covid|u|a|km|kỷ|giai đoạn|đợt|lần|giờ|chương|cấp|"
    r"tầng|vòng|điểm|mức|độ|mục|khu|lô|phòng|quyển|bảng|nhóm)"
)
_FIGURE = re.compile(
    r"(?<![\w/.,:–-])(?<!\bngày )(?P<of>\d+(?:[.,]\d+)*)(?=(?:%| ?(?:%|[^\W\d_]{2,})))"
    r"(?!h\b| ?giờ|/| ?tháng| tuổi)"
)
_BEFORE = re.compile(rf"(?:^|\W){_NAMES_IT}\.?[ -]?$")
_DAY = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm) (?P<of>(?P<day>\d{1,2})[/-]\d{1,2})(?![\d/.-]?\d)", re.IGNORECASE
)
_AT = r"(?:ở|tại|tỉnh|TP|TP\.|thành phố|từ|đến|địa bàn)"


class Planted(StrEnum):
    """What was changed."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Planting:
    """A text with one word changed: where `before` stood at `start`, now `after` does."""

    kind: Planted
    text: str
    start: int
    before: str
    after: str
    around: str  # the words beside it and `before`, as they were


def plant(
    text: str,
    kind: Planted,
    *,
    seed: str,
    names: Sequence[str] = (),
    are_apart: Callable[[str, str], bool] = operator.ne,
) -> Planting | None:
    """Text -> the same with one figure, day or place changed; None where it has none to change.

    `seed` chooses which and how (an id); `names` are the place names that may be changed, and into which.
    `are_apart` tells of two names whether they are of two places: one city's other name is no error.
    """
    found = list(_find(text, kind, names))
    chance = int.from_bytes(hashlib.sha256(f"{kind}{seed}".encode()).digest()[:8], "big")
    for turn in range(len(found)):
        start, before = found[(chance + turn) % len(found)]
        after = _change(before, kind, chance, lambda one: [n for n in names if are_apart(one, n)])
        if after != before:
            end = start + len(before)
            begins = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
            around = text[begins : end + _AROUND].partition("\n")[0]
            return Planting(kind, text[:start] + after + text[end:], start, before, after, around)
    return None


def _find(text: str, kind: Planted, names: Sequence[str]) -> Iterator[tuple[int, str]]:
    if kind is Planted.FIGURE:
        hits = (hit for hit in _FIGURE.finditer(text) if not _is_a_name(text, hit.start()))
    elif kind is Planted.DATE:
        hits = (hit for hit in _DAY.finditer(text))
    else:
        either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        pattern = re.compile(rf"\b{_AT} (?P<of>{either})(?! ?-)\b") if names else re.compile(r"(?!)(?P<of>)")
        hits = (hit for hit in pattern.finditer(text))
    for hit in hits:
        yield hit.start("of"), hit["of"]


def _is_a_name(text: str, start: int) -> bool:
    """Whether a number only names something: a year, a day, a road, an article of law, an age's ordinal."""
    return _BEFORE.search(text[max(0, start - 12) : start]) is not None


def _change(before: str, kind: Planted, chance: int, find_others: Callable[[str], list[str]]) -> str:
    if kind is Planted.FIGURE:
        return change_figure(before, chance)
    if kind is Planted.DATE:
        return _change_day(before, chance)
    others = [name for name in find_others(before) if name not in before and before not in name]
    return others[chance % len(others)] if others else before


def change_figure(figure: str, chance: int) -> str:
    """A figure as written -> another of the same form: two digits swapped, one changed, or one too many."""
    digits = [at for at, sign in enumerate(figure) if sign.isdigit()]
    first = digits[0]
    way = chance % 3
    if way == 0 and len(digits) > 1 and figure[digits[1]] not in {"0", figure[first]}:
        signs = list(figure)
        signs[first], signs[digits[1]] = signs[digits[1]], signs[first]
        return "".join(signs)
    if way == 1 and figure.isdigit():
        return f"{figure}0"
    new = (int(figure[first]) + 1 + (chance >> 8) % 7) % 9 + 1
    if str(new) == figure[first]:
        new = new % 9 + 1
    return figure[:first] + str(new) + figure[first + 1 :]


def _change_day(written: str, chance: int) -> str:
    day, sign, month = re.split(r"([/-])", written)
    new = (int(day) + 1 + chance % 9 - 1) % 28 + 1
    return f"{new}{sign}{month}"
