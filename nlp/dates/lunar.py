"""Days of Viet Nam's lunar calendar as they are written, and the common calendar's on which they fall. Pure.

A day without its year is the one nearest to the publication, which is a guess: it is marked so, and nothing
may be set against it. The rules of the calendar are lunar_vn's (UTC+7, Ho Ngoc Duc).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lunar_vn import convert_lunar_to_solar, solar_to_lunar

from nlp.patterns import alternatives

_STEMS = ["giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý"]
_BRANCHES = ["tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi"]
_SPELLED = {"kỉ": "kỷ", "quí": "quý", "tí": "tý", "tị": "tỵ", "mẹo": "mão"}
_CYCLE = 60  # years after which stem and branch meet again
_FIRST = 1984  # Giáp Tý
_LAST_SAME = 10  # the lunar month up to which both calendars are always in the year of one number
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "giêng": 1, "chạp": 12, "tết": 1, "mười một": 11, "mười hai": 12,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_COUNTED = "mười một|mười hai|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười"
_MONTH = rf"(?:giêng|chạp|tết|{_COUNTED}|\d{{1,2}}(?!\d))"
_SIGN = r"(?:âm\s+lịch|ÂL)"
_STEM = alternatives([*_STEMS, "kỉ", "quí"], also_unaccented=False)
_BRANCH = alternatives([*_BRANCHES, "tí", "tị", "mẹo"], also_unaccented=False)
_YEAR = r"(?:19|20)\d\d(?!\d)"
_TAIL = (
    rf"(?P<leap>\s+nhuận)?(?:\s*[(,]?\s*(?P<sign>{_SIGN})(?:\s*\))?(?!\w))?"
    rf"(?:,?\s+(?:năm\s+)?(?P<stem>{_STEM})\s+(?P<branch>{_BRANCH})(?!\w)|(?:,?\s+năm\s+|/)(?P<y>{_YEAR}))?"
    rf"(?:\s*[(,]?\s*(?P<late>{_SIGN})(?:\s*\))?(?!\w))?"
)
_MAY_BE = re.compile(  # cheap, before the rest
    rf"mùng|mồng|rằm|giêng|chạp|âm\s+lịch|ÂL|lunar|năm\s+{_STEM}\s", re.IGNORECASE
)
_FORMS = (
    rf"\b(?P<first>mùng|mồng)\s+(?P<d>\d{{1,2}}|{_COUNTED})(?:\s+(?:tháng\s+)?|[/-])(?P<m>{_MONTH})(?!\w){_TAIL}",
    rf"\b(?P<full>rằm)\s+(?:tháng\s+)?(?P<m>{_MONTH})(?!\w){_TAIL}",
    rf"(?<![\d/.,-])(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>giêng|chạp)(?!\w){_TAIL}",
    rf"(?<![\d/.,-])(?P<d>\d{{1,2}})(?:\s+tháng\s+|[/-])(?P<m>\d{{1,2}}|{_COUNTED})(?!\d){_TAIL}",
    (
        r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)(?:\s+day)?\s+of\s+the\s+(?P<m>[a-z]+)\s+(?P<sign>lunar)\s+month"
        rf"(?:,?\s+(?:of\s+|in\s+)?(?P<y>{_YEAR}))?"
    ),
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """Characters start:end of a text name day `day` of month `month` of the lunar calendar.

    `on`: that day in the common calendar; None where neither a year nor a publication is known, or there is
    no such day. `is_certain`: its year is written. `is_told`: it is none of the common calendar ("mùng 8
    tháng 3" may be one).
    """

    text: str
    start: int
    end: int
    day: int
    month: int
    on: date | None
    is_certain: bool
    is_told: bool


def find_lunar_days(text: str, *, near: date | None = None) -> tuple[LunarDay, ...]:
    """A text, and the day (Viet Nam's) near which days without a year lie -> its lunar days, in order."""
    if _MAY_BE.search(text) is None:
        return ()
    found: list[LunarDay] = []
    for pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            if any(one.start < hit.end() and hit.start() < one.end for one in found):
                continue
            read = _read(hit, near)
            if read is not None:
                found.append(read)
    return tuple(sorted(found, key=lambda one: one.start))


def _read(hit: re.Match[str], near: date | None) -> LunarDay | None:
    groups = hit.groupdict()
    named = " ".join(groups["m"].lower().split())
    month, day = _number(named), 15 if groups.get("full") else _number((groups.get("d") or "").lower())
    signed = bool(groups.get("sign") or groups.get("late") or groups.get("stem"))
    is_told = signed or bool(groups.get("full")) or named in {"tết", "giêng", "chạp"}
    if not (is_told or groups.get("first")) or not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    if not is_told and groups.get("y"):
        return None  # "mùng 2 tháng 9 năm 1945" is a day of the common calendar
    year, leap = _year_of(groups, month, near), bool(groups.get("leap"))
    on = _convert(day, month, year, leap=leap) if year else _nearest(day, month, near, leap=leap)
    return LunarDay(
        hit[0], hit.start(), hit.end(), day, month, on, year is not None and on is not None, is_told
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS.get(text, 0)


def _year_of(groups: dict[str, str | None], month: int, near: date | None) -> int | None:
    """The lunar year that is written; None where the number of the year may be the common calendar's."""
    written = groups.get("y")
    stem, branch = groups.get("stem"), groups.get("branch")
    if stem and branch:
        return _year_named(stem.lower(), branch.lower(), near)
    return int(written) if written and month <= _LAST_SAME else None


def _year_named(stem: str, branch: str, near: date | None) -> int | None:
    """The year of a stem and a branch that is nearest to a day; None for two that never meet (Giáp Sửu)."""
    at = _STEMS.index(_SPELLED.get(stem, stem)), _BRANCHES.index(_SPELLED.get(branch, branch))
    turn = next((n for n in range(_CYCLE) if (n % len(_STEMS), n % len(_BRANCHES)) == at), None)
    if turn is None or near is None:
        return None
    years = range(_FIRST + turn - 2 * _CYCLE, _FIRST + turn + 2 * _CYCLE + 1, _CYCLE)
    return min(years, key=lambda year: abs(year - near.year))


def _nearest(day: int, month: int, near: date | None, *, leap: bool) -> date | None:
    if near is None:
        return None
    lunar_year = solar_to_lunar(near).year
    found = [_convert(day, month, year, leap=leap) for year in range(lunar_year - 1, lunar_year + 2)]
    return min(_real(found), key=lambda one: abs((one - near).days), default=None)


def _real(days: list[date | None]) -> Iterator[date]:
    yield from (day for day in days if day is not None)


def _convert(day: int, month: int, year: int, *, leap: bool) -> date | None:
    """The common calendar's day; None for one that the lunar year does not have."""
    try:
        on = convert_lunar_to_solar(day, month, year, int(leap))
    except ValueError:
        return None
    back = solar_to_lunar(on)  # a month of 29 days has no 30th: the library goes on into the next
    return on if (back.day, back.month) == (day, month) else None
