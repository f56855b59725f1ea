"""Backups of a house: where they go, what is in them, how old the newest is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from config.settings import Settings
from desk.house import House, Progress
from store.backup.generations import Taken, list_generations, take_backup
from store.errors import BackupError
from store.jobs import finish_run, start_run

BACKUP = "backup"  # the job's name
OVERDUE = timedelta(hours=48)  # two nights without one
BY_HAND = "command"


class NoBackupError(Exception):
    """No backup of ours can be made here; `what` and `do` are msgids for people."""

    def __init__(self, what: str, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(what)


def _t(text: str) -> str:
    return text  # marks what the catalogue must have


def find_database(settings: Settings) -> Path:
    """SQLite's file.

    Raises:
        NoBackupError: the database is PostgreSQL's, which has tools of its own.

    """
    url = make_url(settings.database_address())
    if url.get_backend_name() != "sqlite" or not url.database:
        raise NoBackupError(
            _t("The database is PostgreSQL: it is backed up and restored by its own tools, not by this one."),
            _t(
                "Use pg_dump and pg_restore for the database, and copy the folder `archive` in DIEMBAO_HOME "
                "after each dump (for example with rsync); see docs/backup.md."
            ),
        )
    return Path(url.database)


def find_folder(settings: Settings, named: Path | None = None) -> Path:
    """Where backups go: as named, else as set.

    Raises:
        NoBackupError: neither.

    """
    folder = named or settings.backup_folder
    if folder is None:
        raise NoBackupError(
            _t("No folder for backups is set."),
            _t("Name one on another disk, or set DIEMBAO_BACKUP_FOLDER: the service then backs up by night."),
        )
    return folder.expanduser().absolute()


def has_backups(settings: Settings) -> bool:
    """Whether the service backs this house up by night."""
    try:
        find_database(settings)
        find_folder(settings)
    except NoBackupError:
        return False
    return True


def back_up(house: House, folder: Path, *, keep: int, progress: Progress) -> Taken:
    """One backup, proven.

    Raises:
        NoBackupError, store.errors.BackupError, store.backup.copying.StoppedError, OSError: it is not made.

    """
    return take_backup(
        find_database(house.settings),
        house.archive,
        folder,
        keep=keep,
        now=house.clock(),
        configuration=_kept_beside(house.settings),
        stopping=house.stopping,
        progress=progress,
    )


def record_by_hand(house: House, work: Callable[[], str]) -> None:
    """Run a backup as a firing of its job, so that `status` and whoever watches know of it."""
    begun = house.clock()
    with house.sessions.begin() as session:
        start_run(session, BACKUP, begun, now=begun, owner=BY_HAND)
    failed, words = True, "interrupted"
    try:
        failed, words = False, work()
    except Exception as fault:
        failed, words = True, f"{type(fault).__name__}: {fault}"
        raise
    finally:
        with house.sessions.begin() as session:
            finish_run(session, BACKUP, begun, now=house.clock(), failed=failed, detail=words)


def say_taken(taken: Taken) -> str:
    """A line for the log and for `status`."""
    return (
        f"generation={taken.generation.folder.name} files={taken.copied.files} "
        f"bytes={taken.copied.size + taken.generation.manifest.size} dropped={taken.dropped}"
    )


def newest_backup(folder: Path) -> datetime | None:
    """When the newest backup in a folder was begun (UTC); None where there is none.

    Raises:
        store.errors.BackupError: the folder is not there, or a generation cannot be read.

    """
    if not folder.is_dir():
        raise BackupError(
            _t("The folder for backups {folder} is not there: make it, or mount its disk."), folder=folder
        )
    return next((found.made_at for found in list_generations(folder)), None)


def _kept_beside(settings: Settings) -> list[Path]:
    """The office's own configuration and trained models; secrets stay where they are."""
    found = sorted(settings.config.glob("*.yaml")) if settings.config else []
    models = sorted(settings.models.glob("*")) if settings.models.is_dir() else []
    return [path for path in (*found, *models) if path.is_file()]
