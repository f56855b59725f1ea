"""The archive copied: files only grow or are new, so only what is new is written, never over a copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import BinaryIO

from store.archive import Archive
from store.backup.copying import NEVER, Progress, StoppedError, say_nothing, sync_file
from store.warc.days import size_of, sync_folder
from store.warc.mending import mend_end

UNFINISHED = ".unfinished-"
_NOT_KEPT = ("lock", "payloads.sqlite3")  # made anew at will
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """What a run copied, and the files that are not what their copies are (in words)."""

    files: int
    size: int  # bytes written
    faults: tuple[str, ...] = ()


def copy_archive(
    archive: Archive, target: Path, *, stopping: Event = NEVER, progress: Progress = say_nothing
) -> Copied:
    """Bring a copy of an archive up to date while others keep captures.

    Sizes are taken while nobody appends; up to there a daily file never changes again. A file that is shorter
    than its copy, or begins otherwise, was damaged or changed: its copy stays and the fault is told.

    Raises:
        ArchiveError: another process does not let go of the archive.
        StoppedError: `stopping` was set; the next run goes on.
        OSError: the copy cannot be written.

    """
    if not archive.folder.exists():
        return Copied(0, 0)
    copied, faults = [], []
    found = _sizes(archive)
    for done, (path, size) in enumerate(found, start=1):
        progress("archive", done, len(found))
        if stopping.is_set():
            raise StoppedError
        name = path.relative_to(archive.folder)
        written = copy_grown(path, target / name, size)
        if written is None:
            faults.append(f"{name}: the copy in the backup is another one and was left as it is")
        elif written:
            copied.append(written)
    return Copied(len(copied), sum(copied), tuple(faults))


def copy_grown(source: Path, target: Path, size: int) -> int | None:
    """Bring a copy up to the first `size` bytes of its source.

    Returns:
        Bytes written; None, and nothing written, where the copy is not how the source begins.

    """
    there = size_of(target)
    if not target.exists():
        _copy_new(source, target, size)
        return size
    if there == size:
        return 0
    if there > size or not _begins_alike(source, target, there):
        return None
    with source.open("rb") as here, target.open("ab") as out:
        here.seek(there)
        _pump(here, out, size - there)
        out.flush()
        os.fsync(out.fileno())
    return size - there


def files_of(folder: Path) -> Iterator[Path]:
    """All files of an archive that cannot be made anew, in order."""
    for path in sorted(folder.rglob("*")):
        made_anew = path.name.startswith((UNFINISHED, *_NOT_KEPT))
        if path.is_file() and not made_anew:
            yield path


def _sizes(archive: Archive) -> list[tuple[Path, int]]:
    with archive.daily.locked():
        mend_end(archive.daily.folder)  # what a killed process left unproven is no capture
        return [(path, path.stat().st_size) for path in files_of(archive.folder)]


def _copy_new(source: Path, target: Path, size: int) -> None:
    """Whole or not at all, so that a name in the copy always stands for its content."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out, source.open("rb") as here:
            _pump(here, out, size)
        shutil.copystat(source, name)
        sync_file(Path(name))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _pump(here: BinaryIO, out: BinaryIO, size: int) -> None:
    while size and (block := here.read(min(_BLOCK, size))):
        out.write(block)
        size -= len(block)
    if size:
        raise OSError(f"{here.name} ended {size} bytes early while it was copied")


def _begins_alike(source: Path, target: Path, size: int) -> bool:
    return _digest(source, size) == _digest(target, size)


def _digest(path: Path, size: int) -> bytes:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while size and (block := file.read(min(_BLOCK, size))):
            found.update(block)
            size -= len(block)
    return found.digest()
