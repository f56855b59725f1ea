"""robots.txt by RFC 9309: unavailable (4xx) allows, unreachable (5xx, no answer) forbids. Pure.

What was read holds a day (2.4), and up to 30 days while the file is unreachable (2.3.1.4). Crawl-delay and
Request-rate are no part of the RFC; outlets use them, so they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from crawler import words
from crawler.courtesy import feedstates
from crawler.settings import ROBOTS_NAME
from crawler.wire.answers import NoAnswer, Trouble
from store.types import HostState

MAX_ROBOTS = 512_000  # bytes; RFC 9309, 2.5: at least 500 KiB must be read, what follows may be left out
FRESH = timedelta(hours=24)  # RFC 9309, 2.4
STALE = timedelta(days=30)  # RFC 9309, 2.3.1.4: "a reasonably long period of time"
ASK_AGAIN = timedelta(minutes=15)  # after robots.txt could not be read
# seconds; longer would be a Disallow: robots.txt itself is asked once a day, and takes a turn
LONGEST_DELAY = 43_200.0

_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(\*|[a-z_-]*)", re.IGNORECASE)
_NOBODY = "-"  # a name that is in no crawler's


@dataclass(frozen=True, slots=True)
class Policy:
    """What a host's robots.txt means for us. `delay` is in seconds, 0 where it names none."""

    allows: Callable[[str], bool]
    delay: float = 0.0
    closed: NoAnswer | None = None  # why nothing may be fetched; None: its rules decide


def place_of(url: str) -> str:
    """The name under which a robots.txt is remembered: the host, with its port where that is not 443.

    A robots.txt speaks for one scheme, host and port (RFC 9309, 2.3).
    """
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return (parts.hostname or "") if port == 443 else f"{parts.hostname}:{port}"


def address_of(url: str) -> str:
    """Where the robots.txt lies that speaks for an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def find_policy(state: HostState, now: datetime) -> Policy | None:
    """What is known of a robots.txt without asking; None when it is to be asked."""
    tried, read = state.robots_tried_at, state.robots_at
    if tried is None or tried > now:  # never, or a clock was set back
        return None
    if read == tried:
        return make_policy(state) if now < tried + FRESH else None
    return after_failure(state, now) if now < tried + ASK_AGAIN else None


def after_failure(state: HostState, now: datetime, why: NoAnswer | None = None) -> Policy:
    """The policy while a robots.txt is unreachable: the copy if it is young enough, else nothing."""
    if state.robots_at is not None and now < state.robots_at + STALE:
        return make_policy(state)
    return Policy(lambda _: False, closed=why or _unreadable(state.robots_status))


def make_policy(state: HostState) -> Policy:
    """The policy of a robots.txt that was read; text that is no robots.txt has no rules (RFC 9309, 2.2)."""
    rules = Protego.parse("\n".join(map(_with_names_whole, state.robots.splitlines())))
    rate = rules.request_rate(ROBOTS_NAME)
    delays = [rules.crawl_delay(ROBOTS_NAME) or 0.0]
    if rate is not None and rate.requests:
        delays.append(rate.seconds / rate.requests)
    return Policy(lambda url: rules.can_fetch(url, ROBOTS_NAME), delay=min(LONGEST_DELAY, max(0.0, *delays)))


def _with_names_whole(line: str) -> str:
    """A line that names a crawler, as Protego must have it; any other line as it is.

    The RFC (2.2.1) compares whole product tokens; Protego takes the beginning of our name for us, and our
    name with a version behind it for somebody else.
    """
    found = _AGENT.match(line)
    if found is None:
        return line
    is_meant = found[1] in {"", "*"} or found[1].casefold() == ROBOTS_NAME.casefold()
    return f"User-agent: {found[1] if is_meant else _NOBODY}"


def conditions(state: HostState) -> dict[str, str]:
    """The headers that ask for a robots.txt only if it changed."""
    return feedstates.conditions(state.robots_etag, state.robots_modified)


def read(
    state: HostState, status: int, body: bytes, validators: tuple[str, str], *, now: datetime
) -> HostState:
    """The state after an answer for robots.txt.

    Args:
        state: before.
        status: HTTP code after redirects; 0 when there was no answer. A 3xx is the end of more than five
            redirects and counts as unavailable (RFC 9309, 2.3.1.2).
        body: of the answer; its first 500 KiB are read.
        validators: ETag and Last-Modified, verbatim.
        now: the time of the answer (aware).

    """
    state = replace(state, robots_status=status, robots_tried_at=now)
    if status == 304 and state.robots_at is not None:
        return replace(state, robots_at=now)
    if status == 429 or status >= 500 or status < 200:
        return state
    text = _whole_lines(body).decode("utf-8-sig", errors="replace") if status < 300 else ""
    etag, modified = validators if status == 200 else ("", "")
    return replace(state, robots=text, robots_at=now, robots_etag=etag, robots_modified=modified)


def _whole_lines(body: bytes) -> bytes:
    """As much as is read: half of "Disallow: /admin" may be "Disallow: /"."""
    if len(body) <= MAX_ROBOTS:
        return body
    cut = body[:MAX_ROBOTS]
    return cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r")) + 1]


def _unreadable(status: int) -> NoAnswer:
    said = words.ROBOTS_UNREADABLE.format(code=status) if status else words.ROBOTS_SILENT
    return NoAnswer(Trouble.ROBOTS_UNREADABLE, said)
