"""When to look at a feed again: from what it has yielded, what it asks for, how it failed. Pure.

The model is miniflux's `entry_frequency`: the time in which a feed gives so much of an entry, within limits.
Times are aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from crawler.courtesy.manners import LONGEST_WISH
from crawler.wire.answers import Answer, NoAnswer, rest_seconds
from store.types import Feed, FeedKind, FeedState, Source

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# With a tick a minute within ten. Not more often for those that give more: where an outlet has sixteen feeds,
# its day of requests would be used up before midnight (bench/week.py).
PRIORITY = timedelta(minutes=9)
LEAST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
USUAL = timedelta(hours=1)  # for reckoning a host's day; each feed has its own time
LOOKS = 14  # for each entry a feed gives: one that gives one a day is looked at every 1 h 43 min
WISH = timedelta(hours=6)  # longest wait for a ttl or max-age: those speak of caches, not of our questions
LOOK_SOON = timedelta(minutes=5)  # where pages of a feed are left for want of time

PATIENCE = 3  # failures in a row before a feed is asked less often
FIRST_WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=6)  # never silent for good: a feed that comes back is noticed within a morning
LONGEST_PRIORITY_WAIT = timedelta(hours=1)

JITTER = 0.1
REMEMBERED = 28  # days of yields
_SKEW = timedelta(minutes=2)  # of clocks; a last look further ahead than this means a clock was set back


def is_leading(source: Source, feed: Feed) -> bool:
    """Whether it is by this feed that a priority source is seen within ten minutes: the first in use.

    An outlet's other feeds mostly repeat it by section; asking all sixteen so often would be a burden.
    """
    used = (other.url for other in source.feeds if not other.disabled and other.kind is not FeedKind.NONE)
    return source.priority and next(used, "") == feed.url


def is_feed_due(state: FeedState | None, now: datetime) -> bool:
    """Whether a feed is to be asked now. A clock set back makes a feed due: it must not stop until then."""
    if state is None or state.checked_at is None or state.next_at is None:
        return True
    return now >= state.next_at or state.checked_at > now + _SKEW


def planned(
    state: FeedState, answer: Answer | NoAnswer, *, priority: bool, at: datetime, unit: float
) -> FeedState:
    """The state after a look, with the time of the next.

    Args:
        state: after the look: failures, yields and what the feed asks for are those of now.
        answer: what was received.
        priority: whether it is to be seen within ten minutes; see `is_leading`.
        at: the time of the look.
        unit: -1 to 1, for the jitter; see `unit_from`.

    """
    wait = interval(state, wished(answer, at), priority=priority, at=at)
    # jitter must not make a priority feed later than its limit
    wait *= 1 + JITTER * ((unit - 1) / 2 if priority and not state.failures else unit)
    at_next = at + wait
    if not priority:
        at_next = beyond_days_off(beyond_hours_off(at_next, state.asks.hours_off), state.asks.days_off)
    return replace(state, next_at=max(at_next, at + rest_of(answer, at)))


def interval(state: FeedState, wish: timedelta, *, priority: bool, at: datetime) -> timedelta:
    """How long to leave a feed alone, before jitter; see `planned`. `wish` is what the answer asks for."""
    wish = min(WISH, max(wish, timedelta(seconds=state.asks.wait_seconds)))
    wait = max(by_yields(state, at), wish)
    wait = PRIORITY if priority else min(LONGEST, max(LEAST, wait))
    return max(wait, after_failures(state.failures, priority=priority))


def by_yields(state: FeedState, at: datetime) -> timedelta:
    """The time in which a feed gives a fourteenth of an entry, by the better of its last 7 and 28 days."""
    ages = [((at.date() - date.fromisoformat(day)).days, count) for day, count in state.yields]
    known = max((age for age, _ in ages), default=0)
    # a day that was not seen counts as one with an entry
    week = sum(count for age, count in ages if age < 7) + max(0, 7 - known)
    entries = max(week, sum(count for _, count in ages) / 4)
    return 7 * DAY / (entries * LOOKS) if entries else LONGEST


def after_failures(failures: int, *, priority: bool) -> timedelta:
    """How long to leave a feed alone after failures in a row: from the third 10 minutes, doubling."""
    if failures < PATIENCE:
        return timedelta(0)
    longest = LONGEST_PRIORITY_WAIT if priority else LONGEST_WAIT
    return min(longest, FIRST_WAIT * (1 << min(failures - PATIENCE, 10)))


def with_yield(state: FeedState, entries: int, *, at: datetime) -> FeedState:
    """Count what a look gave: new entries by day. What lay there at the first look does not count."""
    given = 0 if state.succeeded_at is None else entries
    today, oldest = at.date().isoformat(), (at.date() - REMEMBERED * DAY).isoformat()
    counts = {day: count for day, count in state.yields if day > oldest}
    counts[today] = counts.get(today, 0) + given
    return replace(state, yields=tuple(sorted(counts.items())))


def wished(answer: Answer | NoAnswer, at: datetime) -> timedelta:
    """How long an answer calls itself fresh: max-age less Age, else Expires (RFC 9111, 4.2.1)."""
    if isinstance(answer, NoAnswer):
        return timedelta(0)
    said = _directives(answer.header("cache-control"))
    if "no-cache" in said or "no-store" in said:
        return timedelta(0)
    seconds = _number(said.get("max-age", ""))
    if seconds is not None:
        return timedelta(seconds=max(0, seconds - (_number(answer.header("age")) or 0)))
    expires = _http_date(answer.header("expires"))
    return max(timedelta(0), expires - (_http_date(answer.header("date")) or at)) if expires else timedelta(0)


def rest_of(answer: Answer | NoAnswer, at: datetime) -> timedelta:
    """The wait that Retry-After asks for, at most a week. The host's own rest is in its HostState."""
    if isinstance(answer, NoAnswer) or answer.status not in {429, 503}:
        return timedelta(0)
    return min(LONGEST_WISH, timedelta(seconds=rest_seconds(answer.header("retry-after"), at) or 0))


def beyond_hours_off(at: datetime, hours_off: tuple[int, ...]) -> datetime:
    """The first moment from `at` on that lies in no hour (UTC) that a feed leaves out (skipHours)."""
    if len(set(hours_off)) >= 24:
        return at
    while at.hour in hours_off:
        at = at.replace(minute=0, second=0, microsecond=0) + HOUR
    return at


def beyond_days_off(at: datetime, days_off: tuple[int, ...]) -> datetime:
    """The first moment from `at` on on no day (UTC, 0 is Monday) that a feed leaves out (skipDays)."""
    if len(set(days_off)) >= 7:
        return at
    while at.weekday() in days_off:
        at = at.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    return at


def unit_from(url: str, at: datetime) -> float:
    """A number from -1 to 1 that is the same for the same feed and second on every machine."""
    digest = blake2b(f"{url}\n{int(at.timestamp())}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / (2**63) - 1


def is_whole_look_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed is to be asked without conditions: once a day, at a time of day that its address gives.

    A server that answers 304 for ever would otherwise be believed for ever.
    """
    last = state.succeeded_at
    return last is None or _day_of(state.url, last) != _day_of(state.url, now)


def _day_of(url: str, at: datetime) -> int:
    offset = int.from_bytes(blake2b(url.encode(), digest_size=4).digest()) % 86_400
    return (int(at.timestamp()) + offset) // 86_400


def _directives(value: str) -> Mapping[str, str]:
    parts = (part.strip().partition("=") for part in value.lower().split(","))
    return {name.strip(): text.strip(' "') for name, _, text in parts}


def _number(text: str) -> int | None:
    return int(text[:9]) if text.isascii() and text.isdecimal() else None


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None  # also "0" and "-1", which mean: at once
    return found if found.tzinfo else None
