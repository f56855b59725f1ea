"""Walking along a day's chain, line by line and record by record: what holds and what does not.

One line and one record are in memory at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from store.errors import ArchiveError
from store.warc.chain import FIRST, LineError, Link, read_line
from store.warc.days import chain_path, file_of, list_days, read_lines, size_of, warc_path
from store.warc.faults import Fault, FaultKind
from store.warc.members import read_member


@dataclass(frozen=True, slots=True)
class Extent:
    """How far to look: somebody may go on writing to the newest day meanwhile. Bytes; None to the end."""

    newest: str = ""
    chain: int | None = None
    warc: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A line that can be read, where it stands, and what is wrong with it and its record."""

    link: Link
    line: int
    faults: tuple[Fault, ...] = ()


def take_extent(folder: Path) -> Extent:
    """How long the newest files are. The caller holds the lock."""
    days = list_days(folder)
    if not days:
        return Extent()
    newest = days[-1]
    return Extent(newest, size_of(chain_path(folder, newest)), size_of(warc_path(folder, newest)))


class DayWalk:
    """One walk along one day; used once. `end` is the last line that could be read so far."""

    def __init__(self, folder: Path, day: str, before: Link | None, extent: Extent, *, records: bool) -> None:
        self._warc, self._chain = warc_path(folder, day), chain_path(folder, day)
        self._file = file_of(day)
        self._chain_name = self._file.replace(".warc.gz", ".chain.jsonl")
        self._is_newest = day == extent.newest
        self._chain_end = extent.chain if self._is_newest else None
        self._size = extent.warc if self._is_newest and extent.warc is not None else size_of(self._warc)
        self._records = records
        self._before = before
        self._resync = False  # after a line that cannot be read, nobody knows the hash of the line before
        self._expected = before.number + 1 if before else 1
        self.end: Link | None = None

    def steps(self) -> Iterator[Found | Fault]:
        """Every line, and what is wrong beside the lines, in the order of the file."""
        with ExitStack() as stack:
            file = stack.enter_context(self._warc.open("rb")) if self._warc.exists() else None
            if file is None and size_of(self._chain):
                yield Fault(FaultKind.FILE, self._file)
            number = 0
            for number, line in enumerate(read_lines(self._chain, end=self._chain_end), 1):
                yield self._step(line, number, file)
            yield from self._after(number)

    def _step(self, line: bytes, number: int, file: BinaryIO | None) -> Found | Fault:
        try:
            link = read_line(line)
        except LineError as error:
            torn = self._is_newest and not line.endswith(b"\n")
            self._resync, self._expected = True, self._expected + 1
            if torn:
                return Fault(FaultKind.UNFINISHED, self._chain_name, number, {"count": len(line)})
            return Fault(FaultKind.LINE, self._chain_name, number, {"why": str(error)})
        fault = self._check_link(link, number)
        faults = [fault] if fault else []
        if self._records and file is not None:
            faults += self._check_record(link, number, file)
        self._resync, self._expected, self.end = False, link.number + 1, link
        return Found(link, number, tuple(faults))

    def _check_link(self, link: Link, line: int) -> Fault | None:
        last = self.end or self._before
        fits = self._resync or link.previous == (last.hash if last else FIRST)
        if link.number > self._expected:
            return self._left_out(link, line)
        if link.number < self._expected:
            return Fault(
                FaultKind.ORDER,
                self._chain_name,
                line,
                {"number": link.number, "expected": self._expected},
            )
        if not fits:
            return Fault(FaultKind.LINK, self._chain_name, line, {"number": link.number})
        expected = self.end.end if self.end else 0
        if link.offset != expected and not self._resync:
            return Fault(
                FaultKind.OFFSET, self._chain_name, line, {"offset": link.offset, "expected": expected}
            )
        return None

    def _left_out(self, link: Link, line: int) -> Fault:
        values: dict[str, object] = {"first": self._expected, "last": link.number - 1}
        if line == 1:
            return Fault(FaultKind.DAYS_MISSING, self._chain_name, line, values)
        return Fault(FaultKind.LINES_MISSING, self._chain_name, line, values)

    def _check_record(self, link: Link, line: int, file: BinaryIO) -> list[Fault]:
        file.seek(link.offset)
        packed = file.read(link.length)
        where: dict[str, object] = {"offset": link.offset, "chain_line": line}
        if len(packed) < link.length:
            return [Fault(FaultKind.CUT_SHORT, self._file, line, where | {"size": self._size})]
        found = hashlib.sha256(packed).hexdigest()
        if found != link.sha256:
            values = where | {"found": found, "expected": link.sha256}
            return [Fault(FaultKind.RECORD, self._file, line, values)]
        why = why_other(link, packed)
        return [Fault(FaultKind.CONTENT, self._file, line, where | {"why": why})] if why else []

    def _after(self, lines: int) -> Iterator[Fault]:
        end = self.end.end if self.end else 0
        if self._size > end and not (self._resync and self.end is None):
            kind = FaultKind.UNFINISHED if self._is_newest else FaultKind.EXTRA
            yield Fault(kind, self._file, 0, {"offset": end, "count": self._size - end, "lines": lines})
        for aside in sorted(self._chain.parent.glob(f"{self._chain.name}.cut-*")):
            count = sum(_is_whole(line) for line in read_lines(aside))
            if count:
                yield Fault(FaultKind.SET_ASIDE, f"{self._file[:8]}{aside.name}", 0, {"count": count})


def why_other(link: Link, packed: bytes) -> str:
    """Why a record is not what its line says (kind, id, address, hash of its payload), "" when it is."""
    try:
        member = read_member(packed)
    except ArchiveError as error:
        return str(error)
    if (member.type, member.id, member.url) != (link.type, link.record, link.url):
        return "its kind, id or address is another"
    if link.payload and member.said != link.payload:
        return "it names another hash of its payload"
    if link.type == "response" and member.sha256 != link.payload:
        return "its payload has another hash"
    return ""


def _is_whole(line: bytes) -> bool:
    try:
        read_line(line)
    except LineError:
        return False
    return True
