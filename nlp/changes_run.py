"""New versions -> events in the store. Killed at any moment it goes on; run again it adds nothing.

1. Load articles with versions nobody has compared.  2. Compare each with the one before it.
3. Save an article's events and how far it was compared in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from nlp.changes import events_between
from store.articles import StoredArticle
from store.database import Sessions
from store.events import save_event
from store.versions import mark_compared, uncompared

_BATCH = 50  # articles loaded at once, each with its versions


def note_changes(sessions: Sessions, *, now: datetime) -> int:
    """Compare every new version with the one before it -> how many events are new.

    `now` is written beside new events (UTC); when a change was seen is the capture's time.
    """
    new = 0
    while batch := _load(sessions):
        for versions in batch:
            new += _note_one(sessions, versions, now=now)
    return new


def _load(sessions: Sessions) -> list[list[StoredArticle]]:
    with sessions() as session:
        return uncompared(session, limit=_BATCH)


def _note_one(sessions: Sessions, versions: Sequence[StoredArticle], *, now: datetime) -> int:
    events = [event for old, new in pairwise(versions) for event in events_between(old, new)]
    with sessions.begin() as session:
        new = sum(save_event(session, event, now=now) for event in events)
        mark_compared(session, versions)
    return new
