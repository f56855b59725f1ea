"""All captures of one page, each with the proof that it is what was received, or what breaks the proof."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.archive import Archive, Place
from store.errors import ArchiveError
from store.evidence import UNCHAINED, is_row_of
from store.tables import ArticleRow, CapturedRow, SnapshotRow, VersionRow
from store.warc.chain import LineError, Link, read_line
from store.warc.days import chain_path, day_of, last_of_day, list_days, read_lines
from store.warc.faults import Fault, FaultKind
from store.warc.walk import DayWalk, Extent, Found, take_extent, why_other


@dataclass(frozen=True, slots=True)
class CaptureProof:
    """One capture. `line`: its line in the day's chain, 0 for none; `fault`: None when it is as captured."""

    number: int
    url_asked: str
    url_final: str
    status: int
    fetched_at: datetime
    saved_at: datetime
    sha256: str
    warc_file: str
    warc_offset: int
    line: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class PageReport:
    """The captures of a page, the oldest first, and the chain from the oldest one's day to now."""

    captures: tuple[CaptureProof, ...]
    since: str  # the day (UTC) from which the chain was followed, "" for no day
    broken: Fault | None  # the first link of it that does not hold
    head: Link | None  # where it ends now

    @property
    def is_proven(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None and all(capture.fault is None for capture in self.captures)


def verify_page(session: Session, archive: Archive, url: str) -> PageReport:
    """Prove every capture of a page, by any address it was asked at, arrived at or is known by.

    Raises:
        ArchiveError: when the archive cannot be locked for a moment.
        OSError: when a file cannot be read at all.

    """
    in_files = select(func.min(SnapshotRow.number)).where(SnapshotRow.warc_file != "")
    began = session.scalars(in_files).one()
    captures = tuple(_prove(archive, row, began) for row in _rows_of(session, url))
    days = [day for capture in captures if (day := _day_or_nothing(capture.warc_file))]
    with archive.daily.locked():
        extent = take_extent(archive.daily.folder)
    since = min(days, default="")
    broken, head = _follow(archive.daily.folder, since, extent) if since else (None, None)
    return PageReport(captures, since, broken, head)


def _day_or_nothing(file: str) -> str:
    """A file's day; "" for none, and for what a changed row names and is no file of the archive."""
    try:
        return day_of(file)
    except ArchiveError:
        return ""


def _rows_of(session: Session, url: str) -> list[Row[Any]]:
    key = url_key(url)
    captured = select(SnapshotRow.url_final_key).join(CapturedRow, CapturedRow.snapshot == SnapshotRow.number)
    of_article = (
        select(SnapshotRow.url_final_key)
        .join(VersionRow, VersionRow.snapshot_sha256 == SnapshotRow.sha256)
        .join(ArticleRow, ArticleRow.number == VersionRow.article)
    )
    keys = {key}
    keys.update(session.scalars(captured.where(CapturedRow.url_key == key)))
    keys.update(session.scalars(of_article.where(ArticleRow.url_key == key)))
    wanted = select(SnapshotRow.__table__).where(SnapshotRow.url_final_key.in_(keys))
    return list(session.execute(wanted.order_by(SnapshotRow.number)))


def _prove(archive: Archive, row: Row[Any], began: int | None) -> CaptureProof:
    line, fault = _check(archive, row, began)
    return CaptureProof(
        number=row.number,
        url_asked=row.url_asked,
        url_final=row.url_final,
        status=row.status,
        fetched_at=row.fetched_at,
        saved_at=row.saved_at,
        sha256=row.sha256,
        warc_file=row.warc_file,
        warc_offset=row.warc_offset,
        line=line,
        fault=fault,
    )


def _check(archive: Archive, row: Row[Any], began: int | None) -> tuple[int, Fault | None]:
    """The capture's line, and what is wrong with its row, line, record or payload.

    `began` is the first capture that went into a daily file.
    """
    values = {"number": row.number, "url": row.url_final, "offset": row.warc_offset}
    if not row.warc_file:
        if row.status >= 100 and began is not None and row.number > began:
            return 0, Fault(FaultKind.LOOSE, values=values | {"why": UNCHAINED})
        return 0, _check_body(archive, row, values)
    try:
        found = _find_line(archive.daily.folder, row.warc_file, row.warc_offset)
    except ArchiveError:
        found = None  # the row names what is no file of ours
    if found is None:
        return 0, Fault(FaultKind.ROW, row.warc_file, 0, values)
    line, link = found
    if not is_row_of(row, link):
        return line, Fault(FaultKind.ROW_DIFFERS, row.warc_file, line, values)
    fault = _check_record(archive.daily.folder, row.warc_file, line, link)
    return line, fault or _check_body(archive, row, values)


def _find_line(folder: Path, file: str, offset: int) -> tuple[int, Link] | None:
    for number, line in enumerate(read_lines(chain_path(folder, day_of(file))), 1):
        if f'"offset":{offset},'.encode() not in line:
            continue
        try:
            link = read_line(line)
        except LineError:
            continue  # following the chain tells what is wrong with it
        if link.offset == offset:
            return number, link
    return None


def _check_record(folder: Path, file: str, line: int, link: Link) -> Fault | None:
    where: dict[str, object] = {"offset": link.offset, "chain_line": line}
    try:
        with (folder / file).open("rb") as opened:
            opened.seek(link.offset)
            packed = opened.read(link.length)
    except FileNotFoundError:
        return Fault(FaultKind.FILE, file)
    found = hashlib.sha256(packed).hexdigest()
    if found != link.sha256:
        return Fault(FaultKind.RECORD, file, line, where | {"found": found, "expected": link.sha256})
    why = why_other(link, packed)
    return Fault(FaultKind.CONTENT, file, line, where | {"why": why}) if why else None


def _check_body(archive: Archive, row: Row[Any], values: dict[str, object]) -> Fault | None:
    """Also what a revisit stands for must be there and have its hash."""
    try:
        archive.body(row.sha256, Place(row.sha256, row.warc_file, row.warc_offset))
    except ArchiveError as error:
        return Fault(FaultKind.LOOSE, row.warc_file, 0, values | {"why": str(error)})
    return None


def _follow(folder: Path, since: str, extent: Extent) -> tuple[Fault | None, Link | None]:
    """The first link from a day to now that does not hold; and the head."""
    days = list_days(folder)
    before = next((end for day in reversed(days) if day < since and (end := last_of_day(folder, day))), None)
    broken: Fault | None = None
    for day in (each for each in days if each >= since):
        walk = DayWalk(folder, day, before, extent, records=False)
        for step in walk.steps():
            faults = step.faults if isinstance(step, Found) else (step,)
            broken = broken or next((fault for fault in faults if not fault.is_harmless), None)
        before = walk.end or before
    return broken, before
