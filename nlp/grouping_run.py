"""Read articles -> stories in the store. Killed at any moment it goes on; run again it adds nothing.

1. Load a batch of articles that are in no story, oldest first.
2. Rebuild the window before them from what is stored of it, once for a run, so that a run after a crash
   decides as the first would have.
3. Place each; one whose story is known (an edited article) stays there, and what people decided stands.
4. Save the batch in one transaction. 5. Until nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from nlp.meaning import open_meaning
from nlp.prints import PRINTS_VERSION, pack, unpack
from nlp.stories import Assignment, Grouper, GroupItem, Settled
from store.database import Sessions
from store.prints import Grouped, grouped_since, save_prints, texts_of
from store.stories import memberships_of, save_memberships, ungrouped
from store.story_decisions import settled
from store.types import Membership, ReadArticle

WINDOW = timedelta(days=14)  # how long a story stays open for articles that tell of it again
_BATCH = 1000  # articles in one transaction

Progress = Callable[[str, int, int], None]


def group_new(sessions: Sessions, *, now: datetime, progress: Progress) -> int:
    """Put every read article that is in no story into one -> how many were placed.

    `progress` is told (stage, done, how many are known so far); `now` is written beside new stories (UTC).
    """
    done = 0
    window: Window | None = None
    while True:
        with sessions() as session:
            batch = ungrouped(session, limit=_BATCH)
            if not batch:
                break
            if window is None or not window.reaches(batch):
                window = load_window(session, batch)
            window.know(memberships_of(session, [item.number for item in batch]))
        progress("group", done, done + len(batch))
        memberships = window.place(batch)
        with sessions.begin() as session:
            _save(session, window, memberships, now=now)
        done += len(batch)
    progress("group", done, done)
    return done


class Window:
    """The grouper with what is stored of the last days, kept over the batches of a run."""

    def __init__(self, since: datetime, decided: Settled) -> None:
        """`since`: from when on the stored articles are in it (UTC)."""
        self._since = since
        self._grouper = Grouper(window=WINDOW, settled=decided, meaning=open_meaning())
        self._known: dict[int, Membership] = {}
        self._unprinted: list[int] = []

    def reaches(self, batch: Sequence[ReadArticle]) -> bool:
        """Whether it goes back far enough for all of a batch."""
        return min(item.article.when for item in batch) - WINDOW >= self._since

    def remember(self, stored: Iterable[Grouped], texts: dict[int, str]) -> None:
        """Take in what was grouped before; `texts` of those without print, which are given one."""
        for each in stored:
            copied = str(each.copy_of) if each.copy_of else None
            item = GroupItem(str(each.number), each.title, texts.get(each.number, ""), each.when)
            if copied is None and each.body is not None:
                self._grouper.restore(item, unpack(each.body), story=each.story)
                continue
            self._grouper.remember(item, story=each.story, copy_of=copied)
            if copied is None:
                self._unprinted.append(each.number)

    def know(self, memberships: Iterable[Membership]) -> None:
        """Articles that are in a story already, and stay there."""
        self._known |= {each.article: each for each in memberships}

    def place(self, batch: Sequence[ReadArticle]) -> tuple[Membership, ...]:
        """Articles to place, oldest first -> their memberships, and those of copies that changed hands."""
        placed = {item.number: self._place_one(item) for item in batch}
        placed |= {moved.article: moved for moved in map(_membership_from, self._grouper.take_moved())}
        self._unprinted += [number for number in placed if not placed[number].copy_of]
        return tuple(placed.values())

    def take_prints(self) -> dict[int, bytes]:
        """Prints to be stored since this was last asked."""
        kept = {number: self._grouper.find_kept(str(number)) for number in self._unprinted}
        self._unprinted = []
        return {number: pack(each) for number, each in kept.items() if each is not None}

    def _place_one(self, item: ReadArticle) -> Membership:
        known = self._known.get(item.number)
        return known if known is not None else _membership_from(self._grouper.add(_item_from(item)))


def load_window(session: Session, batch: Sequence[ReadArticle]) -> Window:
    """What is stored of the days before a batch, ready to place it."""
    since = min(item.article.when for item in batch) - WINDOW
    window = Window(since, _load_settled(session))
    stored = grouped_since(session, since, made_with=PRINTS_VERSION)
    bare = [each.number for each in stored if each.body is None and not each.copy_of]
    window.remember(stored, texts_of(session, bare))
    return window


def _save(session: Session, window: Window, memberships: Sequence[Membership], *, now: datetime) -> None:
    """In one transaction, by what people have decided up to now, also while the batch was placed."""
    decided = _load_settled(session)
    settled_now = [
        replace(each, story=decided.find_place(str(each.article)) or decided.resolve(each.story))
        for each in memberships
    ]
    save_memberships(session, settled_now, now=now)
    save_prints(session, window.take_prints(), made_with=PRINTS_VERSION)


def _load_settled(session: Session) -> Settled:
    stored = settled(session)
    return Settled(stored.joined, {str(number): story for number, story in stored.placed.items()})


def _membership_from(assigned: Assignment) -> Membership:
    copy_of = int(assigned.copy_of) if assigned.copy_of else 0
    return Membership(int(assigned.id), assigned.story, copy_of, assigned.score, assigned.why)


def _item_from(item: ReadArticle) -> GroupItem:
    article = item.article
    return GroupItem(str(item.number), article.title, article.text or article.lead, article.when)
