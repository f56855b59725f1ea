"""Events: what happened to pages and sources, each told once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from store.loading import in_portions
from store.progress import mark_changed
from store.tables import EventRow, MembershipRow
from store.types import Event, EventKind, Saved
from store.upsert import insert_absent

_AS_THEY_ARE = ("key", "at", "source", "from_version", "to_version", "before", "after", "detail")


def save_event(session: Session, event: Event, *, now: datetime) -> bool:
    """Save an event; False when it was told before (by its key), and then nothing changes."""
    values = {name: getattr(event, name) for name in _AS_THEY_ARE} | {
        "kind": event.kind.value,
        "article": event.article or None,
        "saved_at": now,
    }
    is_new = insert_absent(session, EventRow, values, unique=("key",)) is not None
    if is_new and event.article:  # its story is checked again: the checks know of what happened to pages
        stories = select(MembershipRow.story).where(MembershipRow.article == event.article)
        mark_changed(session, session.scalars(stories))
    return is_new


def list_events(
    session: Session,
    *,
    kinds: Collection[EventKind] = (),
    since: datetime | None = None,
    article: int = 0,
    source: str = "",
    limit: int = 200,
) -> list[Saved[Event]]:
    """Events, the newest first; each condition narrows, an empty one does not.

    Args:
        session: of the store.
        kinds: only these; empty for all.
        since: only what happened at or after (aware).
        article: only of this article; 0 for all.
        source: only of this source; "" for all.
        limit: at most so many.

    """
    statement = select(EventRow.__table__)
    if kinds:
        statement = statement.where(EventRow.kind.in_([kind.value for kind in kinds]))
    if since is not None:
        statement = statement.where(EventRow.at >= since)
    if article:
        statement = statement.where(EventRow.article == article)
    if source:
        statement = statement.where(EventRow.source == source)
    rows = session.execute(statement.order_by(EventRow.at.desc(), EventRow.number.desc()).limit(limit))
    return [_saved_from(row) for row in rows]


def events_of(session: Session, article: int) -> list[Saved[Event]]:
    """All events of an article, the oldest first."""
    return events_of_articles(session, [article]).get(article, [])


def events_of_articles(session: Session, articles: Collection[int]) -> dict[int, list[Saved[Event]]]:
    """All events of articles by article, each one's oldest first; articles without events are left out."""
    found: dict[int, list[Saved[Event]]] = {}
    for some in in_portions(articles):
        statement = select(EventRow.__table__).where(EventRow.article.in_(some))
        for row in session.execute(statement.order_by(EventRow.at, EventRow.number)):
            found.setdefault(row.article, []).append(_saved_from(row))
    return found


def _saved_from(row: Row[Any]) -> Saved[Event]:
    values = {name: getattr(row, name) for name in _AS_THEY_ARE}
    event = Event(kind=EventKind(row.kind), article=row.article or 0, **values)
    return Saved(row.number, row.saved_at, event)
