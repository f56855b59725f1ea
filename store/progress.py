"""How far each stage has come, kept so that "what is left?" reads an index and never a whole table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.loading import in_portions
from store.tables import ArticleRow, ClaimRow, MembershipRow, ReadingRow, StoryRow

T = TypeVar("T", int, str)


def not_done_with(
    session: Session,
    key: InstrumentedAttribute[T],
    done_with: InstrumentedAttribute[str],
    version: str,
    *,
    limit: int,
    only: ColumnElement[bool] | None = None,
) -> list[T]:
    """Keys of rows whose `done_with` is not `version`; "", never done, comes first.

    Two ranges of the index on `done_with`, before and after `version`: "not equal" would look at every row.
    """
    found: list[T] = []
    for other in (done_with < version, done_with > version):
        statement = select(key).where(other).order_by(done_with, key).limit(limit - len(found))
        if only is not None:
            statement = statement.where(only)
        found.extend(session.scalars(statement))
    return found


def mark_changed(session: Session, stories: Iterable[str]) -> None:
    """Stories whose members changed are to be checked again, and take their place by their newest member."""
    newest = (
        select(func.max(ArticleRow.when_at))
        .join(MembershipRow, MembershipRow.article == ArticleRow.number)
        .where(MembershipRow.story == StoryRow.id)
        .scalar_subquery()
    )
    for some in in_portions(sorted(set(stories))):
        statement = update(StoryRow).where(StoryRow.id.in_(some)).values(checked_with="", newest_at=newest)
        session.execute(statement, execution_options={"synchronize_session": False})


def mark_carriers(session: Session, claim_key: str) -> None:
    """Stories in which a sentence stands are to be checked again: it was answered, or its answer changed."""
    carrying = (
        select(MembershipRow.story)
        .join(ReadingRow, ReadingRow.article == MembershipRow.article)
        .join(ClaimRow, ClaimRow.reading == ReadingRow.id)
        .where(ClaimRow.key == claim_key)
    )
    mark_changed(session, session.scalars(carrying))
