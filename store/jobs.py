"""Scheduled jobs: each firing runs once, however many processes fire it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from store.errors import UnknownRowError
from store.tables import JobRunRow
from store.upsert import insert_absent, rows_of


@dataclass(frozen=True, slots=True)
class JobRun:
    """One firing; times are UTC, `finished_at` is None while it runs or if it was killed."""

    job: str
    scheduled_for: datetime
    owner: str
    started_at: datetime
    finished_at: datetime | None
    failed: bool
    detail: str


def start_run(session: Session, job: str, scheduled_for: datetime, *, now: datetime, owner: str) -> bool:
    """Take one firing of a job; False when somebody took it already. Commit before working."""
    values = {
        "job": job,
        "scheduled_for": scheduled_for,
        "owner": owner,
        "started_at": now,
        "failed": False,
        "detail": "",
    }
    return insert_absent(session, JobRunRow, values, unique=("job", "scheduled_for")) is not None


def retake_run(session: Session, job: str, scheduled_for: datetime, *, now: datetime, owner: str) -> bool:
    """Take a firing again that failed, or that nobody ended; False when it ended well or never was.

    Whoever calls knows that no other process works on it: one that died leaves its firing without an end.
    """
    this = (JobRunRow.job == job) & (JobRunRow.scheduled_for == scheduled_for)
    undone = this & or_(JobRunRow.failed.is_(True), JobRunRow.finished_at.is_(None))
    values = {"owner": owner, "started_at": now, "finished_at": None, "failed": False, "detail": ""}
    return rows_of(session.execute(update(JobRunRow).where(undone).values(values))) == 1


def finish_run(
    session: Session,
    job: str,
    scheduled_for: datetime,
    *,
    now: datetime,
    failed: bool = False,
    detail: str = "",
) -> None:
    """Record how a firing ended, in words.

    Raises:
        UnknownRowError: when it was never started.

    """
    this = (JobRunRow.job == job) & (JobRunRow.scheduled_for == scheduled_for)
    values = {"finished_at": now, "failed": failed, "detail": detail}
    if rows_of(session.execute(update(JobRunRow).where(this).values(values))) != 1:
        raise UnknownRowError(f"the job {job} was never started for {scheduled_for.isoformat()}")


def last_runs(session: Session) -> list[JobRun]:
    """The newest firing of every job, by name of job."""
    newest = select(func.max(JobRunRow.number)).group_by(JobRunRow.job)
    statement = select(JobRunRow.__table__).where(JobRunRow.number.in_(newest)).order_by(JobRunRow.job)
    return [
        JobRun(row.job, row.scheduled_for, row.owner, row.started_at, row.finished_at, row.failed, row.detail)
        for row in session.execute(statement)
    ]


def last_successes(session: Session) -> dict[str, datetime]:
    """Of every job that ever ended well: when it last did (UTC)."""
    ended_well = JobRunRow.finished_at.is_not(None) & JobRunRow.failed.is_(False)
    newest = select(func.max(JobRunRow.number)).where(ended_well).group_by(JobRunRow.job)
    statement = select(JobRunRow.job, JobRunRow.finished_at).where(JobRunRow.number.in_(newest))
    return {job: finished for job, finished in session.execute(statement) if finished is not None}
