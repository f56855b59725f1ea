"""What is kept only for a time goes, is logged, and nothing else goes with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import audit
from store.accounts import Role, invite, list_users
from store.database import Sessions
from store.jobs import finish_run, last_runs, last_successes, start_run
from store.notices import claim_this, enqueue, list_notices, record_failed, record_sent
from store.retention import ACT, Dropped, drop_old
from store.tables import ContentRow, InvitationRow, JobRunRow
from store.types import Notice

DAY = timedelta(days=1)


def notice(key: str, now: datetime) -> Notice:
    text = "Tin trong ngày"
    return Notice(
        key=key, channel="mail", recipient="an", address="an@so.example", subject="Điểm báo",
        reason="bản tin sáng", text=text, html=f"<p>{text}</p>", message_id="<1@so.example>", created_at=now,
    )  # fmt: skip


def send(session: Session, number: int, now: datetime) -> None:
    claim_this(session, number, worker="w", now=now)
    record_sent(session, number, now=now)


def count(session: Session, row: Any) -> int:
    return session.scalars(select(func.count()).select_from(row)).one()


def test_an_old_message_loses_its_text_and_keeps_the_rest(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        enqueue(session, notice("digest:1", now))
        send(session, 1, now)
        assert drop_old(session, now=now + 181 * DAY) == Dropped(texts=1)
        (row,) = list_notices(session)
        assert (row.notice.text, row.notice.html, count(session, ContentRow)) == ("", "", 0)
        assert (row.notice.address, row.notice.subject, row.sent_at) == ("an@so.example", "Điểm báo", now)


def test_a_text_that_a_younger_message_says_too_stays(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        enqueue(session, notice("digest:1", now))
        enqueue(session, notice("digest:2", now))
        send(session, 1, now)
        send(session, 2, now + 100 * DAY)
        drop_old(session, now=now + 181 * DAY)
        assert [row.notice.text for row in list_notices(session)] == ["Tin trong ngày", ""]


@pytest.mark.parametrize("state", ["waiting", "claimed", "retry"])
def test_a_message_that_may_still_go_out_keeps_its_text(
    sessions: Sessions, now: datetime, state: str
) -> None:
    with sessions.begin() as session:
        enqueue(session, notice("digest:1", now))
        if state != "waiting":
            claim_this(session, 1, worker="w", now=now)
        if state == "retry":
            record_failed(session, 1, permanent=False, detail="451", now=now)
        assert drop_old(session, now=now + 999 * DAY).texts == 0
        assert list_notices(session)[0].notice.text == "Tin trong ngày"


def test_a_jobs_last_run_and_its_last_good_one_stay(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        for number, failed in enumerate((False, False, True, True)):
            at = now + number * DAY
            start_run(session, "backup", at, now=at, owner="service")
            finish_run(session, "backup", at, now=at, failed=failed)
        assert drop_old(session, now=now + 200 * DAY) == Dropped(runs=2)
        assert last_runs(session)[0].scheduled_for == now + 3 * DAY
        assert last_successes(session) == {"backup": now + DAY}
        assert count(session, JobRunRow) == 2


def test_an_invitation_goes_a_month_after_it_ran_out(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        invite(session, role=Role.READER, lifetime=DAY, now=now)
        assert drop_old(session, now=now + 30 * DAY) == Dropped()
        assert drop_old(session, now=now + 32 * DAY) == Dropped(sign_ins=1)
        assert (count(session, InvitationRow), list_users(session)) == (0, [])


def test_what_was_deleted_is_logged_once_and_the_log_stays_whole(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        enqueue(session, notice("digest:1", now))
        send(session, 1, now)
        for days in (181, 182):
            drop_old(session, now=now + days * DAY)
        (entry,) = audit.list_entries(session, limit=10)
        assert (entry.act, entry.detail) == (ACT, "texts=1 runs=0 sign_ins=0 failures=0")
        assert audit.first_broken(session) is None
