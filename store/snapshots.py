"""Captures: saving them, finding the ones nobody has extracted yet, recording what came of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.archive import Archive, Place
from store.codec import from_text, to_text
from store.errors import ArchiveError, UnknownRowError
from store.tables import ArticleRow, CapturedRow, SnapshotRow
from store.types import FeedEntry, Saved, Snapshot
from store.upsert import insert_all, insert_all_absent, rows_of
from store.vouching import vouch_for_days_before
from store.warc.days import day_of

_log = logging.getLogger(__name__)
_AT_ONCE = 400  # addresses in one statement; SQLite's limit on parameters was once 999


def save_snapshot(
    session: Session, archive: Archive, snapshot: Snapshot, *, now: datetime, place: Place | None = None
) -> int:
    """Save a capture's row; the bytes of an address's newest capture once more are no new capture.

    An edit taken back (A, B, A) is one: readers saw it so.

    Args:
        session: of the caller, who commits.
        archive: where the bytes lie.
        snapshot: the capture.
        now: the present (aware).
        place: where the bytes were kept (`Archive.keep_all`); None: they are kept here, first.

    Returns:
        The capture's number, also when it was there already.

    Raises:
        ArchiveError: when the bytes cannot be kept.

    """
    if place is None:
        (place,) = archive.keep_all([snapshot])
    return save_snapshots(session, archive, [(snapshot, place)], now=now)[0]


def save_snapshots(
    session: Session, archive: Archive, kept: Sequence[tuple[Snapshot, Place]], *, now: datetime
) -> list[int]:
    """Save the rows of captures whose bytes were kept, as `save_snapshot` does, with few statements.

    Returns:
        Their numbers, in the order given.

    """
    days = [day_of(place.warc_file) for _, place in kept if place.warc_file]
    if days:
        vouch_for_days_before(session, archive, max(days), now=now)
    numbers: dict[int, int] = {}
    waiting = [(at, url_key(snapshot.url_final)) for at, (snapshot, _) in enumerate(kept)]
    while waiting:  # once, unless an address is among them several times: each capture after the one before
        first = {key: at for at, key in reversed(waiting)}
        wave = {at: key for key, at in first.items()}
        found = _save_wave(session, [(key, *kept[at]) for at, key in wave.items()], now=now)
        numbers.update(zip(wave, found, strict=True))
        waiting = [(at, key) for at, key in waiting if at not in wave]
    _note_captured(session, [(snapshot, numbers[at]) for at, (snapshot, _) in enumerate(kept)])
    return [numbers[at] for at in range(len(kept))]


def _save_wave(session: Session, wave: Sequence[tuple[str, Snapshot, Place]], *, now: datetime) -> list[int]:
    """Save captures of different addresses."""
    newest = _newest(session, [key for key, _, _ in wave])
    fresh = [
        (key, snapshot, place)
        for key, snapshot, place in wave
        if key not in newest or newest[key][1] != place.sha256
    ]
    rows = [_values(snapshot, key, place, now=now) for key, snapshot, place in fresh]
    added = dict(zip((key for key, _, _ in fresh), insert_all(session, SnapshotRow, rows), strict=True))
    return [added[key] if key in added else newest[key][0] for key, _, _ in wave]


def _newest(session: Session, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Number and hash of each address's newest capture, by the address's key."""
    numbers = select(func.max(SnapshotRow.number)).where(SnapshotRow.url_final_key.in_(keys))
    newest = numbers.group_by(SnapshotRow.url_final_key)
    statement = select(SnapshotRow.url_final_key, SnapshotRow.number, SnapshotRow.sha256)
    rows = session.execute(statement.where(SnapshotRow.number.in_(newest)))
    return {row.url_final_key: (row.number, row.sha256) for row in rows}


def _note_captured(session: Session, saved: Iterable[tuple[Snapshot, int]]) -> None:
    numbers: dict[str, int] = {}
    for snapshot, number in saved:
        for url in {snapshot.url_asked, snapshot.url_final}:
            numbers.setdefault(url_key(url), number)
    rows = [{"url_key": key, "snapshot": number} for key, number in sorted(numbers.items())]
    insert_all_absent(session, CapturedRow, rows, unique=("url_key",))


def _values(snapshot: Snapshot, final_key: str, place: Place, *, now: datetime) -> dict[str, Any]:
    return {
        "source": snapshot.source,
        "url_asked": snapshot.url_asked,
        "url_final": snapshot.url_final,
        "url_final_key": final_key,
        "sha256": place.sha256,
        "warc_file": place.warc_file,
        "warc_offset": place.warc_offset,
        "status": snapshot.status,
        "headers": to_text(snapshot.headers),
        "entry": to_text(snapshot.entry) if snapshot.entry else None,
        "fetched_at": snapshot.fetched_at,
        "saved_at": now,
        "asked_with": to_text(snapshot.asked_with),
        "address": snapshot.address,
        "extracted": False,
        "reason": "",
    }


def unextracted(session: Session, archive: Archive, *, limit: int, after: int = 0) -> list[Saved[Snapshot]]:
    """Captures nobody has tried to extract, oldest first, with numbers above `after`.

    A capture whose bytes are missing or damaged is recorded as such, with a warning, and left out, since it
    would stop all others for ever.
    """
    pending = (
        select(SnapshotRow.__table__)
        .where(SnapshotRow.extracted.is_(False), SnapshotRow.number > after)
        .order_by(SnapshotRow.number)
        .limit(limit)
    )
    found = []
    for row in session.execute(pending).all():
        try:
            found.append(Saved(row.number, row.saved_at, _snapshot_from(row, _body(row, archive))))
        except ArchiveError as error:
            _log.warning("capture %s of %s left out: %s", row.number, row.url_final, error)
            record_extraction(session, row.number, article=None, reason=str(error))
    return found


def count_unextracted(session: Session) -> int:
    """How many captures nobody has tried to extract."""
    waiting = select(func.count()).select_from(SnapshotRow).where(SnapshotRow.extracted.is_(False))
    return session.execute(waiting).scalar_one()


def record_extraction(session: Session, snapshot_number: int, *, article: int | None, reason: str) -> None:
    """Record what came of a capture: an article's number, or the reason why none.

    Raises:
        UnknownRowError: when there is no such capture.

    """
    statement = (
        update(SnapshotRow)
        .where(SnapshotRow.number == snapshot_number)
        .values(extracted=True, article=article, reason=reason)
    )
    if rows_of(session.execute(statement)) != 1:
        raise UnknownRowError(f"there is no capture {snapshot_number}")


def find_snapshot(session: Session, archive: Archive, sha256: str) -> Saved[Snapshot] | None:
    """The first capture of these bytes, verified.

    Raises:
        ArchiveError: when the bytes are missing or not what was captured.

    """
    statement = select(SnapshotRow.__table__).where(SnapshotRow.sha256 == sha256).order_by(SnapshotRow.number)
    row = session.execute(statement.limit(1)).first()
    return Saved(row.number, row.saved_at, _snapshot_from(row, _body(row, archive))) if row else None


def known_urls(session: Session, urls: Iterable[str]) -> set[str]:
    """The addresses that were captured already: asked for, arrived at, or canonical for an article.

    Whatever spelling it was: see `store.addresses`.
    """
    by_key: dict[str, list[str]] = {}
    for url in urls:
        by_key.setdefault(url_key(url), []).append(url)
    keys = list(by_key)
    known: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        known.update(session.scalars(select(CapturedRow.url_key).where(CapturedRow.url_key.in_(some))))
        known.update(session.scalars(select(ArticleRow.url_key).where(ArticleRow.url_key.in_(some))))
    return {url for key in known for url in by_key[key]}


def _body(row: Row[Any], archive: Archive) -> bytes:
    return archive.body(row.sha256, Place(row.sha256, row.warc_file, row.warc_offset))


def _snapshot_from(row: Row[Any], body: bytes) -> Snapshot:
    return Snapshot(
        source=row.source,
        url_asked=row.url_asked,
        url_final=row.url_final,
        status=row.status,
        headers=from_text(tuple[tuple[str, str], ...], row.headers),
        body=body,
        fetched_at=row.fetched_at,
        entry=from_text(FeedEntry, row.entry) if row.entry else None,
        asked_with=from_text(tuple[tuple[str, str], ...], row.asked_with),
        address=row.address,
    )
