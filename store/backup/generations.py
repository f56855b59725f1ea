"""Backups by generation: a folder each with the database, and one archive that all of them share.

FOLDER/generations/2026-11-22T193000Z/{diembao.sqlite3, manifest.json, config/} · FOLDER/archive/…
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from store.archive import Archive
from store.backup.copying import (
    NEVER,
    Progress,
    check_copy,
    copy_database,
    find_revision,
    last_bytes,
    say_nothing,
    sync_file,
)
from store.backup.files import UNFINISHED, Copied, copy_archive
from store.errors import BackupError
from store.warc.days import size_of, sync_folder

DATABASE = "diembao.sqlite3"
MANIFEST = "manifest.json"
ARCHIVE = "archive"
_GENERATIONS = "generations"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    made_at: str  # RFC 3339, UTC
    revision: str
    size: int  # bytes of the database
    sha256: str
    rows: dict[str, int] = field(default_factory=dict)  # by table


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation."""

    folder: Path
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        """When it was begun (UTC)."""
        return datetime.fromisoformat(self.manifest.made_at)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one backup did."""

    generation: Generation
    copied: Copied
    dropped: int  # generations before the ones that are kept


def take_backup(
    database: Path,
    archive: Archive,
    folder: Path,
    *,
    keep: int,
    now: datetime,
    configuration: Sequence[Path] = (),
    stopping: Event = NEVER,
    progress: Progress = say_nothing,
) -> Taken:
    """Copy the database, then the archive, prove both, and drop what is older than the newest `keep`.

    The database goes first: every capture that it knows of lies in the archive by then.

    Args:
        database: SQLite's file; others may write meanwhile.
        archive: likewise.
        folder: where backups go; it must be there, so that a disk that is not mounted is told.
        keep: generations, at least 1.
        now: UTC; names the generation.
        configuration: files that the office edits, kept beside the database.
        stopping: set to end early; nothing half-made counts as a generation then.
        progress: told of "database" (pages) and "archive" (files).

    Raises:
        BackupError: it cannot be made or is not whole. What was made and is whole stays.
        StoppedError: `stopping` was set.
        OSError: the disk is full or cannot be written.

    """
    _require_apart(folder, archive)
    with _alone(folder):
        made = folder / _GENERATIONS / now.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        if made.exists():
            raise BackupError(f"{made} is there already: wait a second and run again")
        work = made.with_name(f"{UNFINISHED}{made.name}")
        work.mkdir(parents=True)
        try:
            copy_database(database, work / DATABASE, stopping=stopping, progress=progress)
            copied = copy_archive(archive, folder / ARCHIVE, stopping=stopping, progress=progress)
            generation = _finish(work, made, configuration, now=now)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        _require_whole(generation, archive, folder / ARCHIVE, copied)
        return Taken(generation, copied, _drop_old(folder, keep))


def list_generations(folder: Path) -> list[Generation]:
    """The finished generations of a backup folder, the newest first; one that cannot be read is an error.

    Raises:
        BackupError: a manifest is missing or damaged.

    """
    found = sorted((folder / _GENERATIONS).glob("[0-9]*"), reverse=True)
    return [Generation(path, _read_manifest(path / MANIFEST)) for path in found]


def check_archive(copy: Path, archive: Path) -> None:
    """Every capture that a copy of the database knows of lies within the copied daily files.

    Raises:
        BackupError: names the first file that is too short.

    """
    for name, offset in sorted(last_bytes(copy).items()):
        if size_of(archive / "warc" / name) <= offset:
            raise BackupError(
                f"{archive / 'warc' / name} does not reach to byte {offset}, where a capture lies"
            )


def _require_whole(generation: Generation, archive: Archive, copy: Path, copied: Copied) -> None:
    check_archive(generation.folder / DATABASE, copy)
    if copied.faults:
        raise BackupError(
            f"the archive {archive.folder} is not what its copy is; run `diembao verify`: "
            + "; ".join(copied.faults[:5])
        )


def hash_file(path: Path) -> str:
    """Hex SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finish(work: Path, made: Path, configuration: Sequence[Path], *, now: datetime) -> Generation:
    copy = work / DATABASE
    manifest = Manifest(
        made_at=now.astimezone(UTC).isoformat(),
        rows=check_copy(copy),
        revision=find_revision(copy),
        size=copy.stat().st_size,
        sha256=hash_file(copy),
    )
    for path in configuration:
        (work / "config").mkdir(exist_ok=True)
        shutil.copy2(path, work / "config" / path.name)
    said = work / MANIFEST
    said.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    sync_file(said)
    work.rename(made)
    sync_folder(made.parent)
    return Generation(made, manifest)


def _read_manifest(path: Path) -> Manifest:
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{path} cannot be read: {error}; this generation is not whole") from error


def _drop_old(folder: Path, keep: int) -> int:
    old = sorted((folder / _GENERATIONS).glob("[0-9]*"), reverse=True)[max(1, keep) :]
    for path in old:
        shutil.rmtree(path)
    for path in (folder / _GENERATIONS).glob(f"{UNFINISHED}*"):
        shutil.rmtree(path)  # of a killed process: we hold the lock
    return len(old)


def _require_apart(folder: Path, archive: Archive) -> None:
    if not folder.is_dir():
        raise BackupError(
            "The folder for backups {folder} is not there: make it, or mount its disk; it is not made by"
            " itself, so that a backup never lands on the disk that it should outlive.",
            folder=folder,
        )
    if folder.resolve().is_relative_to(archive.folder.resolve()):
        raise BackupError(
            "The folder for backups {folder} lies inside the archive: name another one.", folder=folder
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with FileLock(folder / "lock", timeout=0):
            yield
    except Timeout as error:
        raise BackupError(
            "Another backup into {folder} is running: wait for its end.", folder=folder
        ) from error
