"""Việc cần sửa: opened by a verdict *Đúng – ta cần sửa*, given to a unit, closed with what was done.

Steps are only ever appended, each with its entry in the audit log in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Row, func, select, update
from sqlalchemy.orm import Session

from store.audit import append
from store.errors import MatterError
from store.loading import in_portions
from store.tables import MatterActRow, MatterRow
from store.types import Matter, MatterAct, MatterStep, Review
from store.upsert import insert_row

_OPEN = "Matter {number} is open already."
_CLOSED = "Matter {number} is closed; reopen it first."
_ACTS = {
    MatterStep.OPENED: "open a matter",
    MatterStep.ASSIGNED: "assign a matter",
    MatterStep.LIMITED: "start a limit",
    MatterStep.CLOSED: "close a matter",
    MatterStep.REOPENED: "reopen a matter",
}


def open_matter(session: Session, review: Review, *, story: str, unit: str) -> int:
    """Open a matter for a verdict, or find the one that is open for this sentence in this story.

    Args:
        session: of a writing transaction.
        review: the verdict; its reviewer opens the matter, its reason says why.
        story: the story in which the sentence was judged.
        unit: Unit.id that is proposed, "" for none.

    Returns:
        The matter's number.

    """
    known = find_open(session, review.claim, story)
    if known is not None:
        return known.number
    values = {"claim": review.claim, "claim_text": review.claim_text, "article": review.article}
    number: int = insert_row(session, MatterRow, {**values, "story": story, "is_open": True})
    act = MatterAct(MatterStep.OPENED, review.reviewer, review.at, words=review.reason, unit=unit)
    _append(session, number, act)
    return number


def add_act(session: Session, number: int, act: MatterAct) -> None:
    """Append a step to a matter.

    Raises:
        MatterError: there is no such matter, or it is closed (open) already.

    """
    if find_matter(session, number) is None:
        raise MatterError("There is no matter {number}.", number=number)
    is_reopened = act.step is MatterStep.REOPENED
    as_read = update(MatterRow).where(MatterRow.number == number, MatterRow.is_open.is_(not is_reopened))
    # the database decides, so that of two colleagues at once only one closes it
    done = session.execute(as_read.values(is_open=act.step is not MatterStep.CLOSED))
    if not cast("CursorResult[Any]", done).rowcount:
        raise MatterError(_OPEN if is_reopened else _CLOSED, number=number)
    _append(session, number, act)


def find_matter(session: Session, number: int) -> Matter | None:
    """One matter with all its steps."""
    rows = session.execute(select(MatterRow.__table__).where(MatterRow.number == number)).all()
    return next(iter(_matters_from(session, rows)), None)


def find_open(session: Session, claim_key: str, story: str) -> Matter | None:
    """The open matter of a sentence in a story."""
    wanted = (MatterRow.claim == claim_key, MatterRow.story == story, MatterRow.is_open.is_(True))
    rows = session.execute(select(MatterRow.__table__).where(*wanted)).all()
    return next(iter(_matters_from(session, rows)), None)


def list_matters(session: Session, *, is_open: bool, limit: int = 200) -> list[Matter]:
    """Open or closed matters: open ones by when they are due, then all by age, the newest first."""
    page = select(MatterRow.__table__).where(MatterRow.is_open.is_(is_open))
    rows = session.execute(page.order_by(MatterRow.number.desc()).limit(limit)).all()
    found = _matters_from(session, rows)
    if not is_open:
        return found
    return sorted(found, key=lambda m: (m.due_at is None, m.due_at or m.opened_at))


def count_open(session: Session) -> int:
    """How many matters are open."""
    counted = select(func.count()).select_from(MatterRow).where(MatterRow.is_open.is_(True))
    return session.scalars(counted).one()


def _append(session: Session, number: int, act: MatterAct) -> None:
    values = {"step": act.step.value, "by": act.by, "at": act.at, "words": act.words, "unit": act.unit}
    more = {"matter": number, "limit_id": act.limit, "due_at": act.due_at}
    insert_row(session, MatterActRow, values | more)
    due = f"{act.limit} until {act.due_at.isoformat()}" if act.due_at else ""
    detail = ": ".join(part for part in (act.unit or due, act.words) if part)
    subject = f"matter {number}"
    append(session, actor=act.by, act=_ACTS[act.step], subject=subject, detail=detail, now=act.at)


def _matters_from(session: Session, rows: Sequence[Row[Any]]) -> list[Matter]:
    acts = _acts_of(session, [row.number for row in rows])
    return [
        Matter(row.number, row.claim, row.claim_text, row.article, row.story, tuple(acts[row.number]))
        for row in rows
    ]


def _acts_of(session: Session, numbers: Iterable[int]) -> dict[int, list[MatterAct]]:
    found: dict[int, list[MatterAct]] = defaultdict(list)
    for some in in_portions(numbers):
        statement = select(MatterActRow.__table__).where(MatterActRow.matter.in_(some))
        for row in session.execute(statement.order_by(MatterActRow.number)):
            found[row.matter].append(
                MatterAct(MatterStep(row.step), row.by, row.at, row.words, row.unit, row.limit_id, row.due_at)
            )
    return found
