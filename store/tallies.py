"""How much stands where: what waits before each stage, what the outbox holds, in a handful of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables import ArticleRow, FlagRow, NoticeRow, SnapshotRow, StoryRow


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits before a stage, and since when the oldest of it does (UTC; None: nothing waits)."""

    stage: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Tallies:
    """What the store holds. `notices` counts by (channel, state)."""

    articles: int
    stories: int
    flags: int  # that stand
    findings: int  # what they tell of: a difference is one, however many sides it has
    queues: tuple[Queue, ...]
    notices: tuple[tuple[str, str, int], ...]
    oldest_notice: datetime | None  # of those not sent and not given up


def count_everything(session: Session) -> Tallies:
    """What stands where, now."""
    counts = select(func.count(), func.count(FlagRow.finding.distinct()))
    flags, findings = session.execute(counts.where(FlagRow.withdrawn_at.is_(None))).one()
    open_notices = (NoticeRow.sent_at.is_(None), NoticeRow.failed_at.is_(None))
    return Tallies(
        articles=session.scalars(select(func.count()).select_from(ArticleRow)).one(),
        stories=session.scalars(select(func.count()).where(StoryRow.newest_at.is_not(None))).one(),
        flags=flags,
        findings=findings,
        queues=tuple(_queues(session)),
        notices=tuple(_notices(session)),
        oldest_notice=session.scalars(select(func.min(NoticeRow.saved_at)).where(*open_notices)).one(),
    )


def _notices(session: Session) -> list[tuple[str, str, int]]:
    kinds = (NoticeRow.channel, NoticeRow.state)
    rows = session.execute(select(*kinds, func.count()).group_by(*kinds).order_by(*kinds))
    return [(row[0], row[1], row[2]) for row in rows]


def _queues(session: Session) -> list[Queue]:
    conditions = {
        "extract": (SnapshotRow.fetched_at, SnapshotRow.extracted.is_(False)),
        "read": (ArticleRow.saved_at, ArticleRow.read_with == ""),
        "group": (ArticleRow.saved_at, ArticleRow.to_group.is_(True)),
        "check": (StoryRow.saved_at, (StoryRow.checked_with == "") & StoryRow.newest_at.is_not(None)),
    }
    found = []
    for stage, (since, condition) in conditions.items():
        row = session.execute(select(func.count(), func.min(since)).where(condition)).one()
        found.append(Queue(stage, row[0], row[1]))
    return found
