"""The outbox: a notice is claimed by a conditional update, sent, recorded; its key is unique."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from store.codec import from_text, to_text
from store.contents import Content, find_contents, keep_content
from store.errors import UnknownRowError
from store.tables import NoticeRow
from store.types import Notice, NoticeState, Saved
from store.upsert import insert_absent, rows_of

_FIRST_PAUSE = timedelta(minutes=1)  # before the second attempt; each later pause is twice as long
_LONGEST_PAUSE = timedelta(hours=1)
TRIAL = "test"  # the first part of the key of a trial of a channel
_NO_CONTENT = Content("", "")


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
    failed_at: datetime | None = None  # for good


def enqueue(session: Session, notice: Notice) -> bool:
    """Put a notice in the outbox; False when one with its key is there already, in whatever state.

    What it says is kept apart, once: an edition of five hundred recipients is not kept five hundred times.
    """
    values = {
        "key": notice.key,
        "channel": notice.channel,
        "body": to_text(replace(notice, text="", html="")),
        "content": keep_content(session, Content(notice.text, notice.html)),
        "state": NoticeState.WAITING.value,
        "attempts": 0,
        "not_before": notice.created_at,
        "claimed_by": "",
        "perhaps_sent": False,
        "detail": "",
        "saved_at": notice.created_at,
    }
    return insert_absent(session, NoticeRow, values, unique=("key",)) is not None


def claim_next(
    session: Session, *, channel: str, worker: str, now: datetime, due_by: datetime | None = None
) -> Saved[Notice] | None:
    """Take the next notice of a channel for sending; None when none is due at `due_by` (`now` without it).

    Commit before sending: whoever changed the row owns the notice, and nobody else will get it.
    """
    for state in (NoticeState.WAITING, NoticeState.RETRY):
        due = and_(
            NoticeRow.state == state.value,
            NoticeRow.channel == channel,
            NoticeRow.not_before <= (due_by or now),
        )
        while (number := session.scalars(_first(due)).first()) is not None:
            if _claim(session, number, state, worker=worker, now=now):
                return _saved(session, number)
    return None


def claim_this(session: Session, number: int, *, worker: str, now: datetime) -> Saved[Notice] | None:
    """Take one notice by its number; None when somebody has it, or it is done. Commit before sending."""
    for state in (NoticeState.WAITING, NoticeState.RETRY):
        if _claim(session, number, state, worker=worker, now=now):
            return _saved(session, number)
    return None


def record_sent(session: Session, number: int, *, now: datetime) -> None:
    """Record that a notice went out."""
    _change(session, number, state=NoticeState.SENT.value, sent_at=now, failed_at=None, detail="")


def record_failed(
    session: Session,
    number: int,
    *,
    permanent: bool,
    detail: str,
    now: datetime,
    pause: timedelta | None = None,
    is_unsure: bool = False,
) -> None:
    """Record that sending failed; if not for good, it is due again after `pause`, else 1, 2, 4 … 60 minutes.

    `is_unsure`: it may have arrived all the same. What another worker has recorded as sent stays sent.
    """
    attempts = session.scalars(select(NoticeRow.attempts).where(NoticeRow.number == number)).first() or 1
    wait = _FIRST_PAUSE * 2 ** min(attempts - 1, 10) if pause is None else pause
    values: dict[str, Any] = {"detail": detail, "not_before": now + min(wait, _LONGEST_PAUSE)}
    if permanent:
        values |= {"state": NoticeState.FAILED.value, "failed_at": now}
    else:
        values |= {"state": NoticeState.RETRY.value}
    if is_unsure:
        values |= {"perhaps_sent": True}
    _change(session, number, but=NoticeState.SENT, **values)


def release_stale(session: Session, *, older_than: datetime, now: datetime) -> int:
    """Notices claimed before `older_than`, never recorded: perhaps sent, due again, same Message-ID.

    Returns:
        How many there were.

    """
    stale = and_(NoticeRow.state == NoticeState.CLAIMED.value, NoticeRow.claimed_at < older_than)
    values = {"state": NoticeState.RETRY.value, "perhaps_sent": True, "not_before": now}
    return rows_of(session.execute(update(NoticeRow).where(stale).values(values)))


def list_notices(session: Session, *, limit: int = 100) -> list[OutboxRow]:
    """The newest notices, the newest first. What several of them say is loaded once."""
    statement = select(NoticeRow.__table__).order_by(NoticeRow.number.desc()).limit(limit)
    return outbox_rows(session, session.execute(statement).all())


def failed_between(session: Session, start: datetime, end: datetime, *, limit: int = 200) -> list[OutboxRow]:
    """Notices given up in [start, end) (UTC), the newest first: for the desk and the next digest.

    Their texts are left out: what is told is that somebody did not get them, and why. Trials of a channel are
    left out: who made them was told at once.
    """
    is_in = and_(NoticeRow.failed_at >= start, NoticeRow.failed_at < end)
    statement = (
        select(NoticeRow.__table__)
        .where(is_in, NoticeRow.key.not_like(f"{TRIAL}:%"))
        .order_by(NoticeRow.failed_at.desc(), NoticeRow.number)
    )
    return [_outbox_row_from(row, _NO_CONTENT) for row in session.execute(statement.limit(limit))]


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
    (found,) = outbox_rows(session, [row])
    return Saved(row.number, row.saved_at, found.notice)


def _change(session: Session, number: int, *, but: NoticeState | None = None, **values: Any) -> None:
    """Change a row, unless it is in the state `but`."""
    this = NoticeRow.number == number
    wanted = this if but is None else and_(this, NoticeRow.state != but.value)
    changed = rows_of(session.execute(update(NoticeRow).where(wanted).values(values)))
    if changed != 1 and session.scalars(select(NoticeRow.number).where(this)).first() is None:
        raise UnknownRowError(f"there is no notice {number}")


def outbox_rows(session: Session, rows: Sequence[Any]) -> list[OutboxRow]:
    """Rows of the table of notices -> the same with what they say, each text loaded once."""
    contents = find_contents(session, {row.content for row in rows if row.content})
    return [_outbox_row_from(row, contents.get(row.content)) for row in rows]


def _outbox_row_from(row: Any, content: Content | None) -> OutboxRow:
    """A row with what it says; None: it was written before contents were kept apart."""
    notice = from_text(Notice, row.body)
    return OutboxRow(
        number=row.number,
        notice=replace(notice, text=content.text, html=content.html) if content else notice,
        state=NoticeState(row.state),
        attempts=row.attempts,
        detail=row.detail,
        sent_at=row.sent_at,
        perhaps_sent=row.perhaps_sent,
        not_before=row.not_before,
        failed_at=row.failed_at,
    )
