"""The house looked after by itself: a backup by night, what is old deleted, the library's addresses asked
again each week, health told in words.

Each hour it is asked whether the last one due was done: what was missed or failed is made up within the hour.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from crawler.asking import AskingError
from crawler.condition.watch import watch_sources
from desk.doctor import MINIMUM_FREE_BYTES
from desk.house import House, find_contact
from desk.keeping import BACKUP, OVERDUE, back_up, find_folder, has_backups, say_taken
from desk.library_again import recheck
from desk.service import Job, PlainFaultError, digest_time, run_job
from store.backup.copying import StoppedError
from store.errors import BackupError
from store.jobs import last_runs, last_successes
from store.library.addresses import Found
from store.retention import drop_old

RETENTION, HEALTH, LIBRARY = "retention", "health", "library"
RETENTION_AT = (3, 45)  # after the backup, so that one more copy has it
LIBRARY_AT, SUNDAY = (4, 20), 6  # when the offices that publish have the least to do
HEALTH_MINUTE = 7
QUIET = timedelta(minutes=10)  # after a start: a service that starts again and again does not only this


def upkeep_jobs(house: House) -> tuple[tuple[Job, int], ...]:
    """What is to be done, each with the minute of the hour in which it is asked for."""
    zone = ZoneInfo(house.configuration.rules.timezone)
    at = digest_time(house.settings.backup_at)
    found = (
        (Job(RETENTION, drop_what_is_old, last_time(zone, RETENTION_AT), again=True), RETENTION_AT[1]),
        (Job(HEALTH, look_after, hour_of), HEALTH_MINUTE),
        (Job(LIBRARY, ask_library, last_time(zone, LIBRARY_AT, weekday=SUNDAY), again=True), LIBRARY_AT[1]),
    )
    if not has_backups(house.settings):
        return found
    return (*found, (Job(BACKUP, back_up_by_night, last_time(zone, at), again=True), at[1]))


def add_upkeep(scheduler: BackgroundScheduler, house: House) -> None:
    """Put the upkeep on the schedule. A fire slept through runs at waking, once."""
    for job, minute in upkeep_jobs(house):
        hourly = CronTrigger(minute=minute, timezone="UTC", start_date=house.clock() + QUIET)
        scheduler.add_job(run_job, hourly, args=(house, job), misfire_grace_time=None)


def back_up_by_night(house: House) -> str:
    """The night's backup. Returns a line for the log.

    Raises:
        PlainFaultError: it is not made; the next hour tries again.

    """
    try:
        folder = find_folder(house.settings)
        return say_taken(back_up(house, folder, keep=house.settings.backup_keep, progress=_silent))
    except StoppedError as fault:
        raise PlainFaultError("stopped with the service: made up within an hour of the next start") from fault
    except (BackupError, OSError) as fault:
        raise PlainFaultError(str(fault)) from fault


def drop_what_is_old(house: House) -> str:
    """Delete what nobody needs any more. Returns a line for the log."""
    with house.sessions.begin() as session:
        return str(drop_old(session, now=house.clock()))


def ask_library(house: House) -> str:
    """Ask the library's addresses again and note what they hold now; add nothing. Returns a line for the log.

    Raises:
        PlainFaultError: the asking ended early; the next hour tries again.

    """
    if not find_contact(house.settings, house.configuration.rules):
        return "not asked: no contact is set"  # nobody is asked without a name to write to
    counts: Counter[Found] = Counter()
    try:
        for one in recheck(house, by=""):
            counts[one.found] += 1
            if house.stopping.is_set():
                raise PlainFaultError("stopped with the service: made up within an hour of the next start")
    except AskingError as fault:
        raise PlainFaultError(str(fault)) from fault
    return " ".join(f"{found.value}={counts[found]}" for found in Found)


def look_after(house: House) -> str:
    """Judge the sources, also where nothing was collected, the disk and the backups. Returns a line.

    Raises:
        PlainFaultError: something is not well; says what.

    """
    configuration, now = house.configuration, house.clock()
    # without a contact nothing is collected, and all sources would be late
    if find_contact(house.settings, configuration.rules):
        watch_sources(house.sessions, configuration.sources, configuration.calendar, now=now)
    faults = [fault for fault in (_disk_fault(house), _backup_fault(house, now)) if fault]
    if faults:
        raise PlainFaultError("; ".join(faults))
    return f"free={shutil.disk_usage(house.settings.home).free >> 20} MiB"


def _disk_fault(house: House) -> str:
    free = shutil.disk_usage(house.settings.home).free
    if free >= MINIMUM_FREE_BYTES:
        return ""
    return f"only {free >> 20} MiB are free under {house.settings.home}: collecting stops when it is full"


def _backup_fault(house: House, now: datetime) -> str:
    if not has_backups(house.settings):
        return ""
    with house.sessions() as session:
        last = last_successes(session).get(BACKUP)
        tried = any(run.job == BACKUP for run in last_runs(session))
    if last is None:
        return "no backup was ever made, though one was tried" if tried else ""
    return f"the last backup was made on {last:%Y-%m-%d %H:%M} UTC" if now - last > OVERDUE else ""


def last_time(
    zone: ZoneInfo, at: tuple[int, int], *, weekday: int | None = None
) -> Callable[[datetime], datetime]:
    """The key of what is done daily, or on a weekday (Monday is 0), and made up when missed: when it was last
    due.
    """
    every = timedelta(days=1 if weekday is None else 7)

    def key(now: datetime) -> datetime:
        local = now.astimezone(zone)
        due = local.replace(hour=at[0], minute=at[1], second=0, microsecond=0)
        if weekday is not None:
            due -= timedelta(days=(due.weekday() - weekday) % 7)
        return (due if due <= local else due - every).astimezone(now.tzinfo)

    return key


def hour_of(now: datetime) -> datetime:
    """The key of what is done hourly."""
    return now.replace(minute=0, second=0, microsecond=0)


def _silent(_part: str, _done: int, _total: int) -> None:
    """The service's log has one line a job; nobody watches bars."""
