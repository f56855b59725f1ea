"""The days of a month that a sentence names, of either calendar, and whether two of them can be one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nlp.dates import LunarDay, find_lunar_days

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = re.compile(
    r"(?<![\d/.,-])(?P<d>\d{1,2})(?:[/.-]|\s+tháng\s+)(?P<m>\d{1,2})(?![\d%])(?!,\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTHS})\b|\b(?P<m3>{_MONTHS})\s+(?P<d3>\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|\bon|\()\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, `name` as written at `start:end` of the article's text.

    `lunar`: how it is read by the lunar calendar, where it is written so or may be ("mùng 8 tháng 3").
    """

    day: int
    month: int
    name: str
    start: int
    end: int
    lunar: LunarDay | None = None

    def is_apart(self, other: Day) -> bool:
        """Whether the two cannot be one day. Of two calendars they can, unless the lunar year is written."""
        if (self.lunar is None and other.lunar is None) or (self.lunar and other.lunar):
            return (self.day, self.month) != (other.day, other.month)
        lunar, common = (self.lunar, other) if self.lunar else (other.lunar, self)
        if lunar is None or lunar.on is None or not (lunar.is_certain and lunar.is_told):
            return False
        return (lunar.on.day, lunar.on.month) != (common.day, common.month)

    def on(self, published: date) -> date:
        """The day that is meant in an article of a day; ValueError for none of the calendar (31 April)."""
        if self.lunar and self.lunar.is_told and self.lunar.on:
            return self.lunar.on
        return date(published.year, self.month, self.day)


def find_days(sentence: str, start: int, published: date) -> Iterator[Day]:
    """A sentence that begins at `start` of an article of a day (Viet Nam's) -> the days it names, in order.

    Days with their months, where the words before say that it is a day.
    """
    lunar = find_lunar_days(sentence, near=published)
    found = [Day(one.day, one.month, one.text, start + one.start, start + one.end, one) for one in lunar]
    for hit in _DAY.finditer(sentence):
        if any(one.start < hit.end() and hit.start() < one.end for one in lunar):
            continue
        named = hit["m2"] or hit["m3"]
        month = _MONTHS.split("|").index(named.lower()) + 1 if named else int(hit["m"])
        day = int(hit["d"] or hit["d2"] or hit["d3"])
        is_day = named or "tháng" in hit[0] or _OF_A_DAY.search(sentence[: hit.start()])
        if is_day and 1 <= day <= 31 and 1 <= month <= 12:
            found.append(Day(day, month, hit[0], start + hit.start(), start + hit.end()))
    yield from sorted(found, key=lambda day: day.start)
