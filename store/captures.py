"""Which pages were captured lately, for looking at them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.codec import from_text
from store.tables import SnapshotRow
from store.types import FeedEntry, Snapshot

_MOST = 20_000  # captures looked through; two days of a few thousand articles each
_FAR_BACK = 200_000  # captures back from the newest; a backfill of a day may lie between


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
    # by number, which has an index; the time has none. A backfill puts old captures between the new ones.
    newest = select(func.max(SnapshotRow.number)).scalar_subquery()
    recent = select(*columns).where(SnapshotRow.number > newest - _FAR_BACK, SnapshotRow.fetched_at >= since)
    for row in session.execute(recent.order_by(SnapshotRow.number.desc()).limit(_MOST)):
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


def is_captured(session: Session, snapshot: Snapshot) -> bool:
    """Whether this very capture is there already: the same page, bytes and time (a file read again)."""
    same = select(SnapshotRow.number).where(
        SnapshotRow.url_final_key == url_key(snapshot.url_final),
        SnapshotRow.sha256 == snapshot.sha256,
        SnapshotRow.fetched_at == snapshot.fetched_at,
    )
    return session.scalars(same.limit(1)).first() is not None
