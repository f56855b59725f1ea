"""Appending captures to the file of the day: records, then chain, each made to last once for the whole batch.

Order is what makes it safe: the records reach the disk before the lines that vouch for them, and the lines
before the database learns where they are. Killed in between, the next opening cuts back to what the chain
proves.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from store.errors import ArchiveError
from store.types import Snapshot
from store.warc.chain import FIRST, Link, make_link
from store.warc.days import chain_path, day_of, file_of, size_of, sync_folder, warc_path
from store.warc.known import Known, open_known
from store.warc.members import Member, read_at
from store.warc.mending import find_end, mend_end
from store.warc.records import (
    Original,
    Record,
    make_id,
    make_info,
    make_request,
    make_response,
    make_revisit,
    say_moment,
)

_PATIENCE = 60.0  # seconds to wait for another process that appends; it needs some hundredths
_log = logging.getLogger(__name__)


class Daily:
    """The daily files under a folder; several processes may append and read at once.

    `clock` gives the present (aware): it says which day's file is written to.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self._clock = clock

    def append(self, snapshots: Sequence[Snapshot]) -> list[tuple[str, int]]:
        """Write captures to the end of the day's file; gives (file, offset) of each response.

        Raises:
            ArchiveError: when another process does not let go of the archive.
            OSError: when the disk is full or cannot be written; nothing of the batch is kept then.

        """
        with self.locked():
            newest, end = mend_end(self.folder)
            now, day = self._present(newest)
            with open_known(self.folder, end) as known:
                batch = _Batch(self.folder, day, now, known, end)
                places = [(file_of(day), batch.add(snapshot)) for snapshot in snapshots]
                _write(self.folder, day, batch)
                known.add(day, batch.links)
        return places

    def read(self, file: str, offset: int) -> Member:
        """The record at a place, a revisit with the payload of its original.

        Raises:
            ArchiveError: when none is there, or it is damaged; the message says where.

        """
        member = _read(self.folder, file, offset)
        if member.type == "revisit" and member.refers_to is not None:
            original = _read(self.folder, *member.refers_to)
            return Member(member.id, member.type, member.url, member.date, member.said, original.payload)
        return member

    def find(self, sha256: str) -> Original | None:
        """Where a payload lies, by its hash; None when it is in no daily file."""
        if not self.folder.exists():
            return None
        # whoever reads mends nothing
        with self.locked(), open_known(self.folder, find_end(self.folder)) as known:
            return known.find(sha256)

    def _present(self, newest: str) -> tuple[datetime, str]:
        """The time, and the day to write to: never one before the newest, or the chain would fork."""
        now = self._clock().astimezone(UTC)
        if now.date().isoformat() < newest:
            _log.warning("the clock says %s, but the archive has %s already: writing there", now, newest)
        return now, max(now.date().isoformat(), newest)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody appends meanwhile.

        Raises:
            ArchiveError: when another process does not let go of the archive.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=_PATIENCE):
                yield
        except Timeout as error:
            raise ArchiveError(
                f"another process keeps {self.folder} to itself for {_PATIENCE:.0f} s: end it and run again"
            ) from error


@dataclass
class _Batch:
    """Records and lines to be written together, each line made on the one before it."""

    folder: Path
    day: str
    now: datetime
    known: Known
    end: Link | None
    packed: list[bytes] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _fresh: dict[str, Original] = field(default_factory=dict)
    _size: int = 0

    def __post_init__(self) -> None:
        self._size = size_of(warc_path(self.folder, self.day))
        if self._size == 0:
            name = warc_path(self.folder, self.day).name
            self._put(make_info(self._id("warcinfo"), name, previous=self._previous, now=self.now))

    def add(self, snapshot: Snapshot) -> int:
        """An answer and what we asked with; gives the offset of the answer."""
        original = self._find(snapshot) if snapshot.body else None
        if original is not None:
            answer = self._put(make_revisit(self._id("revisit"), snapshot, original))
        else:
            answer = self._put(make_response(self._id("response"), snapshot))
            self._fresh[answer.payload] = Original(
                file_of(self.day), answer.offset, answer.record, answer.url, answer.at
            )
        if snapshot.asked_with:
            self._put(make_request(self._id("request"), snapshot, answer.record))
        return answer.offset

    def _find(self, snapshot: Snapshot) -> Original | None:
        """Where the same payload lies intact; where it is damaged, the page is kept in full again."""
        sha256 = snapshot.sha256
        if sha256 in self._fresh:
            return self._fresh[sha256]
        original = self.known.find(sha256)
        if original is None:
            return None
        try:
            intact = _read(self.folder, original.file, original.offset).sha256 == sha256
        except ArchiveError as error:
            _log.warning("kept in full again, since it cannot be read where it lay: %s", error)
            return None
        return original if intact else None

    def _put(self, record: Record) -> Link:
        packed = record.pack()
        link = make_link(
            number=self.end.number + 1 if self.end else 1,
            at=record.date,
            kept=say_moment(self.now),
            type=record.type,
            record=record.id,
            url=record.url,
            offset=self._size,
            length=len(packed),
            sha256=hashlib.sha256(packed).hexdigest(),
            payload=record.payload,
            previous=self._previous,
        )
        self.end = link
        self._size = link.end
        self.packed.append(packed)
        self.links.append(link)
        return link

    @property
    def _previous(self) -> str:
        return self.end.hash if self.end else FIRST

    def _id(self, kind: str) -> str:
        return make_id(self._previous, kind)


def _read(folder: Path, file: str, offset: int) -> Member:
    path = warc_path(folder, day_of(file))
    try:
        with path.open("rb") as opened:
            return read_at(opened, offset)
    except FileNotFoundError as error:
        raise ArchiveError(f"{path} is missing: restore it from a backup") from error
    except (OSError, ArchiveError) as error:
        raise ArchiveError(
            f"{path}: the record at byte {offset} cannot be read: {error}; restore the file from a backup"
        ) from error


def _write(folder: Path, day: str, batch: _Batch) -> None:
    """Records, then lines; on any fault both files are as they were."""
    files = (
        (warc_path(folder, day), b"".join(batch.packed)),
        (
            chain_path(folder, day),
            b"".join(link.line for link in batch.links),
        ),
    )
    sizes = [(path, size_of(path)) for path, _ in files]
    month = warc_path(folder, day).parent
    month.mkdir(parents=True, exist_ok=True)
    try:
        for path, content in files:
            _append(path, content)
        if not all(size for _, size in sizes):
            for parent in (month, month.parent, folder):
                sync_folder(parent)
    except BaseException:
        for path, size in sizes:
            _cut_back(path, size)
        raise


def _append(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _cut_back(path: Path, size: int) -> None:
    if size == 0:
        path.unlink(missing_ok=True)
    elif path.exists():
        os.truncate(path, size)
