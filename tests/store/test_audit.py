from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import text

import store.audit
import store.reviews
from store.audit import append, first_broken, list_entries
from store.database import Sessions


def _append(sessions: Sessions, now: datetime, *details: str) -> None:
    for detail in details:
        with sessions.begin() as session:
            append(session, actor="an", act="look", subject="story s1", detail=detail, now=now)


def test_entries_come_back_newest_first(sessions: Sessions, now: datetime) -> None:
    _append(sessions, now, "một", "hai", "ba")
    with sessions() as session:
        assert [entry.detail for entry in list_entries(session, limit=2)] == ["ba", "hai"]


def test_a_log_as_written_is_whole(sessions: Sessions, now: datetime) -> None:
    with sessions() as session:
        assert first_broken(session) is None
    _append(sessions, now, "một", "a\x00b\ud800", "")
    with sessions() as session:
        assert first_broken(session) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET detail = 'other' WHERE number = 2",
        "UPDATE audit SET actor = 'binh' WHERE number = 2",
        "UPDATE audit SET at = '2020-01-01 00:00:00' WHERE number = 2",
        "UPDATE audit SET act = 'looks', subject = 'tory s1' WHERE number = 2",
        "UPDATE audit SET hash = 'x' WHERE number = 2",
    ],
)
def test_a_changed_entry_is_found(sessions: Sessions, now: datetime, tampering: str) -> None:
    _append(sessions, now, "một", "hai", "ba")
    with sessions.begin() as session:
        session.execute(text(tampering))
    with sessions() as session:
        assert first_broken(session) == 2


@pytest.mark.parametrize(("removed", "broken"), [(1, 2), (2, 3)], ids=["the first", "one between"])
def test_a_removed_entry_is_found(sessions: Sessions, now: datetime, removed: int, broken: int) -> None:
    _append(sessions, now, "một", "hai", "ba")
    with sessions.begin() as session:
        session.execute(text("DELETE FROM audit WHERE number = :number"), {"number": removed})
    with sessions() as session:
        assert first_broken(session) == broken


def test_writers_at_the_same_time_make_one_chain(sessions: Sessions, now: datetime) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda worker: _append(sessions, now, *(f"{worker}-{n}" for n in range(10))), range(4)))
    with sessions() as session:
        assert len(list_entries(session, limit=99)) == 40
        assert first_broken(session) is None


@pytest.mark.parametrize("module", [store.audit, store.reviews], ids=["audit", "reviews"])
def test_no_function_changes_or_deletes(module: object) -> None:
    assert not {"update", "delete"} & set(vars(module))
