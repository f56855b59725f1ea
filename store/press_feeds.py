"""Saved searches that are read as feeds elsewhere. Of the token in the address only the hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import audit
from store.search import parse
from store.tables import PressFeedRow
from store.tokens import make_token, token_hash
from store.upsert import insert_row, rows_of

LONGEST_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class PressFeed:
    """A saved search with an address of its own; times are UTC, `revoked_at` is None while it is read."""

    number: int
    title: str
    query: str
    owner: str  # desk name
    created_at: datetime
    revoked_at: datetime | None


def open_feed(session: Session, *, title: str, query: str, owner: str, now: datetime) -> str:
    """Make a feed of a search; the act is put on the log.

    Returns:
        The token of its address; it cannot be shown again.

    Raises:
        QueryError: when the query cannot be understood.

    """
    parse(query)
    token = make_token()
    values = {
        "token_hash": token_hash(token),
        "title": title[:LONGEST_TITLE],
        "query": query,
        "owner": owner,
        "created_at": now,
    }
    number = insert_row(session, PressFeedRow, values)
    audit.append(session, actor=owner, act="feed opened", subject=f"feed {number}", detail=query, now=now)
    return token


def find_feed(session: Session, token: str) -> PressFeed | None:
    """The feed that a token opens, also a revoked one; None when there never was one."""
    statement = select(PressFeedRow.__table__).where(PressFeedRow.token_hash == token_hash(token))
    row = session.execute(statement).first()
    return _feed_from(row) if row else None


def list_feeds(session: Session, *, owner: str | None = None) -> list[PressFeed]:
    """The feeds of one colleague, or all; the newest first."""
    statement = select(PressFeedRow.__table__).order_by(PressFeedRow.number.desc())
    if owner is not None:
        statement = statement.where(PressFeedRow.owner == owner)
    return [_feed_from(row) for row in session.execute(statement)]


def revoke_feed(session: Session, number: int, *, actor: str, owner: str | None, now: datetime) -> bool:
    """End a feed at once; the act is put on the log.

    Args:
        session: of the store.
        number: of the feed.
        actor: who does it.
        owner: only a feed of this colleague's; None: anybody's.
        now: UTC.

    Returns:
        False when there is no such feed, or it was ended before.

    """
    this = [PressFeedRow.number == number, PressFeedRow.revoked_at.is_(None)]
    if owner is not None:
        this.append(PressFeedRow.owner == owner)
    if rows_of(session.execute(update(PressFeedRow).where(*this).values(revoked_at=now))) != 1:
        return False
    audit.append(session, actor=actor, act="feed revoked", subject=f"feed {number}", detail="", now=now)
    return True


def _feed_from(row: Any) -> PressFeed:
    return PressFeed(row.number, row.title, row.query, row.owner, row.created_at, row.revoked_at)
