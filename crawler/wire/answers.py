"""What came of asking an outlet, in words and as a feed's outcome. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from crawler import words
from store.types import FeedOutcome

REST = {429, 503}  # with these an outlet asks for rest: nothing more goes to the host in this run
BLOCKED = {401, 402, 403, 407, 429, 451}
GONE = {404, 410}


_NEVER_KEPT = {b"set-cookie", b"cookie", b"authorization", b"proxy-authorization"}


class Trouble(StrEnum):
    """Why there is no answer."""

    ROBOTS = "robots"
    ROBOTS_UNREADABLE = "robots unreadable"
    PRIVATE = "private address"
    REDIRECTS = "redirects"
    TOO_BIG = "too big"
    NO_HOST = "no host"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    BROKEN_OFF = "broken off"
    CERTIFICATE = "certificate"
    RESTING = "resting"
    BUDGET = "budget"
    SPENT = "spent"
    NO_BROWSER = "no browser"
    OTHER = "other"

    @property
    def outcome(self) -> FeedOutcome:
        """The state a feed gets."""
        if self is Trouble.ROBOTS:
            return FeedOutcome.BLOCKED
        return FeedOutcome.DEAD if self in _DEAD else FeedOutcome.FAILED

    @property
    def again(self) -> bool:
        """Whether the next run should ask for a page again."""
        return self not in _FOR_GOOD


_DEAD = {Trouble.NO_HOST, Trouble.REFUSED, Trouble.TIMEOUT}
_FOR_GOOD = {Trouble.ROBOTS, Trouble.PRIVATE, Trouble.REDIRECTS, Trouble.TOO_BIG}
NOT_ASKED = {Trouble.RESTING, Trouble.BUDGET, Trouble.SPENT}  # we held back ourselves; the next run asks


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing usable was received, and why in words."""

    trouble: Trouble
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as received, after redirects and decompression."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    asked_with: tuple[tuple[str, str], ...] = ()  # headers of our last request, after redirects
    address: str = ""  # IP address that answered, "" unknown

    def header(self, name: str) -> str:
        """The first value of a header, "" without it."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def rest_seconds(value: str, now: datetime) -> int | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds or a date; None when absent or unreadable."""
    text = value.strip()
    if text.isdecimal():
        return int(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the latter: a zone or an hour of twenty digits
        return None
    return max(0, int((at - now).total_seconds())) if at.tzinfo else None


def status_words(answer: Answer, now: datetime) -> str:
    """Say what a status means, with its code; `now` (aware) is for a Retry-After that is a date."""
    code = answer.status
    if code in REST:
        seconds = rest_seconds(answer.header("retry-after"), now)
        known = words.WAIT.format(code=code, seconds=seconds)
        return known if seconds is not None else words.SLOW_DOWN.format(code=code)
    if code in BLOCKED:
        return words.REFUSES.format(code=code)
    if code in GONE:
        return words.GONE.format(code=code)
    return (words.SERVER_FAULT if code >= 500 else words.CODE).format(code=code)


def status_outcome(status: int) -> FeedOutcome:
    """The state a feed gets for a status other than 200 and 304."""
    if status in BLOCKED:
        return FeedOutcome.BLOCKED
    return FeedOutcome.DEAD if status in GONE else FeedOutcome.FAILED


def kept_headers(pairs: Iterable[tuple[bytes, Iterable[bytes]]]) -> tuple[tuple[str, str], ...]:
    """Headers as text for keeping: at most 100, 2,000 characters each, no cookies, no credentials."""
    found = [
        (name.decode("latin-1"), value.decode("latin-1")[:2000])
        for name, values in pairs
        for value in values
        if name.lower() not in _NEVER_KEPT
    ]
    return tuple(found[:100])
