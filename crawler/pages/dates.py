"""Dates as newspapers write them: ISO, RFC 822, Vietnamese and English words -> aware UTC. Pure, no clock.

Measured on the date strings of the ViMs corpus (111 shapes). Where a zone is missing it is assumed and the
confidence says so; a date that cannot be read with certainty is None, never a guess from today's date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MAX_TEXT = 200  # characters; a date string is short, anything longer is a paragraph
FUTURE_GRACE = timedelta(days=1)  # clocks and zones go wrong by hours, not by days
EARLIEST_YEAR = 1990  # no outlet of the catalogue was on the web before


class SlashOrder(StrEnum):
    """How 8/9/2026 is to be read."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A moment (UTC) and how sure the string made us: 1.0 with zone, 0.9 zone assumed, 0.6 day only."""

    at: datetime
    confidence: float
    day: date | None = field(default=None, compare=False)  # as written, in the zone of the string

    @property
    def day_only(self) -> bool:
        """Whether the string gave no time of day."""
        return self.confidence == 0.6


_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_VIETNAMESE = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "ict": 7, "wib": 7, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9,
    "ist": 5.5, "cet": 1, "cest": 2, "bst": 1, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "aest": 10, "aedt": 11,
}  # fmt: skip

_AFTERNOON, _MORNING = frozenset({"pm", "ch", "chiều", "tối", "trưa"}), frozenset({"am", "sa", "sáng"})
_SPACED = re.compile(r"(?<=\d)\s*([/:])\s*(?=\d)")  # "19 / 5 / 2016", "7: 25"
_GLUED = re.compile(r"(?<=[-/.](?:19|20)\d\d)(?=\d\d:\d\d)")  # "19/05/201600:00:00"
_CUT_ZONE = re.compile(r"\b(?:gmt|utc)\s?[+-](?!\s?\d)")  # "GMT+" cut off before its figure says no zone
_YEARLESS = re.compile(r"^(?P<day>\d{1,2})/(?P<month>\d{1,2})\s+(?P<time>\d{1,2}:\d{2})$")
_TIME = re.compile(
    r"(?<![\d:./-])(?:(?<=\dt)|(?<!\w))(?P<hour>\d{1,2})\s?(?:h\s?:?|:|giờ|g)\s?(?P<minute>\d{1,2})(?!\d)"
    r"(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?\s*(?:(?P<half>am|pm|sa|ch|sáng|trưa|chiều|tối)\b)?"
    r"(?:\s*(?P<sign>[+-])(?P<zh>\d{2})(?::?(?P<zm>\d{2}))?(?![\d/.-]))?"
)
_NAMED_OFFSET = re.compile(r"\b(?:gmt|utc)\s?(?P<sign>[+-])\s?(?P<zh>\d{1,2})(?::?(?P<zm>\d{2}))?(?!\d)")
_NAMED_ZONE = re.compile(r"(?:(?<=\d)|\b)(" + "|".join(sorted(_ZONES, key=len, reverse=True)) + r")\b")
_YEAR = r"(?P<year>\d{4}|\d{2})(?![\d:])"
_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<![\d:])(?P<first>\d{{1,2}})[-/.](?P<second>\d{{1,2}})[-/.]{_YEAR}"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})\s+th[aá]ng\s+(?P<month>\d{1,2}|mười (?:một|hai)|\w+)\s*,?\s*(?:n[aă]m\s+)?"
        + _YEAR
    ),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{{3,9}})\.?,?[\s-]+{_YEAR}"),
    re.compile(rf"\b(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"),
)
_ASCTIME = re.compile(
    r"\b(?P<month>[a-z]{3})\s+(?P<day>\d{1,2})\s+\d{2}:\d{2}:\d{2}\s+(?:[a-z]{3,4}\s+)?(?P<year>\d{4})$"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?=z|\+|-|$)")
_UNIX = re.compile(r"^1\d{9}(?:\d{3})?$")
# .NET's American default, seen at tuoitre.vn on 23 Aug 2026: "8/23/2026 5:20:00 AM", with U+202F and no zone.
_AMERICAN = re.compile(r"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2} [ap]m$")


def _fold(text: str) -> str:
    """NFC, lower case, every kind of space one space and none round / and : between figures."""
    spaced = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return _CUT_ZONE.sub("", _GLUED.sub(" ", _SPACED.sub(r"\1", spaced)))


def _month(word: str) -> int:
    """Number of a month written in figures or words; 0 when it is none."""
    if word.isdigit():
        return int(word)
    if word in _VIETNAMESE:
        return _VIETNAMESE[word]
    return _ENGLISH.index(word[:3]) + 1 if word[:3] in _ENGLISH else 0


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _day_month(found: dict[str, str], order: SlashOrder) -> tuple[int, int]:
    if "first" not in found:
        return int(found["day"]), _month(found["month"])
    first, second = int(found["first"]), int(found["second"])
    american = order is SlashOrder.MONTH_FIRST
    if second > 12 >= first:
        american = True
    elif first > 12:
        american = False
    return (second, first) if american else (first, second)


def _find_day(text: str, order: SlashOrder) -> tuple[tuple[int, int, int], str] | None:
    """Find year, month, day; also gives the text without the words that made them."""
    for pattern in (_ASCTIME, *_DATES):
        match = pattern.search(text)
        if match is None:
            continue
        found = {name: value for name, value in match.groupdict().items() if value}
        day, month = _day_month(found, order)
        year = _full_year(found["year"])
        if 1 <= month <= 12 and 1 <= day <= 31 and EARLIEST_YEAR <= year <= 2100:
            rest = (
                text
                if pattern is _ASCTIME
                else f"{text[: match.start()]} {text[match.end() :].removeprefix('t')}"
            )
            return (year, month, day), rest
    return None


def _offset(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    amount = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-amount if sign == "-" else amount) if amount <= timedelta(hours=14) else None


def _find_zone(text: str, time: re.Match[str] | None) -> tzinfo | None:
    if time is not None and time["zh"]:
        return _offset(time["sign"], time["zh"], time["zm"])
    named = _NAMED_OFFSET.search(text)
    if named is not None:
        return _offset(named["sign"], named["zh"], named["zm"])
    word = _NAMED_ZONE.search(text)
    return timezone(timedelta(hours=_ZONES[word[1]])) if word else None


def _clock(time: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    if time["half"] in _AFTERNOON and hour < 12 and (time["half"] != "trưa" or hour < 6):
        hour += 12  # "15:43 PM" is written, and means 15:43; "11:30 trưa" is before noon
    elif time["half"] in _MORNING and hour == 12:
        hour = 0
    return (hour, minute, min(second, 59)) if hour < 24 and minute < 60 else None


def _build(day: tuple[int, int, int], clock: tuple[int, int, int], zone: tzinfo) -> datetime | None:
    try:
        return datetime(*day, *clock, tzinfo=zone).astimezone(UTC)
    except ValueError:  # 31 February
        return None


def _parse_compact(text: str, zone: tzinfo) -> ParsedDate | None:
    match = _COMPACT.match(text)
    if match is None:
        return None
    year, month, day, *clock = (int(group or 0) for group in match.groups())
    found = _find_zone(text[match.end() :], None)
    at = _build((year, month, day), (clock[0], clock[1], clock[2]), found or zone)
    if at is None or not EARLIEST_YEAR <= year <= 2100:
        return None
    return ParsedDate(at, 0.6 if match[4] is None else 1.0 if found else 0.9, date(year, month, day))


def _with_year(text: str, near: datetime, zone: tzinfo) -> str:
    """Give "21/05 06:45" the year that makes it the last such day before `near`; other texts stay."""
    match = _YEARLESS.match(text)
    if match is None:
        return text
    local = (near + FUTURE_GRACE).astimezone(zone)
    later = (int(match["month"]), int(match["day"])) > (local.month, local.day)
    return f"{match['day']}/{match['month']}/{local.year - later} {match['time']}"


def parse(
    text: str,
    *,
    zone: tzinfo = VIETNAM,
    order: SlashOrder = SlashOrder.DAY_FIRST,
    near: datetime | None = None,
) -> ParsedDate | None:
    """Read a date string.

    Args:
        text: as written, at most 200 characters; more is not a date.
        zone: assumed where the string names none.
        order: of day and month where figures alone leave it open; "8/23/2026 5:20:00 AM" is always American.
        near: when the page was received (aware): a date that names day, month and time but no year, as
            bongdanet.vn writes it, is taken as the last one before, with half the confidence. None: it is
            not read.

    Returns:
        The moment in UTC with a confidence, or None when no date with day, month and year is in it.
        A date without time of day is taken at 00:00 of its zone.

    """
    folded = _fold(text) if len(text) <= MAX_TEXT else ""
    if _UNIX.match(folded):
        moment = datetime.fromtimestamp(int(folded[:10]), UTC)
        return ParsedDate(moment, 1.0, moment.astimezone(zone).date())
    if _AMERICAN.match(folded):
        order = SlashOrder.MONTH_FIRST
    if near is not None and (dated := _with_year(folded, near, zone)) != folded:
        whole = parse(dated, zone=zone)
        return replace(whole, confidence=0.45) if whole else None
    found = _find_day(folded, order)
    if found is None:
        return _parse_compact(folded, zone)
    day, rest = found
    time = _TIME.search(rest)
    clock = _clock(time) if time else None
    named = _find_zone(rest, time) if clock else None
    at = _build(day, clock or (0, 0, 0), named or zone)
    if at is None:
        return None
    return ParsedDate(at, 0.6 if clock is None else 1.0 if named else 0.9, date(*day))


def find_order(texts: Iterable[str]) -> SlashOrder:
    """Tell how one feed orders day and month, from those of its dates that leave no doubt; else day first.

    baochinhphu.vn writes American order without AM or PM: one item of the 23rd settles the item of the 8th.
    """
    votes = 0
    for text in texts:
        match = _DATES[1].search(_fold(text)[:MAX_TEXT])
        if match is not None:
            first, second = int(match["first"]), int(match["second"])
            votes += (second > 12 >= first) - (first > 12 >= second)
    return SlashOrder.MONTH_FIRST if votes > 0 else SlashOrder.DAY_FIRST


def find_fault(at: datetime, fetched_at: datetime) -> str:
    """Say why a publication time cannot be true, in words; "" when it can.

    Args:
        at: the time claimed (aware).
        fetched_at: when the page or feed was received (aware).

    """
    if at > fetched_at + FUTURE_GRACE:
        return f"{at:%Y-%m-%d %H:%M} UTC lies in the future of {fetched_at:%Y-%m-%d %H:%M} UTC"
    return ""
