from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.condition.watch import event_of, watch_sources
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.events import list_events
from store.sources import save_state
from store.types import (
    Event,
    EventKind,
    Feed,
    FeedOutcome,
    FeedState,
    Scope,
    Source,
    SourceCondition,
    SourceHealth,
)

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
URL = "https://baotap.example/rss"
SOURCE = Source("bao-tap", "Báo Tập", "baotap.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed(URL),))


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    engine = open_engine(f"sqlite:///{tmp_path / 'diembao.sqlite'}")
    upgrade(engine)
    return make_sessions(engine)


def save(sessions: Sessions, outcome: FeedOutcome, detail: str, *, at: datetime, failures: int = 0) -> None:
    state = FeedState(URL, "bao-tap", outcome, detail, checked_at=at, failures=failures)
    with sessions.begin() as session:
        save_state(session, state)


def told(sessions: Sessions) -> list[tuple[str, str, str]]:
    with sessions() as session:
        events = [saved.value for saved in list_events(session)]
    return [(event.before, event.after, event.detail) for event in reversed(events)]


def test_each_change_of_a_condition_is_told_once(sessions: Sessions) -> None:
    for hour, outcome, detail, failures in (
        (0, FeedOutcome.OK, "", 0),
        (1, FeedOutcome.BLOCKED, "HTTP 403: the outlet refuses us", 3),
        (2, FeedOutcome.BLOCKED, "HTTP 403: the outlet refuses us", 4),
        (3, FeedOutcome.OK, "", 0),
        (4, FeedOutcome.BLOCKED, "HTTP 401: the outlet refuses us", 3),
    ):
        now = NOW + timedelta(hours=hour)
        save(sessions, outcome, detail, at=now, failures=failures)
        for _ in range(2):
            watch_sources(sessions, [SOURCE], (), now=now)
    assert told(sessions) == [
        ("ok", "blocked", "no feed in use works (1): HTTP 403: the outlet refuses us"),
        ("blocked", "new", "asked, but no article came of it yet"),
        ("new", "blocked", "no feed in use works (1): HTTP 401: the outlet refuses us"),
    ]


def test_two_processes_that_see_the_same_change_tell_it_under_one_key() -> None:
    health = SourceHealth("bao-tap", SourceCondition.LATE, "why", None, None, None, 1.0, 0)
    before = Event("k", EventKind.SOURCE_STATE, NOW, "bao-tap", before="late", after="ok")
    first, second = (event_of(health, before, now=NOW + timedelta(hours=n)) for n in (1, 2))
    assert first is not None
    assert second is not None
    assert first.key == second.key


QUIET, OK, NEW, LATE = (
    SourceCondition.QUIET,
    SourceCondition.OK,
    SourceCondition.NEW,
    SourceCondition.LATE,
)


@pytest.mark.parametrize(("before", "after"), [(None, NEW), (OK, QUIET), (QUIET, NEW), (LATE, LATE)])
def test_what_is_within_what_happens_calls_nobody(
    before: SourceCondition | None, after: SourceCondition
) -> None:
    standing = Event("k", EventKind.SOURCE_STATE, NOW, "bao-tap", after=before.value) if before else None
    health = SourceHealth("bao-tap", after, "why", None, None, None, 1.0, 0)
    assert event_of(health, standing, now=NOW) is None


def test_the_health_of_every_source_in_use_is_given_back(sessions: Sessions) -> None:
    off = Source("b", "B", "b.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed(URL + "2"),), "closed")
    found = watch_sources(sessions, [SOURCE, off], (), now=NOW)
    assert [(health.source, health.condition) for health in found] == [("bao-tap", NEW)]
