"""The outbox: a notice is claimed by a conditional update, sent, recorded; its key is unique."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from store.codec import from_text, to_text
from store.errors import UnknownRowError
from store.tables import NoticeRow
from store.types import Notice, NoticeState, Saved
from store.upsert import insert_absent, rows_of

_FIRST_PAUSE = timedelta(minutes=1)  # before the second attempt; each later pause is twice as long
_LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A notice and where it stands; times are UTC, `not_before` says when it may be tried (again)."""

    number: int
    notice: Notice
    state: NoticeState
    attempts: int
    detail: str
    sent_at: datetime | None
    perhaps_sent: bool
    not_before: datetime


def enqueue(session: Session, notice: Notice) -> bool:
    """Put a notice in the outbox; False when one with its key is there already, in whatever state."""
    values = {
        "key": notice.key,
        "channel": notice.channel,
        "body": to_text(notice),
        "state": NoticeState.WAITING.value,
        "attempts": 0,
        "not_before": notice.created_at,
        "claimed_by": "",
        "perhaps_sent": False,
        "detail": "",
        "saved_at": notice.created_at,
    }
    return insert_absent(session, NoticeRow, values, unique=("key",)) is not None


def claim_next(session: Session, *, channel: str, worker: str, now: datetime) -> Saved[Notice] | None:
    """Take the next notice of a channel for sending; None when none is due.

    Commit before sending: whoever changed the row owns the notice, and nobody else will get it.
    """
    for state in (NoticeState.WAITING, NoticeState.RETRY):
        due = and_(
            NoticeRow.state == state.value,
            NoticeRow.channel == channel,
            NoticeRow.not_before <= now,
        )
        while (number := session.scalars(_first(due)).first()) is not None:
            if _claim(session, number, state, worker=worker, now=now):
                return _saved(session, number)
    return None


def record_sent(session: Session, number: int, *, now: datetime) -> None:
    """Record that a notice went out."""
    _change(session, number, state=NoticeState.SENT.value, sent_at=now, detail="")


def record_failed(session: Session, number: int, *, permanent: bool, detail: str, now: datetime) -> None:
    """Record that sending failed; if not for good, it is due again after 1, 2, 4 … 60 minutes."""
    attempts = session.scalars(select(NoticeRow.attempts).where(NoticeRow.number == number)).first() or 1
    pause = min(_FIRST_PAUSE * 2 ** min(attempts - 1, 10), _LONGEST_PAUSE)
    state = NoticeState.FAILED if permanent else NoticeState.RETRY
    _change(session, number, state=state.value, detail=detail, not_before=now + pause)


def release_stale(session: Session, *, older_than: datetime, now: datetime) -> int:
    """Notices claimed before `older_than`, never recorded: perhaps sent, due again, same Message-ID.

    Returns:
        How many there were.

    """
    stale = and_(NoticeRow.state == NoticeState.CLAIMED.value, NoticeRow.claimed_at < older_than)
    values = {"state": NoticeState.RETRY.value, "perhaps_sent": True, "not_before": now}
    return rows_of(session.execute(update(NoticeRow).where(stale).values(values)))


def list_notices(session: Session, *, limit: int = 100) -> list[OutboxRow]:
    """The newest notices, the newest first."""
    statement = select(NoticeRow.__table__).order_by(NoticeRow.number.desc()).limit(limit)
    return [_outbox_row_from(row) for row in session.execute(statement)]


def _first(due: Any) -> Any:
    return select(NoticeRow.number).where(due).order_by(NoticeRow.not_before, NoticeRow.number).limit(1)


def _claim(session: Session, number: int, state: NoticeState, *, worker: str, now: datetime) -> bool:
    ours = (
        update(NoticeRow)
        .where(NoticeRow.number == number, NoticeRow.state == state.value)
        .values(
            state=NoticeState.CLAIMED.value,
            claimed_by=worker,
            claimed_at=now,
            attempts=NoticeRow.attempts + 1,
        )
    )
    return rows_of(session.execute(ours, execution_options={"synchronize_session": False})) == 1


def _saved(session: Session, number: int) -> Saved[Notice]:
    row = session.execute(select(NoticeRow.__table__).where(NoticeRow.number == number)).one()
    return Saved(row.number, row.saved_at, from_text(Notice, row.body))


def _change(session: Session, number: int, **values: Any) -> None:
    if rows_of(session.execute(update(NoticeRow).where(NoticeRow.number == number).values(values))) != 1:
        raise UnknownRowError(f"there is no notice {number}")


def _outbox_row_from(row: Any) -> OutboxRow:
    return OutboxRow(
        number=row.number,
        notice=from_text(Notice, row.body),
        state=NoticeState(row.state),
        attempts=row.attempts,
        detail=row.detail,
        sent_at=row.sent_at,
        perhaps_sent=row.perhaps_sent,
        not_before=row.not_before,
    )
