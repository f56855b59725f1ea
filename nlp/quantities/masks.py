"""Digits that are no quantities: dates, hours, telephones, documents, ages, roads, scores, ordinals."""

from __future__ import annotations

import re

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

# Each pattern is guarded at its left side, so that a long run of digits is looked at once.
_PATTERNS = (
    r"(?<![\d.,-])\d[\d.,-]*/[\dA-ZĐ][\w/-]*",  # 5/10/2026, 244/2026/NĐ-CP, 05/BC, 2/3
    r"(?<![\d.,-])\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d(?!\d)",
    r"(?<![\d.,:])\d{1,2}:\d{2}(?!\d)",
    r"(?<![\d.,])\d{1,2}\s?(?:h|g|giờ)\s?\d{0,2}(?!\w)",
    r"(?<![\d.,])\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m|p\.m|am|pm)(?!\w)",
    r"(?<![\d.,])(?:\+84|0)\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)",  # telephone numbers
    (
        r"(?<!\w)(?<!mỗi )(?<!một )(?:ngày|hôm|sáng|trưa|chiều|tối|đêm|mùng|mồng|rằm)\s"
        r"\d{1,2}(?:[.-]\d{1,2})?(?![\d.,]\d|\d)"
    ),
    r"(?<!\w)tháng\s\d{1,2}(?:[./-]\d{4})?(?![\d.,]\d|\d)",
    (
        r"(?<!\w)(?:năm|nam|in|since|by|from|until|of|đến|tới|từ|giai đoạn|niên khóa|to)\s"
        r"(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?(?![\d.,]\d|\d)"
    ),
    r"(?<![\d.,])(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?!\d)",
    r"(?<!\d)\d{1,3}\s?-?\s?(?:tuổi|tuoi|years?[ -]old)(?!\w)",
    r"(?<!\d)\d+(?:st|nd|rd|th)(?!\w)",
    r"(?<!\w)km\s?\d+(?:\+\d+)?",
    rf"(?<!\w)(?:{alternatives(_SCORE_WORDS)})\s(?:\w+\s){{0,3}}\d{{1,2}}\s?[-–]\s?\d{{1,2}}(?!\d)",
)  # fmt: skip
_CASED_PATTERNS = (
    rf"(?<!\w)(?:{_MONTHS}|{_MONTHS_SHORT})\.?\s\d{{1,2}}(?!\d)",
    rf"(?<!\d)\d{{1,2}}\s(?:of\s)?(?:{_MONTHS}|{_MONTHS_SHORT})(?!\w)",
)
_BEFORE, _AFTER = 40, 24  # characters on either side in which such a mark begins and ends
_MASK = (*(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS), *map(re.compile, _CASED_PATTERNS))
_NAMING = {
    "vi": frozenset(form for word in _NAMED_BEFORE for form in (word, fold(word).text)),
    "en": frozenset(_NAMED_BEFORE_EN),
}


def is_name_of_number(before: str, language: str) -> bool:
    """The text before a number -> whether it says which one, not how many: "quốc lộ 19", "mốc 30"."""
    named = _NAMING[language]
    words = before[-24:].lower().replace("-", " ").split()
    return bool(words) and before[-1:] in " -\u00a0" and (words[-1] in named or " ".join(words[-2:]) in named)


def is_masked(text: str, start: int, end: int) -> bool:
    """Whether characters start:end of a normalised text touch a date, an hour or the like.

    Only the neighbourhood is looked at, so the time of a whole text grows with the number of its figures.
    """
    low, high = max(0, start - _BEFORE), end + _AFTER
    return any(
        hit.end() > start and hit.start() < end
        for pattern in _MASK
        for hit in pattern.finditer(text, low, high)
    )
