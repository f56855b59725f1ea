"""Digits that are no quantities: dates, hours, telephones, documents, ages, roads, scores, ordinals."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from nlp.patterns import alternatives
from nlp.text import fold

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"

# A number after one of these says which, not how many.
_NAMED_BEFORE = (
    "số", "thứ", "hạng", "khoản", "điều", "chương", "mục", "tổ", "đội", "khu", "khu phố", "lớp", "phường",
    "quận", "vòng", "tập", "top", "mốc", "cấp", "khóa", "khoá", "kỳ", "nhiệm kỳ", "thế kỷ", "quý", "đợt",
    "tuần thứ", "quốc lộ", "tỉnh lộ", "hương lộ", "đường", "ql", "tl", "hẻm", "ngõ", "ngách", "phòng",
    "tầng", "lô", "trang", "bảng", "nhóm", "loại", "ca thứ", "giai đoạn", "sinh năm", "làng", "thôn", "buôn",
    "bản số", "tiểu khu", "sư đoàn", "trung đoàn", "tiểu đoàn", "lữ đoàn", "quân đoàn", "binh đoàn",
    "quân khu", "covid", "bệnh nhân số",
)  # fmt: skip
_NAMED_BEFORE_EN = (
    "no", "no.", "number", "highway", "route", "road", "article",
    "decree", "chapter", "phase", "level", "category", "grade", "aged", "age", "round", "room", "page",
    "class", "division", "regiment", "ward", "district",
)  # fmt: skip
_SCORE_WORDS = ("thắng", "thua", "hòa", "tỷ số", "tỉ số", "dẫn", "won", "lost", "beat", "score", "drew")

# Each pattern is guarded at its left side, so that a long run of digits is looked at once. Before it stands
# what is cheap to look for (lower case), all signs in one pass: without one of them it cannot match.
_AFTER_DIGIT = ("", " ", "\u00a0", "\n", "\t")
_HOUR_SIGNS = tuple(f"{n}{space}{mark}" for n in range(10) for space in _AFTER_DIGIT for mark in "hg")
_ORDINAL_SIGNS = tuple(f"{n}{mark}" for n in range(10) for mark in ("st", "nd", "rd", "th"))
_SPACED_SIGNS = tuple(f"{n}{space}" for n in range(10) for space in " \u00a0\u202f")
_TELEPHONE_SIGNS = ("+84", *(f"0{n}" for n in range(10)))
_DAYS = ("ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "mùng", "mồng", "rằm")
_MONTH_SIGNS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = ("19", "20")
_PATTERNS = (
    (("/",), r"(?<![\d.,-])\d[\d.,-]*/[\dA-ZĐ][\w/-]*"),  # 5/10/2026, 244/2026/NĐ-CP, 05/BC, 2/3
    (_YEARS, r"(?<![\d.,-])\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)"),
    ((":",), r"(?<![\d.,:])\d{1,2}:\d{2}(?!\d)"),
    (_HOUR_SIGNS, r"(?<![\d.,])\d{1,2}\s?(?:h|g|giờ)\s?\d{0,2}(?!\w)"),
    (("a.m", "p.m", "am", "pm"), r"(?<![\d.,])\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m|p\.m|am|pm)(?!\w)"),
    (_TELEPHONE_SIGNS, r"(?<![\d.,])(?:\+84|0)\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)"),  # telephone numbers
    (
        _DAYS,
        rf"(?<!\w)(?<!mỗi )(?<!một )(?:{'|'.join(_DAYS)})\s\d{{1,2}}(?:[.-]\d{{1,2}})?(?![\d.,]\d|\d)",
    ),
    (("tháng",), r"(?<!\w)tháng\s\d{1,2}(?:[./-]\d{4})?(?![\d.,]\d|\d)"),
    (
        _YEARS,
        (
            r"(?<!\w)(?:năm|nam|in|since|by|from|until|of|đến|tới|từ|giai đoạn|niên khóa|to)\s"
            r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?(?![\d.,]\d|\d)"
        ),
    ),
    (_YEARS, r"(?<![\d.,])(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?!\d)"),
    (("tuổi", "tuoi", "year"), r"(?<!\d)\d{1,3}\s?-?\s?(?:tuổi|tuoi|years?[ -]old)(?!\w)"),
    (_ORDINAL_SIGNS, r"(?<!\d)\d+(?:st|nd|rd|th)(?!\w)"),
    # "1 200 người": thousands apart by a space may be one number or two, so that neither is read
    (_SPACED_SIGNS, r"(?<![\d.,/-])[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?![\d.,/-]?\d)"),
    (("km",), r"(?<!\w)km\s?\d+(?:\+\d+)?"),
    (
        _SCORE_WORDS,
        rf"(?<!\w)(?:{alternatives(_SCORE_WORDS)})\s(?:\w+\s){{0,3}}\d{{1,2}}\s?[-–]\s?\d{{1,2}}(?!\d)",
    ),
)  # fmt: skip
_CASED_PATTERNS = (
    (_MONTH_SIGNS, rf"(?<!\w)(?:{_MONTHS}|{_MONTHS_SHORT})\.?\s\d{{1,2}}(?!\d)"),
    (_MONTH_SIGNS, rf"(?<!\d)\d{{1,2}}\s(?:of\s)?(?:{_MONTHS}|{_MONTHS_SHORT})(?!\w)"),
)
_BEFORE, _AFTER = 40, 24  # characters on either side in which such a mark begins and ends
_DIGIT = re.compile(r"\d")
_SIGNED = (
    *((signs, re.compile(pattern, re.IGNORECASE)) for signs, pattern in _PATTERNS),
    *((signs, re.compile(pattern)) for signs, pattern in _CASED_PATTERNS),
)
_SIGNS = tuple(sorted({sign for signs, _ in _SIGNED for sign in signs}))
_MASKS_OF = tuple(frozenset(n for n, (signs, _) in enumerate(_SIGNED) if sign in signs) for sign in _SIGNS)
_FINDER = AhoCorasick(_SIGNS)
_NAMING = {
    "vi": frozenset(form for word in _NAMED_BEFORE for form in (word, fold(word).text)),
    "en": frozenset(_NAMED_BEFORE_EN),
}

# "dân số 1.200 người" counts, though "số 5" says which
_COUNTING = frozenset(
    (first, last)
    for word in ("dân", "tổng", "con", "trong", "quân")
    for first, last in ((word, "số"), (fold(word).text, "so"))
)


def is_name_of_number(before: str, language: str) -> bool:
    """The text before a number -> whether it says which one, not how many: "quốc lộ 19", "mốc 30"."""
    named = _NAMING[language]
    words = before[-24:].lower().replace("-", " ").split()
    if tuple(words[-2:]) in _COUNTING:
        return False
    return bool(words) and before[-1:] in " -\u00a0" and (words[-1] in named or " ".join(words[-2:]) in named)


class Masks:
    """Where in one text digits are no quantity."""

    def __init__(self, text: str, small: str) -> None:
        """Normalised text, and it `aligned`, which is looked through once for the signs of all masks."""
        hits = _FINDER.find_matches_as_indexes(small, overlapping=True)
        hits.sort(key=itemgetter(1))
        self._text = text
        self._signs = [sign for sign, _, _ in hits]
        self._starts = [start for _, start, _ in hits]

    def touch(self, start: int, end: int) -> bool:
        """Whether characters start:end touch a date, an hour or the like.

        Only the neighbourhood is looked at, so the time of a whole text grows with the number of its figures.
        """
        text, low, high = self._text, max(0, start - _BEFORE), end + _AFTER
        if _DIGIT.search(text, low, high) is None:
            return False  # a number in words
        near = self._signs[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        masks = {mask for sign in set(near) for mask in _MASKS_OF[sign]}
        return any(
            hit.end() > start and hit.start() < end
            for mask in masks
            for hit in _SIGNED[mask][1].finditer(text, low, high)
        )
