from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from store.database import Sessions
from store.errors import UnknownRowError
from store.jobs import JobRun, finish_run, last_runs, start_run


def test_a_firing_is_started_once(sessions: Sessions, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with sessions.begin() as session:
        assert start_run(session, "digest", now, now=now, owner="p1")
        assert not start_run(session, "digest", now, now=later, owner="p2")
        assert start_run(session, "digest", later, now=later, owner="p2")
        assert start_run(session, "collect", now, now=now, owner="p1")


def test_of_processes_that_fire_at_once_one_runs(sessions: Sessions, now: datetime) -> None:
    def fire(owner: str) -> bool:
        with sessions.begin() as session:
            return start_run(session, "digest", now, now=now, owner=owner)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(fire, ("p1", "p2", "p3", "p4"))) == 1


def test_the_last_run_of_each_job_is_shown_with_its_end(sessions: Sessions, now: datetime) -> None:
    hour = timedelta(hours=1)
    with sessions.begin() as session:
        for at in (now, now + hour):
            start_run(session, "digest", at, now=at, owner="p1")
        start_run(session, "collect", now, now=now, owner="p1")
        finish_run(session, "collect", now, now=now + hour, failed=True, detail="đĩa đầy")
        assert last_runs(session) == [
            JobRun("collect", now, "p1", now, now + hour, failed=True, detail="đĩa đầy"),
            JobRun("digest", now + hour, "p1", now + hour, None, failed=False, detail=""),
        ]


def test_a_run_nobody_started_cannot_end(sessions: Sessions, now: datetime) -> None:
    with sessions() as session, pytest.raises(UnknownRowError, match="digest"):
        finish_run(session, "digest", now, now=now)
