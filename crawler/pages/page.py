"""What extraction takes and what it gives when there is no article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from store.types import FeedEntry, Source


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS of one outlet's article pages, from its spider; "" where the general way serves."""

    body: str = ""
    lead: str = ""
    published: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as received. `status` 0: nothing was received, and `trouble` says why in words."""

    html: bytes = field(repr=False)
    url: str  # final address, after redirects
    source: Source
    content_type: str
    fetched_at: datetime
    entry: FeedEntry | None = None
    status: int = 200
    trouble: str = ""
    selectors: Selectors = Selectors()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no article came of a page, in words."""

    reason: str
