from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store.database import Sessions
from store.errors import UnknownRowError
from store.notices import (
    OutboxRow,
    claim_next,
    enqueue,
    list_notices,
    record_failed,
    record_sent,
    release_stale,
)
from store.types import Notice, NoticeState

MINUTE = timedelta(minutes=1)


@pytest.fixture
def notice(now: datetime) -> Notice:
    return Notice(
        key="digest:2026-11-22:an",
        recipient="an",
        address="an@so.example",
        channel="mail",
        subject="Điểm báo",
        text="Chào",
        html="<p>Chào</p>",
        reason="bản tin sáng",
        message_id="<1@so.example>",
        created_at=now,
    )


def _claim(sessions: Sessions, now: datetime, worker: str = "w1", channel: str = "mail") -> int | None:
    with sessions.begin() as session:
        claimed = claim_next(session, channel=channel, worker=worker, now=now)
    return claimed.number if claimed else None


def _enqueue(sessions: Sessions, *notices: Notice) -> list[bool]:
    with sessions.begin() as session:
        return [enqueue(session, notice) for notice in notices]


def _only(sessions: Sessions) -> OutboxRow:
    with sessions() as session:
        (row,) = list_notices(session)
    return row


def test_a_notice_with_the_same_key_is_the_same_notice(sessions: Sessions, notice: Notice) -> None:
    assert _enqueue(sessions, notice, replace(notice, subject="khác"), replace(notice, key="k2")) == [
        True,
        False,
        True,
    ]


def test_a_notice_is_claimed_once_and_comes_whole(sessions: Sessions, notice: Notice, now: datetime) -> None:
    _enqueue(sessions, notice)
    with sessions.begin() as session:
        claimed = claim_next(session, channel="mail", worker="w1", now=now)
    assert claimed is not None
    assert claimed.value == notice
    assert _claim(sessions, now) is None
    assert (_only(sessions).state, _only(sessions).attempts) == (NoticeState.CLAIMED, 1)


def test_only_its_channel_claims_a_notice(sessions: Sessions, notice: Notice, now: datetime) -> None:
    _enqueue(sessions, notice)
    assert _claim(sessions, now, channel="file") is None
    assert _claim(sessions, now) is not None


def test_notices_go_out_in_order(sessions: Sessions, notice: Notice, now: datetime) -> None:
    _enqueue(sessions, *(replace(notice, key=f"k{n}") for n in range(3)))
    numbers = [_claim(sessions, now) for _ in range(3)]
    assert numbers == sorted(numbers)  # type: ignore[type-var]


def test_workers_at_the_same_time_never_get_the_same_notice(
    sessions: Sessions, notice: Notice, now: datetime
) -> None:
    _enqueue(sessions, *(replace(notice, key=f"k{n}") for n in range(12)))

    def work(worker: str) -> list[int]:
        return [number for _ in range(12) if (number := _claim(sessions, now, worker)) is not None]

    with ThreadPoolExecutor(3) as pool:
        claimed = [number for numbers in pool.map(work, ("w1", "w2", "w3")) for number in numbers]
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == 12


def test_a_sent_notice_is_done(sessions: Sessions, notice: Notice, now: datetime) -> None:
    _enqueue(sessions, notice)
    number = _claim(sessions, now)
    assert number is not None
    with sessions.begin() as session:
        record_sent(session, number, now=now + MINUTE)
    row = _only(sessions)
    assert (row.state, row.sent_at, row.perhaps_sent) == (NoticeState.SENT, now + MINUTE, False)
    assert _claim(sessions, now + timedelta(days=9)) is None
    assert _enqueue(sessions, notice) == [False]


def test_a_passing_failure_is_tried_again_later_and_later(
    sessions: Sessions, notice: Notice, now: datetime
) -> None:
    _enqueue(sessions, notice)
    pauses = []
    at = now
    for _ in range(9):
        number = _claim(sessions, at)
        assert number is not None
        with sessions.begin() as session:
            record_failed(session, number, permanent=False, detail="451 busy", now=at)
        assert _claim(sessions, at) is None
        row = _only(sessions)
        assert (row.state, row.detail) == (NoticeState.RETRY, "451 busy")
        pauses.append((row.not_before - at) // MINUTE)
        at = row.not_before
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_lasting_failure_is_not_tried_again(sessions: Sessions, notice: Notice, now: datetime) -> None:
    _enqueue(sessions, notice)
    number = _claim(sessions, now)
    assert number is not None
    with sessions.begin() as session:
        record_failed(session, number, permanent=True, detail="550 no such user", now=now)
    assert (_only(sessions).state, _only(sessions).detail) == (NoticeState.FAILED, "550 no such user")
    assert _claim(sessions, now + timedelta(days=9)) is None


def test_a_notice_whose_worker_was_killed_is_perhaps_sent_and_due_again(
    sessions: Sessions, notice: Notice, now: datetime
) -> None:
    _enqueue(sessions, notice)
    _claim(sessions, now)  # and the worker is killed before it records anything
    with sessions.begin() as session:
        assert release_stale(session, older_than=now, now=now + MINUTE) == 0
        assert release_stale(session, older_than=now + MINUTE, now=now + MINUTE) == 1
    assert (_only(sessions).state, _only(sessions).perhaps_sent) == (NoticeState.RETRY, True)
    with sessions.begin() as session:
        again = claim_next(session, channel="mail", worker="w2", now=now + MINUTE)
    assert again is not None
    assert again.value.message_id == notice.message_id


def test_a_late_report_of_the_first_worker_still_counts(
    sessions: Sessions, notice: Notice, now: datetime
) -> None:
    _enqueue(sessions, notice)
    number = _claim(sessions, now)
    assert number is not None
    with sessions.begin() as session:
        release_stale(session, older_than=now + MINUTE, now=now + MINUTE)
        record_sent(session, number, now=now + MINUTE)
    assert _claim(sessions, now + 9 * MINUTE) is None


def test_a_report_on_no_notice_is_an_error(sessions: Sessions, now: datetime) -> None:
    with sessions() as session:
        with pytest.raises(UnknownRowError, match="7"):
            record_sent(session, 7, now=now)
        with pytest.raises(UnknownRowError, match="7"):
            record_failed(session, 7, permanent=True, detail="", now=now)


def test_the_newest_notices_are_listed_first(sessions: Sessions, notice: Notice) -> None:
    _enqueue(sessions, *(replace(notice, key=f"k{n}") for n in range(3)))
    with sessions() as session:
        assert [row.notice.key for row in list_notices(session, limit=2)] == ["k2", "k1"]
