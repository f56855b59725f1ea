"""The schedule: when each stage runs. Jobs live in code and in memory; each fire has a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from desk.house import House, find_contact
from desk.stages import Stage, run_cycle, run_tell
from store.jobs import JobRun, finish_run, last_runs, start_run

COLLECT_EVERY = timedelta(minutes=10)  # priority feeds must be seen within ten minutes
DIGEST_GRACE = timedelta(hours=12)  # a machine asleep at 06:30 sends when it wakes, once
READING = (Stage.READ, Stage.GROUP, Stage.CHECK)


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work and its idempotency key at a given time."""

    name: str
    work: Callable[[House], str]
    key: Callable[[datetime], datetime]


def collect_and_read(house: House) -> str:
    """Collect, then read, group and check what came. Returns a line for the log."""
    counts = {}
    for stage in (Stage.COLLECT, *READING):
        counts.update(run_cycle(house, only=stage, progress=_silent).counts)
    return " ".join(f"{stage.value}={count}" for stage, count in counts.items())


def send_digest(house: House) -> str:
    """Today's digests. Returns a line for the log."""
    written, delivered = run_tell(house)
    return f"written={written} sent={delivered.sent} failed={delivered.failed}"


def _silent(stage: str, done: int, total: int) -> None:
    """The service's log has one line a job; nobody watches bars."""


def run_job(house: House, job: Job) -> None:
    """Claim this fire by its key, do the work, record how it went; a second claim does nothing.

    A fault ends this fire only, with its trace in the log and its words in the store: the schedule goes on.
    """
    now = house.clock()
    scheduled = job.key(now)
    with house.sessions.begin() as session:
        if not start_run(session, job.name, scheduled, now=now, owner="service"):
            return
    log = structlog.get_logger().bind(job=job.name, scheduled=scheduled.isoformat())
    try:
        words, failed = job.work(house), False
        log.info("job done", result=words)
    except Exception as fault:
        words, failed = f"{type(fault).__name__}: {fault}", True
        log.exception("job failed")
    with house.sessions.begin() as session:
        finish_run(
            session,
            job.name,
            scheduled,
            now=house.clock(),
            failed=failed,
            detail=words,
        )


def minute_of(now: datetime) -> datetime:
    """The key of an interval job: its minute."""
    return now.replace(second=0, microsecond=0)


def day_of(zone: ZoneInfo, at: tuple[int, int]) -> Callable[[datetime], datetime]:
    """The key of a daily job: the day's scheduled time in its zone, so that a late fire is the same fire."""

    def key(now: datetime) -> datetime:
        local = now.astimezone(zone)
        return local.replace(hour=at[0], minute=at[1], second=0, microsecond=0).astimezone(now.tzinfo)

    return key


def digest_time(text: str) -> tuple[int, int]:
    """The text "06:30" gives (6, 30); the configuration has checked its shape."""
    hour, minute = text.split(":")
    return int(hour), int(minute)


def is_digest_missed(runs: Iterable[JobRun], key: datetime, now: datetime) -> bool:
    """Whether today's digest time has passed without a digest, on a house that has sent digests before.

    The schedule lives in memory: a process that was not running at 06:30 knows of it only from the store.
    A first start sends nothing at once: there is no edition to be late with.
    """
    last = next((run for run in runs if run.job == "digest"), None)
    return last is not None and last.scheduled_for < key <= now


def add_collecting(scheduler: BackgroundScheduler, house: House, now: datetime) -> None:
    """Collect every ten minutes from now on."""
    seconds = int(COLLECT_EVERY.total_seconds())
    trigger = IntervalTrigger(seconds=seconds, jitter=seconds // 10)
    job = Job("collect", collect_and_read, minute_of)
    scheduler.add_job(run_job, trigger, args=(house, job), next_run_time=now, misfire_grace_time=None)


def make_scheduler(house: House) -> BackgroundScheduler:
    """The schedule, not yet started: collecting every ten minutes from now, the digest at its time.

    Nothing is collected on a schedule while no contact is set: outlets must be able to write to somebody.
    """
    rules, now = house.configuration.rules, house.clock()
    zone, at = ZoneInfo(rules.timezone), digest_time(rules.digest_at)
    scheduler = BackgroundScheduler(timezone=zone, job_defaults={"coalesce": True, "max_instances": 1})
    digest = Job("digest", send_digest, day_of(zone, at))
    if find_contact(house.settings, rules):
        add_collecting(scheduler, house, now)
    grace = int(DIGEST_GRACE.total_seconds())
    daily = CronTrigger(hour=at[0], minute=at[1], timezone=zone)
    scheduler.add_job(run_job, daily, args=(house, digest), misfire_grace_time=grace)
    with house.sessions() as session:
        if is_digest_missed(last_runs(session), digest.key(now), now):
            scheduler.add_job(run_job, args=(house, digest), misfire_grace_time=grace)
    return scheduler
