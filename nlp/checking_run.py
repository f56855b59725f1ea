"""Stories -> flags in the store. Killed at any moment it goes on where it was; run again it adds nothing.

1. Load stories that changed since their last check, or were checked with other checks.
2. Run every check on each. 3. Save a story's flags and that it was checked in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nlp.checks import CHECKS_VERSION, check_case
from nlp.gathering import Catalogue, gather
from nlp.shelf import Shelf
from store.claims import save_flags
from store.database import Sessions
from store.stories import mark_checked, stories_to_check
from store.types import Story

_BATCH = 100  # stories loaded at once
_NONE = Catalogue()

Progress = Callable[[str, int, int], None]


def check_changed(
    sessions: Sessions,
    *,
    now: datetime,
    progress: Progress,
    catalogue: Catalogue = _NONE,
    shelf: Shelf | None = None,
) -> int:
    """Check every story that needs it -> how many flags are new.

    `progress` is told (stage, stories done, how many are known so far); `now` is written beside new flags
    (UTC). Without a `catalogue` the checks of places and addresses say nothing; without a
    `shelf` the library is searched by words alone.
    """
    done = new = 0
    while batch := _load(sessions):
        progress("check", done, done + len(batch))
        for story in batch:
            new += _check_one(sessions, story, catalogue, shelf, now=now)
        done += len(batch)
    progress("check", done, done)
    return new


def _load(sessions: Sessions) -> list[Story]:
    with sessions() as session:
        return stories_to_check(session, checks_version=CHECKS_VERSION, limit=_BATCH)


def _check_one(
    sessions: Sessions, story: Story, catalogue: Catalogue, shelf: Shelf | None, *, now: datetime
) -> int:
    with sessions() as session:
        case = gather(session, story, catalogue, shelf)
    flags = check_case(case)
    with sessions.begin() as session:
        new = save_flags(session, story.id, flags, now=now)
        mark_checked(session, story.id, checks_version=CHECKS_VERSION, now=now)
    return new
