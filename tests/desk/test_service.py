"""The schedule: each fire once, the digest never missed and never twice, one owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from config.settings import Settings
from desk.house import CYCLE_LOCK, House, open_house
from desk.ownership import NotTheOwnerError, own_schedule
from desk.service import Job, day_of, is_digest_missed, make_scheduler, minute_of, run_job, tick, tick_of
from store.jobs import JobRun, last_runs

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam
KEY = day_of(ZoneInfo("Asia/Ho_Chi_Minh"), (6, 30))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(Settings(home=tmp_path, contact="tests@example.org"), clock=lambda: NOW) as opened:
        yield opened


def digest_run(scheduled: datetime) -> JobRun:
    return JobRun("digest", scheduled, "service", scheduled, scheduled, failed=False, detail="")


def test_the_days_key_is_the_same_at_any_time_of_the_day_in_viet_nam() -> None:
    early, late = datetime(2026, 11, 21, 17, 30, tzinfo=UTC), datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert KEY(early) == KEY(late) == datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


def test_a_fire_that_was_claimed_already_does_nothing(house: House) -> None:
    done: list[str] = []

    def work(_: House) -> str:
        done.append("once")
        return "ok"

    job = Job("digest", work, KEY)
    run_job(house, job)
    run_job(house, job)
    assert done == ["once"]


def test_a_job_that_fails_is_recorded_in_words_and_ends_nothing_else(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(_: House) -> str:
        raise RuntimeError("the outlet's page was a surprise")

    run_job(house, Job("collect", work, minute_of))
    with house.sessions() as session:
        run = last_runs(session)[0]
    assert run.failed
    assert run.detail == "RuntimeError: the outlet's page was a surprise"
    assert "job failed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("runs", "missed"),
    [
        ([], False),
        ([digest_run(datetime(2026, 11, 20, 23, 30, tzinfo=UTC))], True),
        ([digest_run(datetime(2026, 11, 21, 23, 30, tzinfo=UTC))], False),
    ],
    ids=["a first start", "yesterday's was the last", "today's is out"],
)
def test_a_start_after_the_digests_time_knows_whether_it_was_missed(
    runs: list[JobRun], *, missed: bool
) -> None:
    assert is_digest_missed(runs, KEY(NOW), NOW) is missed


def test_before_the_digests_time_nothing_is_missed() -> None:
    before = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    assert not is_digest_missed([digest_run(datetime(2026, 11, 20, 23, 30, tzinfo=UTC))], KEY(before), before)


def test_the_schedule_collects_at_once_and_sends_at_half_past_six(house: House) -> None:
    tick_job, *digests = make_scheduler(house).get_jobs()
    assert tick_job.next_run_time == NOW
    assert all("hour='6', minute='30'" in str(job.trigger) for job in digests)
    assert ["day=" in str(job.trigger) for job in digests] == [False, False, True]
    assert ["day_of_week='mon'" in str(job.trigger) for job in digests] == [False, True, False]


def test_a_week_that_nobody_asked_for_is_not_on_the_schedule(house: House) -> None:
    rules = house.configuration.rules
    daily = replace(rules, recipients=tuple(replace(one, every=("day",)) for one in rules.recipients))
    jobs = make_scheduler(replace(house, configuration=replace(house.configuration, rules=daily))).get_jobs()
    assert len(jobs) == 2


def test_a_missed_digest_is_sent_at_the_start(house: House) -> None:
    run_job(replace(house, clock=lambda: datetime(2026, 11, 21, 1, 0, tzinfo=UTC)), Job("digest", str, KEY))
    before = len(
        make_scheduler(replace(house, clock=lambda: datetime(2026, 11, 21, 2, 0, tzinfo=UTC))).get_jobs()
    )
    assert len(make_scheduler(house).get_jobs()) == before + 1


def test_only_one_process_owns_the_schedule(house: House, tmp_path: Path) -> None:
    own = own_schedule(house.engine, tmp_path)
    with own, pytest.raises(NotTheOwnerError), own_schedule(house.engine, tmp_path):
        pytest.fail("two processes own the schedule")
    with own_schedule(house.engine, tmp_path):
        assert (tmp_path / "schedule.lock").exists()


def test_nothing_is_collected_on_a_schedule_while_outlets_can_write_to_nobody(tmp_path: Path) -> None:
    with open_house(Settings(home=tmp_path / "x"), clock=lambda: NOW) as house:
        jobs = make_scheduler(house).get_jobs()
    assert {"cron" in str(job.trigger) for job in jobs} == {True}


def test_a_tick_with_nothing_due_starts_nothing_and_leaves_no_trace(tmp_path: Path) -> None:
    quiet = NOW.replace(minute=7)
    with open_house(Settings(home=tmp_path, contact="tests@example.org"), clock=lambda: quiet) as house:
        nobody = replace(house, configuration=replace(house.configuration, sources=()))
        tick(nobody)
        with house.sessions() as session:
            assert last_runs(session) == []


def test_every_ten_minutes_what_came_by_another_way_is_read(tmp_path: Path) -> None:
    with open_house(Settings(home=tmp_path, contact="tests@example.org"), clock=lambda: NOW) as house:
        tick(replace(house, configuration=replace(house.configuration, sources=())))
        with house.sessions() as session:
            assert [(run.job, run.failed) for run in last_runs(session)] == [("read", False)]


def test_a_tick_during_a_cycle_by_hand_does_nothing(house: House) -> None:
    with FileLock(house.settings.home / CYCLE_LOCK, timeout=0):
        tick(house)
    with house.sessions() as session:
        assert last_runs(session) == []


def test_between_two_minutes_only_priority_outlets_are_asked(tmp_path: Path) -> None:
    between = NOW.replace(second=30)
    with open_house(Settings(home=tmp_path, contact="tests@example.org"), clock=lambda: between) as house:
        usual = tuple(source for source in house.configuration.sources if not source.priority)
        assert usual  # none of them was ever asked: at the full minute all would be due
        tick(replace(house, configuration=replace(house.configuration, sources=usual)))
        with house.sessions() as session:
            assert last_runs(session) == []


@pytest.mark.parametrize(("second", "key"), [(0, 0), (14, 0), (15, 15), (59, 45)])
def test_a_collections_key_is_its_quarter_of_a_minute(second: int, key: int) -> None:
    assert tick_of(NOW.replace(second=second, microsecond=7)) == NOW.replace(second=key)
