"""What is looked at together: read articles, stories, the state of feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import Saved
from store.types.press import Article
from store.types.reading import Flag, Reading


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article in the store with its reading."""

    number: int
    version: int
    article: Article
    reading: Reading
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class StoryMember:
    """A read article in its story."""

    item: ReadArticle
    copy_of: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, first publisher first; copies carry the number of what they copy."""

    id: str
    members: tuple[StoryMember, ...]
    flags: tuple[Saved[Flag], ...] = ()

    @property
    def first(self) -> ReadArticle:
        """The article published first."""
        return self.members[0].item

    @property
    def originals(self) -> tuple[StoryMember, ...]:
        """The members that are not copies of another."""
        return tuple(m for m in self.members if m.copy_of == 0)


class FeedOutcome(StrEnum):
    """How the last look at a feed went."""

    OK = "ok"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"  # robots.txt, 401, 403, 429: recorded, never evaded
    DEAD = "dead"  # no answer, 404, 410
    NOT_A_FEED = "not_a_feed"
    FAILED = "failed"  # anything else, said in words
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class FeedAsks:
    """What a feed itself says of how often to look: ttl, updatePeriod, skipHours, skipDays."""

    wait_seconds: int = 0  # 0: it says nothing
    hours_off: tuple[int, ...] = ()  # 0 to 23, UTC
    days_off: tuple[int, ...] = ()  # 0 is Monday, UTC


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between looks."""

    url: str
    source: str
    outcome: FeedOutcome
    detail: str = ""  # in words, with the HTTP code
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""
    checked_at: datetime | None = None  # None: never looked at
    succeeded_at: datetime | None = None
    new_article_at: datetime | None = None
    failures: int = 0  # in a row
    next_at: datetime | None = None  # not to be asked before; None: decided by the rules alone
    yields: tuple[tuple[str, int], ...] = ()  # (day in UTC as ISO text, new entries), oldest first, 28 days
    asks: FeedAsks = FeedAsks()
