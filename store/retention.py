"""What nobody needs any more is deleted, and the log of decisions says so.

Never: captures, articles, what was found and decided, the evidence library, the log itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from store import audit
from store.tables import ContentRow, InvitationRow, JobRunRow, NoticeRow, SessionRow, SignInFailureRow
from store.types import NoticeState
from store.upsert import rows_of

ACT = "delete what is old"
KEEP_TEXTS = timedelta(days=180)  # of messages that went out or were given up
KEEP_RUNS = timedelta(days=90)
KEEP_SIGN_INS = timedelta(days=30)  # that ended, and invitations
KEEP_FAILURES = timedelta(days=1)  # of signing in, as the brake on guessing forgets them


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many of each were deleted; of `texts`, messages that lost theirs."""

    texts: int = 0
    runs: int = 0
    sign_ins: int = 0
    failures: int = 0

    def __str__(self) -> str:
        return " ".join(f"{name}={count}" for name, count in asdict(self).items())


def drop_old(session: Session, *, now: datetime) -> Dropped:
    """Delete what is older than its time, and log it where anything was. Run twice, it finds nothing more.

    Of a message stay its recipient, subject, times and state: whether it was sent can be asked for ever.
    """

    def do(statement: Delete | Update) -> int:
        return rows_of(session.execute(statement, execution_options={"synchronize_session": False}))

    texts = do(_forget_texts(now - KEEP_TEXTS))
    if texts:
        used = select(NoticeRow.content).where(NoticeRow.content != "")
        do(delete(ContentRow).where(ContentRow.digest.not_in(used)))
    dropped = Dropped(
        texts=texts,
        runs=do(_runs_before(now - KEEP_RUNS)),
        sign_ins=sum(do(statement) for statement in _sign_ins_before(now - KEEP_SIGN_INS)),
        failures=do(delete(SignInFailureRow).where(SignInFailureRow.failed_at < now - KEEP_FAILURES)),
    )
    if dropped != Dropped():
        audit.append(session, actor="service", act=ACT, subject="database", detail=str(dropped), now=now)
    return dropped


def _forget_texts(before: datetime) -> Update:
    is_done = or_(
        and_(NoticeRow.state == NoticeState.SENT.value, NoticeRow.sent_at < before),
        and_(NoticeRow.state == NoticeState.FAILED.value, NoticeRow.failed_at < before),
    )
    return update(NoticeRow).where(is_done, NoticeRow.content != "").values(content="")


def _runs_before(before: datetime) -> Delete:
    """All but the last of each job and its last good one: by these the service knows what it missed."""
    last = select(func.max(JobRunRow.number)).group_by(JobRunRow.job)
    good = last.where(JobRunRow.finished_at.is_not(None), JobRunRow.failed.is_(False))
    is_needed = or_(JobRunRow.number.in_(last), JobRunRow.number.in_(good))
    return delete(JobRunRow).where(JobRunRow.started_at < before, ~is_needed)


def _sign_ins_before(before: datetime) -> tuple[Delete, Delete]:
    is_over = or_(SessionRow.expires_at < before, SessionRow.revoked_at < before)
    is_closed = or_(InvitationRow.expires_at < before, InvitationRow.used_at < before)
    return delete(SessionRow).where(is_over), delete(InvitationRow).where(is_closed)
