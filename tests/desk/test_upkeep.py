"""Upkeep: a backup by night however the nights go, what is old deleted, health told in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from config.settings import Settings
from desk.backup_checks import examine_backups
from desk.findings import State
from desk.house import House, open_house
from desk.keeping import BACKUP
from desk.service import Job, run_job
from desk.upkeep import HEALTH, LIBRARY, LIBRARY_AT, RETENTION, SUNDAY, add_upkeep, last_time, upkeep_jobs
from store import audit
from store.backup.generations import list_generations
from store.jobs import JobRun, last_runs
from store.retention import ACT

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "backups").mkdir()
    settings = Settings(home=tmp_path / "home", backup_folder=tmp_path / "backups")
    with open_house(settings, clock=lambda: NOW) as opened:
        yield replace(opened, configuration=replace(opened.configuration, sources=()))


def at(house: House, now: datetime) -> House:
    return replace(house, clock=lambda: now)


def job_of(house: House, name: str) -> Job:
    return next(job for job, _ in upkeep_jobs(house) if job.name == name)


def fire(house: House, name: str, now: datetime = NOW) -> JobRun:
    run_job(at(house, now), job_of(house, name))
    with house.sessions() as session:
        return next(run for run in last_runs(session) if run.job == name)


def backups(house: House) -> list[str]:
    assert house.settings.backup_folder
    return [found.folder.name for found in list_generations(house.settings.backup_folder)]


@pytest.mark.parametrize(
    ("hour", "due"),
    [(2, "2026-11-21 02:30"), (3, "2026-11-22 02:30"), (23, "2026-11-22 02:30")],
    ids=["before its time: the night before's", "after its time", "late in the day"],
)
def test_what_is_due_is_the_last_time_it_should_have_been(hour: int, due: str) -> None:
    now = datetime(2026, 11, 22, hour, 0, tzinfo=ZONE).astimezone(UTC)
    assert last_time(ZONE, (2, 30))(now).astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == due


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 22, 4, 0, tzinfo=ZONE), "2026-11-15 04:20"),  # a Sunday, before its hour
        (datetime(2026, 11, 22, 5, 0, tzinfo=ZONE), "2026-11-22 04:20"),
        (datetime(2026, 11, 28, 23, 0, tzinfo=ZONE), "2026-11-22 04:20"),
    ],
    ids=["before its hour: the week before's", "after its hour", "late in the week"],
)
def test_what_is_due_weekly_is_the_last_sunday_it_should_have_been(now: datetime, due: str) -> None:
    found = last_time(ZONE, LIBRARY_AT, weekday=SUNDAY)(now.astimezone(UTC))
    assert found.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == due


def test_each_night_has_one_backup_however_often_it_is_asked(house: House) -> None:
    for hours in range(50):
        fire(house, BACKUP, NOW + hours * HOUR)
    # 08:00, at once: that of the night before; then those of two nights at 03:00, the first hour after 02:30
    assert backups(house) == ["2026-11-23T200000Z", "2026-11-22T200000Z", "2026-11-22T010000Z"]


def test_a_backup_that_failed_is_made_up_within_the_hour_and_no_trace_is_logged(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = house.settings.backup_folder
    assert folder
    folder.rmdir()
    run = fire(house, BACKUP)
    assert (run.failed, "mount its disk" in run.detail) == (True, True)
    assert "Traceback" not in capsys.readouterr().out
    folder.mkdir()
    assert not fire(house, BACKUP, NOW + HOUR).failed
    assert len(backups(house)) == 1


def test_a_backup_stopped_with_the_service_is_made_after_the_next_start(house: House) -> None:
    house.stopping.set()
    run = fire(house, BACKUP)
    assert (run.failed, backups(house)) == (True, [])
    house.stopping.clear()
    assert not fire(house, BACKUP, NOW + HOUR).failed
    assert len(backups(house)) == 1


def test_as_many_backups_are_kept_as_is_set(house: House) -> None:
    few = replace(house, settings=house.settings.model_copy(update={"backup_keep": 2}))
    for days in range(4):
        fire(few, BACKUP, NOW + timedelta(days=days))
    assert backups(few) == ["2026-11-25T010000Z", "2026-11-24T010000Z"]


@pytest.mark.parametrize(
    "change", [{"backup_folder": None}, {"database_url": "postgresql+psycopg://x@h/d"}], ids=str
)
def test_without_a_folder_or_on_postgresql_no_backup_is_scheduled(
    house: House, change: dict[str, object]
) -> None:
    other = replace(house, settings=house.settings.model_copy(update=change))
    assert [job.name for job, _ in upkeep_jobs(other)] == [RETENTION, HEALTH, LIBRARY]


def test_upkeep_begins_some_minutes_after_a_start_and_makes_up_what_was_slept_through(house: House) -> None:
    scheduler = BackgroundScheduler(timezone=ZONE, job_defaults={"coalesce": True})
    add_upkeep(scheduler, house)
    scheduler.start(paused=True)
    try:
        jobs = scheduler.get_jobs()
        assert {job.args[1].name for job in jobs} == {BACKUP, RETENTION, HEALTH, LIBRARY}
        assert {job.misfire_grace_time for job in jobs} == {None}
        assert min(job.next_run_time for job in jobs) >= NOW + timedelta(minutes=10)
    finally:
        scheduler.shutdown()


def test_what_is_old_is_deleted_once_a_day_and_logged(house: House) -> None:
    for days in (0, 1):
        run_job(at(house, NOW + timedelta(days=days)), Job("read", str, lambda now: now))
    later = NOW + timedelta(days=100)
    assert fire(house, RETENTION, later).detail == "texts=0 runs=1 sign_ins=0 failures=0"
    fire(house, RETENTION, later + HOUR)
    with house.sessions() as session:
        assert [entry.act for entry in audit.list_entries(session, limit=9)] == [ACT]


def test_a_backup_older_than_two_days_is_told_by_the_health_job(house: House) -> None:
    fire(house, BACKUP)
    assert not fire(house, HEALTH, NOW + 47 * HOUR).failed
    run = fire(house, HEALTH, NOW + 49 * HOUR)
    assert (run.failed, run.detail) == (True, "the last backup was made on 2026-11-22 01:00 UTC")


@pytest.mark.parametrize(
    ("hours", "state"), [(None, State.NOTE), (47, State.OK), (49, State.FAULT)], ids=["none", "young", "old"]
)
def test_the_doctor_knows_how_old_the_newest_backup_is(house: House, hours: int | None, state: State) -> None:
    if hours is not None:
        fire(house, BACKUP)
    (finding,) = examine_backups(house.settings, now=NOW + (hours or 0) * HOUR, t=str)
    assert finding.state is state


def test_the_doctor_says_that_nothing_is_backed_up_or_that_the_disk_is_gone(tmp_path: Path) -> None:
    (unset,) = examine_backups(Settings(home=tmp_path), now=NOW, t=str)
    (gone,) = examine_backups(Settings(home=tmp_path, backup_folder=tmp_path / "x"), now=NOW, t=str)
    assert (unset.state, "DIEMBAO_BACKUP_FOLDER" in unset.do) == (State.NOTE, True)
    assert (gone.state, "mount its disk" in gone.words) == (State.FAULT, True)
