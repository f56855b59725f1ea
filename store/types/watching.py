"""What is remembered of hosts, and what happened that somebody should hear of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import require_aware


@dataclass(frozen=True, slots=True)
class HostState:
    """What is remembered of a host between runs, so that politeness outlives a process."""

    host: str
    robots: str = ""  # robots.txt as last read; "" where there is none
    robots_status: int = 0  # HTTP code of the last answer for it; 0: no answer
    robots_at: datetime | None = None  # when `robots` was last read or confirmed; None: never
    rest_until: datetime | None = None  # asked us to wait (Retry-After, 429); None: not resting
    rest_why: str = ""  # in words, with the HTTP code
    day: str = ""  # of `requests`, ISO, Asia/Ho_Chi_Minh
    requests: int = 0  # on that day
    robots_tried_at: datetime | None = None  # when robots.txt was last asked for, whatever came of it
    robots_etag: str = ""  # validators of `robots`, verbatim
    robots_modified: str = ""
    asked_at: datetime | None = None  # start of the last request of any kind
    rests: int = 0  # times in a row that it asked for rest
    refusals: int = 0  # answers 401, 403, 451 in a row
    blocked_since: datetime | None = None  # None: it does not refuse us


class EventKind(StrEnum):
    """What can happen to a captured page or a source."""

    HEADLINE_CHANGED = "headline_changed"
    FIGURE_CHANGED = "figure_changed"
    TEXT_CHANGED = "text_changed"
    REMOVED = "removed"
    RESTORED = "restored"
    SOURCE_STATE = "source_state"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told once: `key` is the same however often it is found.

    An event says that words changed or a source fell silent; never why, and never that anybody is at fault.
    """

    key: str
    kind: EventKind
    at: datetime
    source: str  # Source.id
    article: int = 0  # 0: of a source
    from_version: int = 0
    to_version: int = 0
    before: str = ""  # exact words or state before
    after: str = ""  # exact words or state after
    detail: str = ""  # in words

    def __post_init__(self) -> None:
        require_aware(self.at, "Event.at")


class SourceCondition(StrEnum):
    """How a source is, seen over days."""

    OK = "ok"
    QUIET = "quiet"  # less than it usually gives, within what happens
    LATE = "late"  # nothing new for longer than its habit explains
    FAILING = "failing"
    BLOCKED = "blocked"  # recorded, never evaded
    CHANGED = "changed"  # its pages or dates no longer read as they did
    NEW = "new"  # too young to judge, or never asked


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is, with what that is judged by. Times UTC."""

    source: str  # Source.id
    condition: SourceCondition
    why: str  # in words, with the HTTP code
    since: datetime | None
    last_fetch: datetime | None
    last_article: datetime | None
    expected: float  # new articles a day on this weekday, by the last 28 days
    actual: int  # new articles in the last 24 hours
