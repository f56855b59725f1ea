"""Which pages were captured lately, for looking at them again. Reads the store's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.codec import from_text
from store.tables import SnapshotRow
from store.types import FeedEntry

_MOST = 20_000  # captures looked through; two days of a few thousand articles each


@dataclass(frozen=True, slots=True)
class Capture:
    """A page captured lately: when first, and the validators of its newest capture."""

    source: str
    url_asked: str
    url_final: str
    first_at: datetime
    entry: FeedEntry | None
    etag: str = ""
    last_modified: str = ""


def recent_captures(session: Session, *, since: datetime) -> list[Capture]:
    """Pages captured since a moment (aware), one for each final address, newest first."""
    columns = (
        SnapshotRow.source,
        SnapshotRow.url_asked,
        SnapshotRow.url_final,
        SnapshotRow.fetched_at,
        SnapshotRow.entry,
        SnapshotRow.headers,
    )
    found: dict[str, Capture] = {}
    # by number, which has an index; the time has none
    for row in session.execute(select(*columns).order_by(SnapshotRow.number.desc()).limit(_MOST)):
        if row.fetched_at < since:
            break
        newer = found.get(row.url_final)
        headers = {name.lower(): value for name, value in from_text(tuple[tuple[str, str], ...], row.headers)}
        found[row.url_final] = Capture(
            source=row.source,
            url_asked=row.url_asked,
            url_final=row.url_final,
            first_at=row.fetched_at,
            entry=newer.entry if newer else from_text(FeedEntry, row.entry) if row.entry else None,
            etag=newer.etag if newer else headers.get("etag", ""),
            last_modified=newer.last_modified if newer else headers.get("last-modified", ""),
        )
    return list(found.values())
