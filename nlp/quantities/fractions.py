"""Shares told as fractions: "hai phần ba số hộ", "2/3 diện tích", "nửa số hộ", "a third of". Pure.

A fraction is a share told roughly. Where its digits may be a day ("đến 2/3"), a score or a time, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_VI = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_EN = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "half": 2, "third": 3, "quarter": 4, "fourth": 4,
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
# what a share in digits or a half can be of; after anything else "2/3" is a day and "nửa" half of a year
_OF = (
    r"(?=\s+(?:của\s+)?(?:tổng\s+)?(?:số|dân số|diện tích|sản lượng|lượng|vốn|kinh phí|ngân sách|hộ|học sinh|"
    r"người|cán bộ|lao động|trường|thôn|làng|xã|dân cư|rừng|đàn|of\s)(?!\w))"
)
_MOST = 20  # of what a whole is parted into; more is no fraction that people tell
_TIME_EN = r"(?!(?:the\s+|this\s+|last\s+)?(?:year|month|century|game|match|season|day|decade|first|19|20)\b)"
_ORDINAL = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_NUMERAL = "|".join(_VI)
_NOT_AFTER = r"(?!\s+(?:đường|cơ thể|hồn|(?:19|20)\d\d|nay|ngoái|trước|tới|sau|qua)(?!\w))"
_HALF = r"(?<!\w)(?<!first )(?<!second )(?<!other )(?<!latter )(?P<half>half)\s+(?:of\s+|the\s+|of\s+the\s+)"
_FORMS = (
    rf"(?<![\w/.,-])(?P<n>\d{{1,2}})/(?P<d>\d{{1,2}})(?![\w/]){_OF}",
    rf"(?<!\w)(?P<n>{_NUMERAL}|\d{{1,2}})\s+phần\s+(?P<d>{_NUMERAL})(?!\w){_NOT_AFTER}",
    rf"(?<!\w)(?:(?:một|phân|quá)\s+)?(?P<half>nửa)(?!\w){_OF}",
    rf"{_HALF}{_TIME_EN}(?=[a-z])",
    rf"(?<!\w)(?P<n>a|one|two|three|four)[\s-](?P<d>{_ORDINAL})s?\s+of\s+{_TIME_EN}(?=[a-z])",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_MAY_BE = re.compile(r"\d/\d|phần\s|nửa|half\s|(?:third|quarter|fourth|fifth|tenth|th)s?\sof", re.IGNORECASE)
# before digits with a stroke: a day, a document or a score
_NO_SHARE = re.compile(
    r"(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|mùng|mồng|rằm|số|đến|tới|từ|đường|lô|tổ|hẻm|ngõ|on)\s*$",
    re.IGNORECASE,
)
_REACH = 12
_RESTS = ("số hộ", "of the people", "the people")  # what may follow a fraction


@dataclass(frozen=True, slots=True)
class Fraction:
    """Characters start:end of a text, the share of the whole and a quarter of one part, in percent."""

    start: int
    end: int
    percent: float
    step: float


def find_fractions(text: str) -> Iterator[Fraction]:
    """A normalised text -> the fractions in it, in no order, none twice."""
    if _MAY_BE.search(text) is None:
        return
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            found = _read(text, hit)
            if found and not any(start < found.end and found.start < end for start, end in taken):
                taken.append((found.start, found.end))
                yield found


@lru_cache(maxsize=4_096)  # a share is set beside many
def find_step(written: str) -> float:
    """A fraction as written -> percent points by which it may be rounded: a quarter of one part; else 0.0."""
    if _MAY_BE.search(f"{written} of") is None:
        return 0.0
    told = (found for rest in _RESTS for found in find_fractions(f"{written} {rest}"))
    return next((found.step for found in told), 0.0)


def _read(text: str, hit: re.Match[str]) -> Fraction | None:
    above, below = _parts(hit)
    if not 0 < above < below <= _MOST:
        return None
    if "/" in hit[0] and _NO_SHARE.search(text[max(0, hit.start() - _REACH) : hit.start()]):
        return None
    end = hit.end() if hit.groupdict().get("half") is None else hit.end("half")
    return Fraction(
        hit.start(), hit.start() + len(text[hit.start() : end].rstrip()), 100.0 * above / below, 25.0 / below
    )


def _parts(hit: re.Match[str]) -> tuple[int, int]:
    groups = hit.groupdict()
    if groups.get("half"):
        return 1, 2
    return _number(groups["n"] or ""), _number(groups["d"] or "")


def _number(word: str) -> int:
    small = word.lower()
    return int(small) if small.isdigit() else _VI.get(small) or _EN.get(small) or 0
