"""Dates in Vietnamese and English text. Pure; time grows with the length of the text alone.

Each way to name a date is one pattern with one small function; the first pattern that fits at a place has it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nlp.dates.lunar import find_lunar_days
from nlp.dates.mention import DateKind, DateMention
from nlp.dates.spans import (
    Span,
    day_or_none,
    month_span,
    nearest_year,
    week_span,
    year_span,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_TEXT = 200_000  # characters that are looked at
_MONTHS_EN = "january|february|march|april|may|june|july|august|september|october|november|december"
_EN = _MONTHS_EN.split("|")
_DAYS_EN = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_RELATIVE = {
    "hôm nay": 0, "sáng nay": 0, "trưa nay": 0, "chiều nay": 0, "tối nay": 0, "đêm nay": 0, "ngày hôm nay": 0,
    "hôm qua": -1, "sáng qua": -1, "trưa qua": -1, "chiều qua": -1, "tối qua": -1, "đêm qua": -1,
    "ngày hôm qua": -1, "hôm kia": -2, "ngày mai": 1, "sáng mai": 1, "hôm sau": 1,
    "today": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0, "tonight": 0,
}  # fmt: skip
_SPANS = {
    "tuần này": ("week", 0), "tuần trước": ("week", -1), "tuần qua": ("week", -1), "tuần tới": ("week", 1),
    "tháng này": ("month", 0), "tháng trước": ("month", -1), "tháng qua": ("month", -1),
    "tháng tới": ("month", 1), "năm nay": ("year", 0), "năm ngoái": ("year", -1), "năm trước": ("year", -1),
    "năm tới": ("year", 1), "this week": ("week", 0), "last week": ("week", -1), "next week": ("week", 1),
    "this month": ("month", 0), "last month": ("month", -1), "this year": ("year", 0),
    "last year": ("year", -1), "next year": ("year", 1),
}  # fmt: skip

Found = tuple[Span, DateKind, bool] | None
Reader = Callable[[re.Match[str], date], Found]


def _whole(day: date | None, *, certain: bool, kind: DateKind = DateKind.ABSOLUTE) -> Found:
    return ((day, day), kind, certain) if day else None


def _span(span: Span | None, *, certain: bool, kind: DateKind = DateKind.ABSOLUTE) -> Found:
    return (span, kind, certain) if span else None


def _full(hit: re.Match[str], _near: date) -> Found:
    return _whole(day_or_none(int(hit["y"]), int(hit["m"]), int(hit["d"])), certain=True)


def _without_year(hit: re.Match[str], near: date) -> Found:
    return _whole(nearest_year(int(hit["m"]), int(hit["d"]), near), certain=False)


def _english(hit: re.Match[str], near: date) -> Found:
    month = _EN.index(hit["month"].lower()) + 1
    if hit["y"]:
        return _whole(day_or_none(int(hit["y"]), month, int(hit["d"])), certain=True)
    return _whole(nearest_year(month, int(hit["d"]), near), certain=False)


def _month(hit: re.Match[str], near: date) -> Found:
    year = int(hit["y"]) if hit["y"] else near.year
    return _span(month_span(year, int(hit["m"])), certain=bool(hit["y"]))


def _half(hit: re.Match[str], near: date) -> Found:
    count = int(hit["n"]) if hit["n"].isdigit() else _WORDS.get(hit["n"].lower(), 0)
    year = int(hit["y"]) if hit["y"] else near.year
    first = 13 - count if hit["part"].lower() == "cuối" else 1
    return _span(month_span(year, first, months=count) if 1 <= count <= 12 else None, certain=bool(hit["y"]))


def _quarter(hit: re.Match[str], near: date) -> Found:
    year = int(hit["y"]) if hit["y"] else near.year
    quarter = _QUARTERS[hit["q"].lower()]
    return _span(month_span(year, quarter * 3 - 2, months=3), certain=bool(hit["y"]))


def _year(hit: re.Match[str], _near: date) -> Found:
    return _span(year_span(int(hit["y"])), certain=True)


def _relative(hit: re.Match[str], near: date) -> Found:
    shift = timedelta(days=_RELATIVE[" ".join(hit[0].lower().split())])
    return _whole(near + shift, certain=True, kind=DateKind.RELATIVE)


def _relative_span(hit: re.Match[str], near: date) -> Found:
    unit, shift = _SPANS[" ".join(hit[0].lower().split())]
    if unit == "week":
        span: Span | None = week_span(near + timedelta(weeks=shift))
    elif unit == "month":
        year, month = divmod(near.year * 12 + near.month - 1 + shift, 12)
        span = month_span(year, month + 1)
    else:
        span = year_span(near.year + shift)
    return _span(span, certain=True, kind=DateKind.RELATIVE)


def _weekday(hit: re.Match[str], near: date) -> Found:
    wanted = _DAYS_EN.split("|").index(hit["weekday"].lower())
    back = (near.weekday() - wanted) % 7 or (7 if hit["last"] else 0)
    return _whole(near - timedelta(days=back), certain=True, kind=DateKind.RELATIVE)


def _any_of(words: Iterable[str]) -> str:
    either = "|".join(sorted(words, key=len, reverse=True)).replace(" ", r"\s+")
    return rf"(?<!\w)(?:{either})(?!\w)"


def _patterns() -> Iterator[tuple[re.Pattern[str], Reader]]:
    """The longer ways first: what one has read, another cannot read again."""
    d, m, y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>(?:19|20)\d\d)"
    said = r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|rạng sáng|mùng|mồng|on)\s+"
    forms: tuple[tuple[str, Reader], ...] = (
        (rf"(?<![\d/.-]){d}([/.-]){m}\2{y}(?!\d)", _full),
        (rf"(?<!\d){d}\s+tháng\s+{m}(?:\s+năm|,)\s+{y}(?!\d)", _full),
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _full),
        (rf"(?<!\d){d}\s+(?P<month>{_MONTHS_EN})(?:,?\s+{y})?(?!\d)", _english),
        (rf"\b(?P<month>{_MONTHS_EN})\s+{d}(?:,\s+{y})?(?![\d:])", _english),
        (
            rf"\b(?P<n>\d{{1,2}}|ba|sáu|chín)\s+tháng\s+(?P<part>đầu|cuối)\s+năm(?:\s+{y})?(?!\d)",
            _half,
        ),
        (rf"\bquý\s+(?P<q>iv|iii|ii|i|[1-4])(?:[/\s-]+(?:năm\s+)?{y})?(?!\w)", _quarter),
        (rf"(?<!\d){d}\s+tháng\s+{m}(?!\d)", _without_year),
        (rf"(?:{said}|\(){d}[/.-]{m}(?![\d/.-]?\d|%|\s?(?:%|km|m\b|ha))", _without_year),
        (rf"\btháng\s+{m}(?:(?:\s+năm|[/-]|,)\s?{y})?(?![\d/])", _month),
        (rf"\b(?:năm|in|since)\s+{y}(?!\d)", _year),
        (_any_of(_RELATIVE), _relative),
        (_any_of(_SPANS), _relative_span),
        (rf"\b(?P<last>last\s+)?(?:on\s+)?(?P<weekday>{_DAYS_EN})\b", _weekday),
    )
    for form, reader in forms:
        yield re.compile(form, re.IGNORECASE), reader


_READERS = tuple(_patterns())


def find_dates(text: str, *, published: datetime) -> tuple[DateMention, ...]:
    """A text and when it was published (aware) -> the dates it names, in order, none within another.

    Days are Viet Nam's: a text published at 18:00 UTC is of the next day there. `text[start:end]` is what is
    written. What is no date of the calendar (31/2) is left out.
    """
    near = published.astimezone(ZONE).date()
    lunar = find_lunar_days(text[:MOST_TEXT], near=near)
    taken = [(one.start, one.end) for one in lunar]
    found = [
        DateMention(one.text, one.start, one.end, one.on, one.on, DateKind.LUNAR, one.is_certain)
        for one in lunar
        if one.on is not None
    ]
    for pattern, reader in _READERS:
        fresh = []
        for hit in pattern.finditer(text[:MOST_TEXT]):
            if _is_taken(taken, hit.start(), hit.end()):
                continue
            read = reader(hit, near)
            if read is not None:
                (first, last), kind, certain = read
                start = hit.start() + (1 if hit[0].startswith("(") else 0)
                fresh.append(
                    DateMention(text[start : hit.end()], start, hit.end(), first, last, kind, certain)
                )
        found += fresh
        taken = sorted([*taken, *((one.start, one.end) for one in fresh)])
    return tuple(sorted(found, key=lambda one: one.start))


def _is_taken(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place was read already; `taken` is sorted and its parts do not overlap."""
    at = bisect_right(taken, start, key=lambda one: one[1])
    return at < len(taken) and taken[at][0] < end
