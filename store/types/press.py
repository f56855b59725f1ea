"""What was collected: snapshots, what feeds said of them, articles. Made by the crawler."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from store.types.foundation import require_aware
from store.types.office import Scope


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Bytes as received, before anybody understood them."""

    source: str  # Source.id
    url_asked: str
    url_final: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    fetched_at: datetime
    entry: FeedEntry | None = None  # what the feed said of this page, if a feed led to it
    asked_with: tuple[tuple[str, str], ...] = ()  # headers of our request, as sent last (after redirects)
    address: str = ""  # IP address that answered, "" unknown
    _sha256: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_aware(self.fetched_at, "Snapshot.fetched_at")

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the body; reckoned by whoever asks first: a thread nobody waits for."""
        if not self._sha256:
            object.__setattr__(self, "_sha256", hashlib.sha256(self.body).hexdigest())
        return self._sha256


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed said of an article: a lead and a fall-back, never the article itself."""

    url: str
    title: str
    summary: str = ""
    published: datetime | None = None  # None: the feed gave no date that can be read
    guid: str = ""


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When, by whose word, and how far to trust it (0 to 1)."""

    at: datetime
    origin: str  # json-ld, meta, feed, page, htmldate, given
    confidence: float

    def __post_init__(self) -> None:
        require_aware(self.at, "PublicationDate.at")


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one published item. Its identity is `url`, the canonical address."""

    url: str
    outlet: str  # Source.id, or a host for ingested material
    outlet_name: str
    scope: Scope
    title: str
    text: str
    lead: str = ""
    byline: str = ""  # for citation of this article only; never indexed, never a facet
    section: str = ""
    language: str = ""  # as declared by the page; "" unknown
    published: PublicationDate | None = None  # None: no date could be read
    fetched_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    snapshot_sha256: str = ""  # "" for ingested text that never was a page
    summary_only: bool = False  # the page was refused, the text is the feed's
    extractor: str = ""  # name and version
    tags: tuple[str, ...] = ()  # the outlet's own keywords, for showing; may name persons: never indexed

    @property
    def digest(self) -> str:
        """Hex SHA-256 of what a reader sees; a new digest under the same address is a new version."""
        seen = f"{self.title}\x1f{self.lead}\x1f{self.text}"
        return hashlib.sha256(seen.encode()).hexdigest()

    @property
    def when(self) -> datetime:
        """The publication time, or the time of capture where none is known (UTC)."""
        return self.published.at if self.published else self.fetched_at
