"""Notices as .eml files in a folder, for offices without a mail server and for looking at."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alerts.channels.channel import ChannelError
from alerts.channels.message import Letterhead, make_message
from store.types import Notice


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """Writes each notice as one file; a second sending writes the same file again."""

    folder: Path
    letterhead: Letterhead
    is_addressed: bool = True  # False: the notices are the folder's own and name nobody

    def path_of(self, notice: Notice, number: int) -> Path:
        """Where a notice goes: its number and a fingerprint of its key, never words of it."""
        return self.folder / f"{number:08}-{hashlib.sha256(notice.key.encode()).hexdigest()[:12]}.eml"

    def send(self, notice: Notice, number: int) -> None:
        """Write a notice whole or not at all.

        Raises:
            ChannelError: permanent when an address is none; temporary when the folder cannot be written.

        """
        body = make_message(notice, self.letterhead, is_addressed=self.is_addressed).as_bytes()
        try:
            self._write(self.path_of(notice, number), body)
        except OSError as error:
            words = f"cannot write to {self.folder}: {error}; make room or give the right to write"
            raise ChannelError(permanent=False, words=words) from error

    def _write(self, path: Path, body: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
