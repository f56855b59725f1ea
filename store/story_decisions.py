"""What people decided of stories: joined, taken out, taken back. Added to, never changed; it wins for ever.

1. A decision moves the articles it is about and keeps how they stood.
2. Whoever groups asks `settled` and places by it what comes later.
3. Taking a decision back moves those articles back that still stand where it put them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from store.audit import append
from store.codec import from_text, to_text
from store.errors import UnknownRowError
from store.stories import memberships_in, memberships_of, save_memberships
from store.tables import StoryDecisionRow
from store.types import Membership
from store.upsert import insert_row

_BY_PERSON = "do người trực xếp"
_TABLE = StoryDecisionRow.__table__
_UNDOING = _TABLE.alias("undoing")


class DecisionKind(StrEnum):
    """What was decided."""

    JOIN = "join"  # all of one story belongs to another
    APART = "apart"  # an article, with its copies, is a story of its own
    UNDO = "undo"  # an earlier decision holds no more


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """One decision; `articles` are those it moved, `undone` whether it was taken back since."""

    number: int
    kind: DecisionKind
    story: str
    into: str
    articles: tuple[int, ...]
    undoes: int | None
    by: str
    reason: str
    at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class SettledStories:
    """What holds now: stories that were joined to others, and where articles were put."""

    joined: Mapping[str, str]
    placed: Mapping[int, str]


def join_stories(session: Session, story: str, into: str, *, by: str, reason: str, now: datetime) -> int:
    """Make all of `story` part of `into`, now and whatever comes later -> the decision's number.

    Raises:
        UnknownRowError: when one of them has no article, or they are the same.

    """
    members = memberships_in(session, story)
    if story == into or not members or not memberships_in(session, into):
        raise UnknownRowError(
            f"there are no two stories {story} and {into} to be joined; choose two with articles"
        )
    save_memberships(session, [replace(each, story=into) for each in members], now=now)
    return _append(session, DecisionKind.JOIN, story, into, members, by=by, reason=reason, now=now)


def take_out(session: Session, article: int, *, by: str, reason: str, now: datetime) -> int:
    """Make an article, with what copies it, a story of its own -> the decision's number.

    Raises:
        UnknownRowError: when the article is in no story, or its story has no other article.

    """
    own = next(iter(memberships_of(session, [article])), None)
    members = memberships_in(session, own.story) if own else []
    moved = [each for each in members if article in (each.article, each.copy_of)]
    if own is None or len(moved) == len(members):
        raise UnknownRowError(
            f"article {article} is in no story with others, so it cannot be taken out of one"
        )
    into = _name_apart(article, own.story)
    now_own = Membership(article, into, 0, 1.0, (_BY_PERSON,))
    changed = [now_own if each.article == article else replace(each, story=into) for each in moved]
    save_memberships(session, changed, now=now)
    return _append(session, DecisionKind.APART, own.story, into, moved, by=by, reason=reason, now=now)


def undo_decision(session: Session, number: int, *, by: str, reason: str, now: datetime) -> int:
    """Take a decision back -> the number of the new one. What was moved on since stays where it is.

    Raises:
        UnknownRowError: when there is no such decision, or it is taken back already.

    """
    row = session.execute(_select().where(_TABLE.c.number == number)).first()
    if row is None or row.kind == DecisionKind.UNDO or row.undone is not None:
        raise UnknownRowError(f"there is no decision {number} that could be taken back")
    before = from_text(tuple[Membership, ...], row.moved)
    stands = {each.article: each for each in memberships_of(session, [old.article for old in before])}
    back = [old for old in before if old.article in stands and stands[old.article].story == row.into]
    save_memberships(session, back, now=now)
    was = [stands[old.article] for old in back]
    kind = DecisionKind.UNDO
    return _append(session, kind, row.into, row.story, was, undoes=number, by=by, reason=reason, now=now)


def decisions_of(session: Session, story: str) -> tuple[StoryDecision, ...]:
    """Every decision that a story had part in, the newest first."""
    about = or_(_TABLE.c.story == story, _TABLE.c.into == story)
    rows = session.execute(_select().where(about).order_by(_TABLE.c.number.desc()))
    return tuple(_decision_from(row) for row in rows)


def settled(session: Session) -> SettledStories:
    """What people's decisions come to, without those taken back; a later one stands above an earlier one."""
    joined: dict[str, str] = {}
    placed: dict[int, str] = {}
    standing = _select().where(_UNDOING.c.number.is_(None), _TABLE.c.kind != DecisionKind.UNDO)
    for row in session.execute(standing.order_by(_TABLE.c.number)):
        if row.kind == DecisionKind.JOIN:
            joined[row.story] = row.into
        else:
            placed |= {each.article: row.into for each in from_text(tuple[Membership, ...], row.moved)}
    return SettledStories(joined, placed)


def _select() -> Select[Any]:
    undoing = _TABLE.outerjoin(_UNDOING, _UNDOING.c.undoes == _TABLE.c.number)
    return select(*_TABLE.columns, _UNDOING.c.number.label("undone")).select_from(undoing)


def _decision_from(row: Row[Any]) -> StoryDecision:
    return StoryDecision(
        number=row.number,
        kind=DecisionKind(row.kind),
        story=row.story,
        into=row.into,
        articles=tuple(each.article for each in from_text(tuple[Membership, ...], row.moved)),
        undoes=row.undoes,
        by=row.by,
        reason=row.reason,
        at=row.at,
        undone=row.undone is not None,
    )


def _name_apart(article: int, story: str) -> str:
    """The id of an article's own story, the same each time it is taken out of the same story."""
    return f"s{hashlib.sha256(f'{article} out of {story}'.encode()).hexdigest()[:16]}"


def _append(
    session: Session,
    kind: DecisionKind,
    story: str,
    into: str,
    moved: Sequence[Membership],
    *,
    by: str,
    reason: str,
    now: datetime,
    undoes: int | None = None,
) -> int:
    """Write a decision down, with its entry in the audit log in the same transaction."""
    values: dict[str, object] = {
        "kind": kind.value,
        "story": story,
        "into": into,
        "moved": to_text(tuple(moved)),
    }
    values |= {"undoes": undoes, "by": by, "reason": reason, "at": now}
    number: int = insert_row(session, StoryDecisionRow, values)
    articles = ", ".join(str(each.article) for each in moved[:20])
    detail = f"{story} -> {into}; {len(moved)} articles ({articles}): {reason}"
    append(session, actor=by, act=f"story {kind.value}", subject=f"story {story}", detail=detail, now=now)
    return number
