"""Passages of the library -> what they mean, kept beside them; when killed it goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from nlp.shelf import Shelf
from store.database import Sessions
from store.library.vectors import count_unread, find_unread, save_vectors
from store.stories import check_again

MOST = 300  # passages in one cycle, about a minute of one processor
CONCERNED = timedelta(days=60)  # how far back stories are checked again when the library is read
_BATCH = 16  # kept together

Progress = Callable[[str, int, int], None]


def shelve_new(
    sessions: Sessions, shelf: Shelf, *, now: datetime, progress: Progress, most: int = MOST
) -> int:
    """Read passages that were not read yet, the last added first, at most `most` -> how many were read.

    When none is left the stories of the last 60 days before `now` (UTC) are checked again, once: a passage in
    another language may speak of them. `progress` is told ("shelve", passages done, passages in this run).
    """
    with sessions() as session:
        left = count_unread(session, shelf.model)
    wanted = min(left, most)
    done = 0
    while done < wanted:
        done += _shelve_some(sessions, shelf, min(_BATCH, wanted - done), left=left - done, now=now)
        progress("shelve", done, wanted)
    return done


def _shelve_some(sessions: Sessions, shelf: Shelf, size: int, *, left: int, now: datetime) -> int:
    with sessions() as session:
        passages = find_unread(session, shelf.model, limit=size)
    vectors = [shelf.read(id_, text) for id_, text in passages]
    with sessions.begin() as session:
        save_vectors(session, shelf.model, vectors)
        if left <= len(passages):
            check_again(session, now - CONCERNED, now + CONCERNED)
    return len(passages) or size  # somebody else has read the rest
