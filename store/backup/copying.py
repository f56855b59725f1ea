"""The database copied while others write, by SQLite's online backup, and the copy proven whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

from store.errors import BackupError

_PAGES = 2000  # copied in one step, 8 MiB: between two steps a stop is heard
_PATIENCE = 30.0  # seconds to wait for a lock
NEVER = Event()  # for who cannot be told to stop
Progress = Callable[[str, int, int], None]  # the part, how much of it is done, of how much


def say_nothing(_part: str, _done: int, _total: int) -> None:
    """For who watches no progress."""


class StoppedError(Exception):
    """Told to stop in the middle of a copy; nothing half-made is left."""


def copy_database(
    source: Path, target: Path, *, stopping: Event = NEVER, progress: Progress = say_nothing
) -> None:
    """Copy a SQLite file to a new one, as it is at one moment, while others read and write.

    The source is read in one transaction: without it each foreign write would begin the copy anew
    (sqlite.org/c3ref/backup_finish.html), and under load it would never end.

    Raises:
        BackupError: the source cannot be read, or the copy cannot be written.
        StoppedError: `stopping` was set.

    """

    def listen(_status: int, left: int, total: int) -> None:
        progress("database", total - left, total)
        if stopping.is_set():
            raise StoppedError

    try:
        with (
            closing(sqlite3.connect(_read_only(source), uri=True, timeout=_PATIENCE)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.isolation_level = None
            here.execute("BEGIN")
            here.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            here.backup(there, pages=_PAGES, progress=listen)
            there.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied to {target}: {error}") from error
    sync_file(target)


def check_copy(copy: Path) -> dict[str, int]:
    """Open a copy, have SQLite look at every page and reference, and count.

    Returns:
        Rows by table.

    Raises:
        BackupError: it is not whole; says what is wrong.

    """
    try:
        with closing(sqlite3.connect(_read_only(copy), uri=True)) as opened:
            said = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
            broken = opened.execute("PRAGMA foreign_key_check").fetchone()
            counts = _count_rows(opened)
    except sqlite3.Error as error:
        raise BackupError(f"the copy {copy} cannot be opened: {error}") from error
    if said != ["ok"]:
        raise BackupError(f"the copy {copy} is damaged: {'; '.join(said)}")
    if broken is not None:
        raise BackupError(f"in the copy {copy} a row of {broken[0]} refers to a row that is not there")
    return counts


def last_bytes(copy: Path) -> dict[str, int]:
    """Of every daily file that a copy's captures lie in: where the last of them begins (bytes)."""
    wanted = "SELECT warc_file, max(warc_offset) FROM snapshots WHERE warc_file <> '' GROUP BY warc_file"
    with closing(sqlite3.connect(_read_only(copy), uri=True)) as opened:
        return dict(opened.execute(wanted).fetchall())


def find_revision(copy: Path) -> str:
    """The revision of a copy's tables."""
    with closing(sqlite3.connect(_read_only(copy), uri=True)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def sync_file(path: Path) -> None:
    """What was written must survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _count_rows(opened: sqlite3.Connection) -> dict[str, int]:
    tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    ours = [name for name in sorted(tables) if not name.startswith("sqlite_")]
    return {name: _count(opened, name) for name in ours}


def _count(opened: sqlite3.Connection, table: str) -> int:
    counted = f'SELECT count(*) FROM "{table}"'  # noqa: S608  a table's name out of the file itself
    return int(opened.execute(counted).fetchone()[0])


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"
