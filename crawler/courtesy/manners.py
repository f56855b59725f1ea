"""How a host is treated, as functions of what is remembered of it. Pure; times are aware."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from zoneinfo import ZoneInfo

from crawler import words
from crawler.wire.answers import NoAnswer, Trouble, rest_seconds
from store.types import HostState

REFUSAL_CODES = {401, 403, 451}
FIRST_REST = timedelta(minutes=15)  # where a host wants rest and does not say how long; doubles each time
LONGEST_REST = timedelta(hours=24)
LONGEST_WISH = timedelta(days=7)  # of a Retry-After; a longer one is a slip, and would be silence for good
REFUSALS = 5  # in a row, after which a host is taken to mean it
BLOCKED_REST = timedelta(hours=24)  # between questions to a host that refuses us: one feed
LONGEST_WAIT = 60.0  # seconds waited inside a run; where robots.txt wants more, the next run has its turn
HELD = 0.9  # of a day's requests at most that are held for feeds

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Kind(StrEnum):
    """What a request is for. Redirects and retries are of the kind of the first."""

    FEED = "feed"
    PAGE = "page"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Budget:
    """A host's day: requests of any kind, and how many of them its feeds need if the day is whole."""

    requests: int
    feeds: int = 0

    def for_pages(self, now: datetime) -> int:
        """How many requests may be made by now before pages must leave the rest of the day to feeds."""
        local = now.astimezone(_ZONE)
        left = 1 - (local.hour * 60 + local.minute) / 1440
        kept = min(ceil(self.feeds * left), int(self.requests * HELD))
        return self.requests - kept


def today(now: datetime) -> str:
    """The day of a host's budget: ISO, as the outlets' own clocks have it."""
    return now.astimezone(_ZONE).date().isoformat()


def used(state: HostState, now: datetime) -> int:
    """How many requests were made on the day of `now`."""
    return state.requests if state.day == today(now) else 0


def started(state: HostState, now: datetime) -> HostState:
    """The state when a request of any kind starts."""
    return replace(state, asked_at=now, day=today(now), requests=used(state, now) + 1)


def wait_seconds(state: HostState, pause: float, now: datetime) -> float:
    """How long until the next request may start; the pause at most, also when a clock was set back.

    A pause too long to be waited for within a run must not keep a host from us until a clock that was set
    back comes to where it was.
    """
    if state.asked_at is None:
        return 0.0
    since = (now - state.asked_at).total_seconds()
    if since < -LONGEST_WAIT:
        return min(pause, LONGEST_WAIT)
    return min(pause, max(0.0, pause - since))


def hold_back(state: HostState, kind: Kind, budget: Budget, pause: float, now: datetime) -> NoAnswer | None:
    """Say why a host is not asked now; None when it may be."""
    if is_resting(state, now):
        return NoAnswer(Trouble.RESTING, words.RESTING.format(why=state.rest_why))
    if state.blocked_since is not None and kind is Kind.PAGE:
        return NoAnswer(Trouble.RESTING, words.RESTING.format(why=state.rest_why))
    if used(state, now) >= budget.requests:
        return NoAnswer(Trouble.SPENT, words.SPENT.format(host=state.host, count=budget.requests))
    if kind is Kind.PAGE and used(state, now) >= budget.for_pages(now):
        return NoAnswer(Trouble.SPENT, words.HELD.format(host=state.host, count=budget.requests))
    if wait_seconds(state, pause, now) > LONGEST_WAIT:
        return NoAnswer(Trouble.BUDGET, words.LATER.format(host=state.host, seconds=round(pause)))
    return None


def is_resting(state: HostState, now: datetime) -> bool:
    """Whether a host is to be left alone; a rest longer than any is a clock that was set back."""
    return state.rest_until is not None and now < state.rest_until <= now + LONGEST_WISH


def answered(state: HostState, status: int, retry_after: str, kind: Kind, *, now: datetime) -> HostState:
    """The state after an answer.

    Args:
        state: before.
        status: HTTP code.
        retry_after: the header as sent, "" without it (RFC 9110, 10.2.3).
        kind: what was asked for: that robots.txt is refused says nothing of pages (RFC 9309, 2.3.1.3).
        now: the time of the answer.

    """
    if status == 429 or (status == 503 and retry_after):
        return _rested(state, status, rest_seconds(retry_after, now), now)
    if kind is Kind.ROBOTS:
        return state
    if status in REFUSAL_CODES:
        return _refused(state, status, now)
    if status in {200, 304}:
        return replace(state, rests=0, refusals=0, blocked_since=None, rest_until=None, rest_why="")
    return state


def _rested(state: HostState, status: int, seconds: int | None, now: datetime) -> HostState:
    if seconds:
        rest = min(timedelta(seconds=seconds), LONGEST_WISH)
        why = words.WAIT.format(code=status, seconds=seconds)
    else:
        rest = min(LONGEST_REST, FIRST_REST * (1 << min(state.rests, 10)))
        why = words.SLOW_DOWN.format(code=status)
    return replace(state, rests=state.rests + 1, rest_until=now + rest, rest_why=why)


def _refused(state: HostState, status: int, now: datetime) -> HostState:
    refusals = state.refusals + 1
    if refusals < REFUSALS and state.blocked_since is None:
        return replace(state, refusals=refusals)
    return replace(
        state,
        refusals=refusals,
        blocked_since=state.blocked_since or now,
        rest_until=now + BLOCKED_REST,
        rest_why=words.BLOCKED_HOST.format(code=status),
    )
