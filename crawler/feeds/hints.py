"""What a feed itself says of how often to look: ttl, skipHours, skipDays, sy:updatePeriod. Pure.

Read with patterns from the head of the feed, before its first entry; nothing in it is expanded.
"""

from __future__ import annotations

import re

from store.types import FeedAsks

_HEAD = 64 * 1024  # bytes; of what comes before the first entry
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry|url|sitemap)[\s>]", re.IGNORECASE)
_TTL = re.compile(rb"<ttl\s*>\s*(\d{1,6})\s*</ttl", re.IGNORECASE)
_PERIOD = re.compile(rb"<\w+:updatePeriod\s*>\s*(\w+)\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<\w+:updateFrequency\s*>\s*(\d{1,4})\s*</", re.IGNORECASE)
_SKIP_HOURS = re.compile(rb"<skipHours\s*>(.*?)</skipHours", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays\s*>(.*?)</skipDays", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(rb"<day\s*>\s*(\w+)\s*<", re.IGNORECASE)

_PERIODS = {
    b"hourly": 3600,
    b"daily": 86_400,
    b"weekly": 604_800,
    b"monthly": 2_592_000,
    b"yearly": 31_536_000,
}
_DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def asks_from(body: bytes) -> FeedAsks:
    """Read a feed's wishes; what is absent or makes no sense is no wish.

    Args:
        body: of the answer, decompressed. ttl is in minutes (RSS 2.0), hours are GMT.

    """
    head = body[:_HEAD]
    entry = _FIRST_ENTRY.search(head)
    head = head[: entry.start()] if entry else head
    hours = {int(hour) % 24 for hour in _NUMBER.findall(_inside(_SKIP_HOURS, head)) if int(hour) <= 24}
    names = (name.lower() for name in _DAY.findall(_inside(_SKIP_DAYS, head)))
    days = {_DAYS.index(name) for name in names if name in _DAYS}
    return FeedAsks(max(_ttl(head), _period(head)), tuple(sorted(hours)), tuple(sorted(days)))


def _inside(pattern: re.Pattern[bytes], head: bytes) -> bytes:
    found = pattern.search(head)
    return found[1] if found else b""


def _ttl(head: bytes) -> int:
    found = _TTL.search(head)
    return int(found[1]) * 60 if found else 0


def _period(head: bytes) -> int:
    period = _PERIOD.search(head)
    seconds = _PERIODS.get(period[1].lower(), 0) if period else 0
    frequency = _FREQUENCY.search(head)
    return seconds // max(1, int(frequency[1])) if frequency else seconds
