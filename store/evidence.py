"""Is what was captured still what was captured? Files, chain, log of decisions and rows, all compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from store import audit
from store.archive import Archive
from store.errors import ArchiveError
from store.tables import SnapshotRow
from store.vouching import find_heads
from store.warc.chain import Link
from store.warc.days import file_of, last_of_day, list_days, size_of, warc_path
from store.warc.faults import Fault, FaultKind
from store.warc.records import clean_url, say_moment
from store.warc.walk import DayWalk, Extent, Found, take_extent

Progress = Callable[[str, int, int], None]

# an answer is kept in the day's file since there are such; a row that says otherwise was put in by hand
UNCHAINED = "it is in no daily file, though there were daily files when it was captured"
_SHOWN = 20  # faults told one by one; the rest are counted
_CHUNK = 500
_MIB = 1 << 20


@dataclass
class Report:
    """What a verification found. `first` is the first thing that does not hold, in the order of time."""

    days: int = 0
    records: int = 0
    size: int = 0  # bytes of records
    rows: int = 0  # captures in the database that were compared
    loose: int = 0  # of them, kept by their hash alone, from before there were daily files
    unknown: int = 0  # answers that the database does not know: kept, and never saved or unchanged
    faults: int = 0
    shown: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    head: Link | None = None

    @property
    def first(self) -> Fault | None:
        """The first broken link."""
        return self.shown[0] if self.shown else None

    def note(self, fault: Fault) -> None:
        """Count a fault, and keep it if it is one of the first."""
        if fault.is_harmless:
            self.notes.append(fault)
            return
        self.faults += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(fault)


def verify_archive(session: Session, archive: Archive, *, day: str = "", progress: Progress) -> Report:
    """Read everything again: records, lines, the rows that point to them, and the log of decisions.

    Args:
        session: only read from.
        archive: only read from; whoever collects can go on meanwhile.
        day: YYYY-MM-DD (UTC), "" all days.
        progress: told ("verify", MiB done, MiB in all).

    Returns:
        The report.

    Raises:
        ArchiveError: when the archive cannot be locked for a moment, or `day` is no day.
        OSError: when a file cannot be read at all.

    """
    return _Verification(session, archive, progress).run(day)


class _Verification:
    """One verification; used once. Rows come in the order of the files: neither is held in memory."""

    def __init__(self, session: Session, archive: Archive, progress: Progress) -> None:
        self._session = session
        self._archive = archive
        self._folder = archive.daily.folder
        self._progress = progress
        self._report = Report()
        self._heads = find_heads(session)

    def run(self, day: str) -> Report:
        # rows before files: what is saved meanwhile is in the files then, and its row is not looked at
        rows = _Rows(self._session, file_of(day) if day else "")
        with self._archive.daily.locked():
            extent = take_extent(self._folder)
            days = list_days(self._folder)
        total = sum(size_of(warc_path(self._folder, each)) for each in days if day in {"", each}) // _MIB
        before: Link | None = None
        for each in days:
            if day in {"", each}:
                before = self._verify_day(each, before, extent, rows, total)
            elif each < day:
                before = last_of_day(self._folder, each) or before
        self._without_record(rows.rest())
        self._check_days_gone(days, day)
        if not day:
            self._verify_loose()
        broken = audit.first_broken(self._session)
        if broken is not None:
            self._report.note(Fault(FaultKind.LOG, values={"number": broken}))
        return self._report

    def _verify_day(
        self, day: str, before: Link | None, extent: Extent, rows: _Rows, total: int
    ) -> Link | None:
        walk = DayWalk(self._folder, day, before, extent, records=True)
        self._without_record(rows.before(file_of(day), -1))
        for step in walk.steps():
            if isinstance(step, Fault):
                self._report.note(step)
            else:
                self._take(step, file_of(day), rows)
                self._progress("verify", self._report.size // _MIB, total)
        self._without_record(rows.before(file_of(day), 1 << 62))
        self._report.days += 1
        self._report.head = walk.end or self._report.head
        self._check_head(day, walk.end)
        return walk.end or before

    def _take(self, found: Found, file: str, rows: _Rows) -> None:
        link = found.link
        self._report.records += 1
        self._report.size += link.length
        for fault in found.faults:
            self._report.note(fault)
        if link.type not in {"response", "revisit"}:
            return
        self._without_record(rows.before(file, link.offset))
        known = False
        for row in rows.at(file, link.offset):
            known = True
            self._report.rows += 1
            if not is_row_of(row, link):
                self._report.note(_row_fault(FaultKind.ROW_DIFFERS, row, found.line))
        self._report.unknown += not known

    def _without_record(self, rows: Iterator[Row[Any]]) -> None:
        for row in rows:
            self._report.rows += 1
            self._report.note(_row_fault(FaultKind.ROW, row))

    def _check_head(self, day: str, end: Link | None) -> None:
        noted = self._heads.get(day, set())
        if end is None and noted:
            # emptied files are no better than deleted ones
            self._report.note(Fault(FaultKind.DAY_GONE, file_of(day), 0, {"noted": min(noted)[1]}))
        elif end is not None and (others := noted - {(end.number, end.hash)}):
            number, other = min(others)
            self._report.note(
                Fault(FaultKind.HEAD, file_of(day), 0, {"found": end.hash, "noted": other, "number": number})
            )

    def _check_days_gone(self, days: list[str], day: str) -> None:
        for gone in sorted(self._heads.keys() - set(days)):
            if day in {"", gone}:
                noted = min(self._heads[gone])[1]
                self._report.note(Fault(FaultKind.DAY_GONE, _file_or(gone), 0, {"noted": noted}))

    def _verify_loose(self) -> None:
        """Captures from before there were daily files, and what is no answer."""
        in_files = select(func.min(SnapshotRow.number)).where(SnapshotRow.warc_file != "")
        began = self._session.scalars(in_files).one()
        statement = _columns().where(SnapshotRow.warc_file == "").order_by(SnapshotRow.number)
        with self._session.execute(statement, execution_options={"yield_per": _CHUNK}) as rows:
            for row in rows:
                self._report.rows += 1
                self._report.loose += 1
                why = self._find_doubt(row.number, row.status, row.sha256, began)
                if why:
                    values = {"number": row.number, "url": row.url_final, "why": why}
                    self._report.note(Fault(FaultKind.LOOSE, values=values))

    def _find_doubt(self, number: int, status: int, sha256: str, began: int | None) -> str:
        """Why a capture kept by its hash alone proves nothing, "" when it is as it was kept."""
        if status >= 100 and began is not None and number > began:
            return UNCHAINED
        try:
            self._archive.body(sha256)
        except ArchiveError as error:
            return str(error)
        return ""


class _Rows:
    """The rows that point into daily files, in the order of the files; read once, from end to end."""

    def __init__(self, session: Session, file: str) -> None:
        name = SnapshotRow.warc_file
        if session.get_bind().dialect.name == "postgresql":
            # as Python orders text, whatever the language of the database
            order = name.collate("C")
        else:
            order = name.collate("BINARY")
        wanted = name == file if file else name != ""
        statement = _columns().where(wanted).order_by(order, SnapshotRow.warc_offset, SnapshotRow.number)
        found = session.execute(statement, execution_options={"yield_per": _CHUNK})
        self._rows = cast("Iterator[Row[Any]]", iter(found))
        self._next: Row[Any] | None = next(self._rows, None)

    def before(self, file: str, offset: int) -> Iterator[Row[Any]]:
        """The rows that come before a place and were not taken yet."""
        while self._next is not None and (self._next.warc_file, self._next.warc_offset) < (file, offset):
            yield self._take(self._next)

    def at(self, file: str, offset: int) -> Iterator[Row[Any]]:
        """The rows that point to a place."""
        while self._next is not None and (self._next.warc_file, self._next.warc_offset) == (file, offset):
            yield self._take(self._next)

    def rest(self) -> Iterator[Row[Any]]:
        """All that were not taken yet."""
        while self._next is not None:
            yield self._take(self._next)

    def _take(self, row: Row[Any]) -> Row[Any]:
        self._next = next(self._rows, None)
        return row


def is_row_of(row: Row[Any], link: Link) -> bool:
    """Whether a capture's row says what the line of its record says: page, time and content."""
    said = (row.sha256, clean_url(row.url_final), say_moment(row.fetched_at))
    return said == (link.payload, link.url, link.at)


def _columns() -> Select[int, str, str, str, int, int, datetime]:
    return select(
        SnapshotRow.number,
        SnapshotRow.url_final,
        SnapshotRow.sha256,
        SnapshotRow.warc_file,
        SnapshotRow.warc_offset,
        SnapshotRow.status,
        SnapshotRow.fetched_at,
    )


def _row_fault(kind: FaultKind, row: Row[Any], line: int = 0) -> Fault:
    values = {"number": row.number, "url": row.url_final, "offset": row.warc_offset}
    return Fault(kind, row.warc_file, line, values)


def _file_or(day: str) -> str:
    try:
        return file_of(day)
    except ArchiveError:
        return day  # the log says something that is no day; the fault tells it as it stands
