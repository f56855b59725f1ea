"""What `diembao doctor` says of backups: whether they are made, and how old the newest is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from config.settings import Settings
from desk.findings import Finding, State
from desk.keeping import OVERDUE, NoBackupError, find_database, find_folder, newest_backup
from store.errors import BackupError


def examine_backups(settings: Settings, *, now: datetime, t: Callable[[str], str]) -> Iterator[Finding]:
    """One finding; it looks into the folder itself, since what a job once said may be gone from the disk."""
    try:
        find_database(settings)
        folder = find_folder(settings)
    except NoBackupError as fault:
        yield Finding(t("Backups"), State.NOTE, t(fault.what), t(fault.do))
        return
    try:
        newest = newest_backup(folder)
    except (BackupError, OSError) as fault:
        yield Finding(t("Backups"), State.FAULT, str(fault), t("See docs/backup.md."))
        return
    yield _age(newest, now, t)


def _age(newest: datetime | None, now: datetime, t: Callable[[str], str]) -> Finding:
    if newest is None:
        words = t("none yet; the service makes the first within the hour")
        return Finding(t("Backups"), State.NOTE, words, t("Or make one now: `diembao backup`."))
    said = newest.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y %H:%M")
    words = t("the newest is of {at}").format(at=said)
    if now - newest > OVERDUE:
        advice = t("It is older than 48 hours: see `diembao status` for why, or run `diembao backup`.")
        return Finding(t("Backups"), State.FAULT, words, advice)
    return Finding(t("Backups"), State.OK, words)
