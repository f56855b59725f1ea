"""Captured bytes by content: `ab/cd/<sha256>.gz` under one folder, never changed, verified on reading.

A name is always a hash computed here; nothing from the net ever becomes a path.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import re
import tempfile
import zlib
from datetime import datetime, timedelta
from pathlib import Path

from store.errors import ArchiveError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER = timedelta(days=1)


class Archive:
    """The folder of captured bytes; several processes may keep and read at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, body: bytes) -> str:
        """Keep bytes for good and say their hash (hex SHA-256); the same bytes are kept once.

        Raises:
            ArchiveError: when they cannot be written (full disk, permissions); nothing half-written remains.

        """
        sha256 = hashlib.sha256(body).hexdigest()
        if not self._is_intact(sha256):
            try:
                self._write(self._path(sha256), gzip.compress(body, mtime=0))
            except OSError as error:
                raise ArchiveError(_explain(error, self.folder)) from error
        return sha256

    def body(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises:
            ArchiveError: when they are missing, cannot be read, or are not what was captured.

        """
        path = self._path(sha256)
        try:
            body = gzip.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise ArchiveError(
                f"the capture {sha256} is missing: no file {path}; restore a backup"
            ) from error
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"the capture {sha256} cannot be read: {path}: {error}; restore it") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ArchiveError(
                f"the capture {sha256} is not what was captured: {path} was changed; restore it"
            )
        return body

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

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ArchiveError(f"{sha256!r:.80} is no SHA-256 in lower-case hex")
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"

    def _is_intact(self, sha256: str) -> bool:
        """Bytes that come again mend a file that was damaged since."""
        if not self._path(sha256).exists():
            return False
        try:
            self.body(sha256)
        except ArchiveError:
            return False
        return True

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
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explain(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk under {folder} is full: this capture was not kept; free some space and run again"
    return f"the archive {folder} cannot be written: {error}; correct the folder or its permissions"
