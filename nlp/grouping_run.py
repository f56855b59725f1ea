"""Read articles -> stories in the store. Killed at any moment it goes on; run again it adds nothing.

1. Load a batch of articles that are in no story, oldest first.
2. Rebuild the window before them from what is stored, so that a run after a crash decides as the first would
   have.
3. Place each; one whose story is known (an edited article) stays there.
4. Save the batch in one transaction. 5. Until nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from nlp.stories import Grouper, GroupItem
from store.database import Sessions
from store.stories import members_since, save_memberships, ungrouped
from store.types import Membership, ReadArticle

WINDOW = timedelta(days=14)  # how long a story stays open for articles that tell of it again
_BATCH = 1000  # articles in one transaction, placed against one rebuilt window

Progress = Callable[[str, int, int], None]


def group_new(sessions: Sessions, *, now: datetime, progress: Progress) -> int:
    """Put every read article that is in no story into one -> how many were placed.

    `progress` is told (stage, done, how many are known so far); `now` is written beside new stories (UTC).
    """
    done = 0
    while True:
        with sessions() as session:
            batch = ungrouped(session, limit=_BATCH)
            if not batch:
                break
            window = members_since(session, min(item.article.when for item in batch) - WINDOW)
        progress("group", done, done + len(batch))
        memberships = place(batch, window)
        with sessions.begin() as session:
            save_memberships(session, memberships, now=now)
        done += len(batch)
    progress("group", done, done)
    return done


def place(
    batch: Sequence[ReadArticle], window: Sequence[tuple[ReadArticle, Membership]]
) -> tuple[Membership, ...]:
    """Articles to place, oldest first, and what is placed already -> their memberships, in the same order."""
    grouper = Grouper(window=WINDOW)
    placed: dict[int, Membership] = {}
    for item, membership in window:
        placed[item.number] = membership
        copied = str(membership.copy_of) if membership.copy_of else None
        grouper.remember(_item_from(item), story=membership.story, copy_of=copied)
    return tuple(_place_one(grouper, item, placed) for item in batch)


def _place_one(grouper: Grouper, item: ReadArticle, placed: Mapping[int, Membership]) -> Membership:
    known = placed.get(item.number)
    if known is not None:
        return known
    assigned = grouper.add(_item_from(item))
    copy_of = int(assigned.copy_of) if assigned.copy_of else 0
    return Membership(item.number, assigned.story, copy_of, assigned.score, assigned.why)


def _item_from(item: ReadArticle) -> GroupItem:
    article = item.article
    return GroupItem(str(item.number), article.title, article.text or article.lead, article.when)
