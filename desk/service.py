"""The schedule: when each stage runs. Jobs live in code and in memory; each fire has a key."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from filelock import FileLock, Timeout
from sqlalchemy.orm import Session

from alerts.spans import Span, due_time
from crawler.due import is_anything_due
from desk.house import CYCLE_LOCK, House, find_contact, make_crawl_settings
from desk.stages import Stage, run_collect, run_cycle, run_deliver, run_tell
from store.jobs import JobRun, finish_run, last_runs, retake_run, start_run

TICK = timedelta(
    seconds=15
)  # what a priority feed waits for longer than its cadence; the others wait a minute
RUN_SECONDS = 240.0  # of one collection: a host with many pages must not keep priority feeds waiting
READ_EVERY = 10  # minutes: what came by another way is read, too
DIGEST_GRACE = timedelta(hours=12)  # a machine asleep at 06:30 sends when it wakes, once
MADE_UP = {Span.DAY: timedelta(days=1), Span.WEEK: timedelta(days=2), Span.MONTH: timedelta(days=5)}
FIRES: dict[Span, dict[str, Any]] = {Span.DAY: {}, Span.WEEK: {"day_of_week": "mon"}, Span.MONTH: {"day": 1}}
DIGESTS = {Span.DAY: "digest", Span.WEEK: "digest-week", Span.MONTH: "digest-month"}  # names of their jobs
OWNER = "service"
READING = (Stage.READ, Stage.GROUP, Stage.CHECK, Stage.ALERT)


class PlainFaultError(Exception):
    """A job could not do its work for a reason that is told whole in words: a trace would add nothing."""


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work and its idempotency key at a given time."""

    name: str
    work: Callable[[House], str]
    key: Callable[[datetime], datetime]
    again: bool = False  # also a fire that failed or was killed: its work does nothing twice


def collect_and_read(house: House) -> str:
    """Collect what is due, then read, group, check what came, and alert. Returns a line for the log."""
    report = run_collect(
        house, _silent, settings=replace(make_crawl_settings(house), run_seconds=RUN_SECONDS)
    )
    new = report.articles_new + report.versions_new
    return f"{Stage.COLLECT.value}={new} left={report.left} {read_what_came(house)}"


def read_what_came(house: House) -> str:
    """Read, group, check and alert. Returns a line for the log."""
    counts = {}
    for stage in READING:
        if house.stopping.is_set():
            break  # what is left unread is read after the next start
        counts.update(run_cycle(house, only=stage, progress=_silent).counts)
    return " ".join(f"{stage.value}={count}" for stage, count in counts.items())


def tick(house: House) -> None:
    """Collect if anything is due, which only the store is asked; a tick with nothing to do leaves no trace.

    While somebody runs `diembao cycle` by hand it does nothing: two would ask the same hosts side by side.
    """
    lock = FileLock(house.settings.home / CYCLE_LOCK, timeout=0)
    with contextlib.suppress(Timeout), lock:
        _do_what_is_due(house)


def _do_what_is_due(house: House) -> None:
    now = house.clock()
    begins_minute = now.second < TICK.seconds
    asked = [source for source in house.configuration.sources if begins_minute or source.priority]
    settings = replace(make_crawl_settings(house), run_seconds=RUN_SECONDS)
    with house.sessions() as session:
        due = is_anything_due(session, asked, settings, now=now, feeds_only=not begins_minute)
    begins_ten = begins_minute and now.minute % READ_EVERY == 0
    if due:
        run_job(house, Job("collect", collect_and_read, tick_of))
    elif begins_ten:
        run_job(house, Job("read", read_what_came, minute_of))
    if begins_ten:
        repeat_digest(house)
    send_waiting(house)


def repeat_digest(house: House) -> None:
    """Try the newest digests again where they failed; who got theirs gets no second one."""
    with house.sessions() as session:
        last = {run.job: run for run in last_runs(session)}
    for job in digest_jobs(house).values():
        run = last.get(job.name)
        if run is not None and run.failed and run.scheduled_for == job.key(house.clock()):
            run_job(house, job)


def digest_jobs(house: House) -> dict[Span, Job]:
    """The digests that somebody gets, each at its time; the daily one always."""
    asked = {span for recipient in house.configuration.rules.recipients for span in recipient.every}
    return {span: digest_job(house, span) for span in Span if span is Span.DAY or span in asked}


def digest_job(house: House, span: Span = Span.DAY) -> Job:
    """The digest of a day, week or month at its time."""
    rules = house.configuration.rules
    if span is Span.DAY:
        key = day_of(ZoneInfo(rules.timezone), digest_time(rules.digest_at))
        return Job(DIGESTS[span], send_digest, key, again=True)

    def last_due(now: datetime) -> datetime:
        return due_time(rules, now=now, span=span)

    return Job(DIGESTS[span], partial(send_digest, span=span), last_due, again=True)


def send_waiting(house: House) -> None:
    """Hand over what is due in the outbox: alerts, and letters tried again. With nothing due, no trace."""
    report = run_deliver(house)
    if report.deliveries:
        log = structlog.get_logger().bind(job="post")
        log.info("job done", sent=report.sent, failed=report.failed, waiting=report.waiting)


def send_digest(house: House, span: Span = Span.DAY) -> str:
    """The digests of the day, week or month. Returns a line for the log."""
    written, delivered = run_tell(house, due=digest_job(house, span).key(house.clock()), span=span)
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
        if not _claim(session, job, scheduled, now=now):
            return
    log = structlog.get_logger().bind(job=job.name, scheduled=scheduled.isoformat())
    try:
        words, failed = job.work(house), False
        log.info("job done", result=words)
    except PlainFaultError as fault:
        words, failed = str(fault), True
        log.error("job failed", result=words)  # noqa: TRY400  the words are all there is to know
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


def _claim(session: Session, job: Job, scheduled: datetime, *, now: datetime) -> bool:
    if start_run(session, job.name, scheduled, now=now, owner=OWNER):
        return True
    return job.again and retake_run(session, job.name, scheduled, now=now, owner=OWNER)


def tick_of(now: datetime) -> datetime:
    """The key of a collection: its quarter of a minute."""
    return now.replace(second=now.second - now.second % TICK.seconds, microsecond=0)


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


def is_digest_missed(runs: Iterable[JobRun], key: datetime, now: datetime, *, span: Span = Span.DAY) -> bool:
    """Whether a digest's time has passed without it, on a house that has sent digests before.

    The schedule lives in memory: a process that was not running at 06:30 knows of it only from the store.
    A digest that failed, or was begun by a process that died, is missed, too. A first start sends nothing at
    once: there is no edition to be late with. A week's or month's is made up for within `MADE_UP` only: after
    that the next is near, or the daily ones have told it all.
    """
    last = {run.job: run for run in runs}
    if DIGESTS[Span.DAY] not in last or key > now or now - key > MADE_UP[span]:
        return False
    run = last.get(DIGESTS[span])
    return run is None or run.scheduled_for < key or run.failed or run.finished_at is None


def add_collecting(scheduler: BackgroundScheduler, house: House, now: datetime) -> None:
    """Look again and again from now on whether anything is due, one collection at a time."""
    # a tick during a collection is passed over, as it should be: no warning each time
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    trigger = IntervalTrigger(seconds=TICK.seconds)
    scheduler.add_job(tick, trigger, args=(house,), next_run_time=now, misfire_grace_time=None)


def make_scheduler(house: House) -> BackgroundScheduler:
    """The schedule, not yet started: a tick every quarter of a minute from now, the digests at their time.

    Nothing is collected on a schedule while no contact is set: outlets must be able to write to somebody.
    """
    rules, now = house.configuration.rules, house.clock()
    zone, at = ZoneInfo(rules.timezone), digest_time(rules.digest_at)
    scheduler = BackgroundScheduler(timezone=zone, job_defaults={"coalesce": True, "max_instances": 1})
    if find_contact(house.settings, rules):
        add_collecting(scheduler, house, now)
    grace = int(DIGEST_GRACE.total_seconds())
    with house.sessions() as session:
        runs = last_runs(session)
    for span, job in digest_jobs(house).items():
        fire = CronTrigger(**FIRES[span], hour=at[0], minute=at[1], timezone=zone)
        scheduler.add_job(run_job, fire, args=(house, job), misfire_grace_time=grace)
        if is_digest_missed(runs, job.key(now), now, span=span):
            scheduler.add_job(run_job, args=(house, job), misfire_grace_time=grace)
    return scheduler
