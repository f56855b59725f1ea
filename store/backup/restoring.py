"""A generation brought back to an empty place; nothing that is there is ever overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

from store.backup.copying import Progress, check_copy, say_nothing, sync_file
from store.backup.files import UNFINISHED, files_of
from store.backup.generations import (
    ARCHIVE,
    DATABASE,
    Generation,
    check_archive,
    hash_file,
    list_generations,
)
from store.errors import BackupError
from store.warc.days import sync_folder


def find_generation(folder: Path, name: str) -> Generation:
    """A generation by its name, "" for the newest.

    Raises:
        BackupError: there is none.

    """
    found = list_generations(folder)
    for generation in found:
        if name in ("", generation.folder.name):
            return generation
    there = ", ".join(generation.folder.name for generation in found[:10]) or "none"
    raise BackupError(
        "The folder {folder} has no backup {name}; there are: {there}",
        folder=folder,
        name=name or "–",
        there=there,
    )


def check_generation(generation: Generation) -> None:
    """Prove that a generation is what was backed up, and that it can be brought back.

    Raises:
        BackupError: it is not whole; nothing is changed.

    """
    copy = generation.folder / DATABASE
    if not copy.is_file() or hash_file(copy) != generation.manifest.sha256:
        raise BackupError("{copy} is not what was backed up: take another generation.", copy=copy)
    check_copy(copy)
    check_archive(copy, generation.folder.parent.parent / ARCHIVE)


def restore(
    generation: Generation, database: Path, archive: Path, *, progress: Progress = say_nothing
) -> int:
    """Prove a generation whole, then bring back its archive and, last, its database.

    Args:
        generation: of `find_generation`.
        database: SQLite's file that is to be; it must not be there.
        archive: the folder that is to be; not there, or empty.
        progress: told of "archive" (files).

    Returns:
        How many files of the archive were brought back.

    Raises:
        BackupError: something is there already, or the generation is not whole; nothing is changed then.
        OSError: the disk is full or cannot be written.

    """
    _require_empty(database, archive)
    check_generation(generation)
    copy, kept = generation.folder / DATABASE, generation.folder.parent.parent / ARCHIVE
    count = _restore_archive(kept, archive, progress)
    database.parent.mkdir(parents=True, exist_ok=True)
    half = database.with_name(f"{UNFINISHED}{database.name}")
    shutil.copyfile(copy, half)
    sync_file(half)
    half.rename(database)
    sync_folder(database.parent)
    return count


def _restore_archive(kept: Path, archive: Path, progress: Progress) -> int:
    """Beside its place first, then renamed: a killed restoring leaves no archive that looks whole."""
    half = archive.with_name(f"{UNFINISHED}{archive.name}")
    if half.exists():
        shutil.rmtree(half)
    half.mkdir(parents=True)
    found = list(files_of(kept)) if kept.exists() else []
    for done, path in enumerate(found, start=1):
        progress("archive", done, len(found))
        target = half / path.relative_to(kept)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    if archive.exists():
        archive.rmdir()  # it is empty
    half.rename(archive)
    return len(found)


def _require_empty(database: Path, archive: Path) -> None:
    there = [path for path in (database, Path(f"{database}-wal")) if path.exists()]
    if archive.exists() and any(archive.iterdir()):
        there.append(archive)
    if there:
        raise BackupError(
            f"{there[0]} is there already and is not overwritten: name another DIEMBAO_HOME, or move it away"
        )
