"""What happened to articles after they were first captured, as pages show it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from desk.changes import EventLine, make_lines
from store.events import events_of_articles


def find_changes(session: Session, articles: Collection[int]) -> tuple[EventLine, ...]:
    """Everything that happened to articles, the newest first."""
    saved = [event for events in events_of_articles(session, articles).values() for event in events]
    saved.sort(key=lambda event: (event.value.at, event.number), reverse=True)
    return make_lines(session, saved)
