"""Captured bytes, kept for good: answers as WARC records, other material by content; verified on reading.

A name is always made here, from a hash or a day; nothing from the net ever becomes a path.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.errors import ArchiveError
from store.types import Snapshot
from store.warc.daily import Daily
from store.warc.days import sync_folder
from store.warc.records import is_response

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER = timedelta(days=1)
_MOST = 1 << 28  # bytes unpacked; we keep pages of some MB, and a changed file may be a bomb
_NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a capture lies. `warc_file` is "" for material that is no answer: it lies under its hash."""

    sha256: str
    warc_file: str = ""  # under the folder `warc`: YYYY/MM/YYYY-MM-DD.warc.gz
    warc_offset: int = 0  # bytes


def utc_now() -> datetime:
    """The clock of a real archive (aware, UTC)."""
    return datetime.now(UTC)


class Archive:
    """The folder of captured bytes; several processes may keep and read at once.

    `clock` gives the present (aware): it says which day's file is written to.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime] = utc_now) -> None:
        self.folder = folder
        self.daily = Daily(folder / "warc", clock)
        self.vouched = ""  # the newest day up to which the audit log was looked at; see store.vouching

    def keep_all(self, snapshots: Sequence[Snapshot]) -> list[Place]:
        """Keep captures for good, in the order given: answers in the file of the day, others by content.

        The disk is asked to make it last once for each file, however many they are. What robots.txt kept
        us from asking for (status 0) is no answer and stays out of the WARC files.

        Raises:
            ArchiveError: when they cannot be written (full disk, permissions); no answer is kept then.

        """
        answers = [snapshot for snapshot in snapshots if is_response(snapshot)]
        try:
            found = iter(self.daily.append(answers) if answers else ())
        except OSError as error:
            raise ArchiveError(_explain(error, self.folder)) from error
        return [
            Place(snapshot.sha256, *next(found)) if is_response(snapshot) else Place(self.keep(snapshot.body))
            for snapshot in snapshots
        ]

    def keep(self, body: bytes) -> str:
        """Keep material that is no answer under its hash (hex SHA-256); the same bytes are kept once.

        Raises:
            ArchiveError: when they cannot be written (full disk, permissions); nothing half-written remains.

        """
        sha256 = hashlib.sha256(body).hexdigest()
        if sha256 != _NOTHING and not self._is_intact(sha256):
            try:
                self._write(self._path(sha256), gzip.compress(body, mtime=0))
            except OSError as error:
                raise ArchiveError(_explain(error, self.folder)) from error
        return sha256

    def body(self, sha256: str, place: Place | None = None) -> bytes:
        """The bytes with this hash, from their place or, without one, from wherever they lie.

        Raises:
            ArchiveError: when they are missing, cannot be read, or are not what was captured.

        """
        path = self._path(sha256)
        if sha256 == _NOTHING:
            return b""
        if place is not None and place.warc_file:
            return self._from_record(sha256, place)
        if not path.exists() and (original := self.daily.find(sha256)) is not None:
            return self._from_record(sha256, Place(sha256, original.file, original.offset))
        return self._from_loose(sha256, path)

    def sweep(self, *, now: datetime) -> int:
        """Remove what killed processes left unfinished more than a day before `now`; how many files."""
        abandoned = [
            path
            for path in self.folder.glob(f"*/*/{_UNFINISHED}*")
            if path.stat().st_mtime < (now - _ABANDONED_AFTER).timestamp()
        ]
        for path in abandoned:
            path.unlink(missing_ok=True)
        return len(abandoned)

    def _from_record(self, sha256: str, place: Place) -> bytes:
        try:
            body = self.daily.read(place.warc_file, place.warc_offset).payload
        except ArchiveError as error:
            raise ArchiveError(f"the capture {sha256} cannot be read: {error}") from error
        where = f"byte {place.warc_offset} of {place.warc_file}"
        return _checked(body, sha256, where)

    def _from_loose(self, sha256: str, path: Path) -> bytes:
        try:
            with gzip.open(path) as file:
                body = file.read(_MOST)
        except FileNotFoundError as error:
            raise ArchiveError(
                f"the capture {sha256} is missing: no file {path}; restore a backup"
            ) from error
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"the capture {sha256} cannot be read: {path}: {error}; restore it") from error
        return _checked(body, sha256, str(path))

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ArchiveError(f"{sha256!r:.80} is no SHA-256 in lower-case hex")
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"

    def _is_intact(self, sha256: str) -> bool:
        """Bytes that come again mend a file that was damaged since."""
        path = self._path(sha256)
        try:
            return path.exists() and bool(self._from_loose(sha256, path))
        except ArchiveError:
            return False

    def _write(self, path: Path, packed: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _checked(body: bytes, sha256: str, where: str) -> bytes:
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ArchiveError(f"the capture {sha256} is not what was captured: {where} was changed; restore it")
    return body


def _explain(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk under {folder} is full: this capture was not kept; free some space and run again"
    return f"the archive {folder} cannot be written: {error}; correct the folder or its permissions"
