"""Loading what happened to captured pages: events of the store with the articles they are of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.material import SeenChange
from alerts.sections.changes import OF_EVERY_ARTICLE
from store.events import events_of_articles, list_events
from store.readings import find_read
from store.types import Event, EventKind, ReadArticle, Saved
from store.versions import versions_seen

# An event tells when its page was first seen so; it is saved when that is sure or compared, for a page that
# went ten minutes to days later. The time of saving decides the edition: what is saved is told once.
LOOK_BACK = timedelta(days=7)
MOST_EVENTS = 5_000  # of a period; the newest


def find_changes(
    session: Session, *, start: datetime, end: datetime, flagged: Collection[int]
) -> tuple[SeenChange, ...]:
    """What was noticed in [start, end) (UTC) of pages; changes of text of the articles `flagged` alone."""
    events = list_events(session, kinds=OF_EVERY_ARTICLE, since=start - LOOK_BACK, limit=MOST_EVENTS)
    of_flagged = events_of_articles(session, flagged).values()
    texts = [e for found in of_flagged for e in found if e.value.kind is EventKind.TEXT_CHANGED]
    since = start - LOOK_BACK
    found = [e for e in [*events, *texts] if start <= e.saved_at < end and e.value.at >= since]
    return _with_articles(session, found)


def find_changes_of(session: Session, articles: Collection[int]) -> tuple[SeenChange, ...]:
    """Everything that ever happened to these articles' pages."""
    return _with_articles(
        session, (e for found in events_of_articles(session, articles).values() for e in found)
    )


def _with_articles(session: Session, events: Iterable[Saved[Event]]) -> tuple[SeenChange, ...]:
    """Events with their articles. What nobody has read yet is not known to be about anything: left out."""
    rows = list(events)
    numbers = sorted({row.value.article for row in rows} - {0})
    items: dict[int, ReadArticle | None] = {number: find_read(session, number) for number in numbers}
    seen = versions_seen(session, numbers)
    found = []
    for row in rows:
        item = items.get(row.value.article)
        if item is not None:
            version = seen.get((row.value.article, row.value.from_version))
            found.append(SeenChange(row, item, version.at if version else None))
    return tuple(found)
