"""What is published right now: the edition with silent edits and withdrawals. The part with a memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from practice.values import Edition, PressArticle


@dataclass(frozen=True, slots=True)
class Current:
    """An article as it stands now. `modified` moves one minute with each change (the clock plays no part)."""

    article: PressArticle
    modified: datetime


class Newsroom:
    """Counts fetches of each article and holds edits and withdrawals; safe to use from many threads."""

    def __init__(self, edition: Edition) -> None:
        self._lock = Lock()
        self._edition = edition
        self._articles = {a.key: a for a in edition.articles}
        self._by_place = {(a.outlet, a.path): a.key for a in edition.articles}
        self._fetches: Counter[str] = Counter()
        self._edits: dict[str, tuple[str, int]] = {}  # key -> text, how many edits by hand
        self._withdrawn: set[str] = set()

    def list_of(self, outlet: str) -> tuple[PressArticle, ...]:
        """What the outlet's lists name, newest first: everything but what was withdrawn."""
        with self._lock:
            gone = set(self._withdrawn)
        return tuple(a for a in self._edition.of(outlet) if a.key not in gone)

    def key_at(self, outlet: str, path: str) -> str | None:
        """The key of the article that an outlet has at a path; None: it never had one."""
        return self._by_place.get((outlet, path))

    def is_withdrawn(self, key: str) -> bool:
        """Whether the article was taken down."""
        with self._lock:
            return key in self._withdrawn

    def fetch(self, key: str) -> Current:
        """The article for one more reader; silent edits planted in the story file begin by this count."""
        with self._lock:
            self._fetches[key] += 1
            return self._current(key)

    def look_at(self, key: str) -> Current:
        """The article without counting a reader (HEAD, AMP twin)."""
        with self._lock:
            return self._current(key)

    def edit(self, key: str, text: str) -> None:
        """Replace an article's text silently. Raises KeyError when there is no such article."""
        self._edition.find(key)
        with self._lock:
            self._edits[key] = (text, self._edits.get(key, ("", 0))[1] + 1)

    def withdraw(self, key: str) -> None:
        """Take an article down: 410 from now on, and out of the lists. Raises KeyError as `edit` does."""
        self._edition.find(key)
        with self._lock:
            self._withdrawn.add(key)

    def restore(self, key: str) -> None:
        """Put an article back that was taken down. Raises KeyError as `edit` does."""
        self._edition.find(key)
        with self._lock:
            self._withdrawn.discard(key)

    def _current(self, key: str) -> Current:
        article = self._articles[key]
        begun = [edit for edit in article.edits if edit.from_fetch <= self._fetches[key]]
        text, by_hand = self._edits.get(key, (begun[-1].text if begun else article.text, 0))
        modified = article.published + timedelta(minutes=len(begun) + by_hand)
        return Current(replace(article, text=text), modified)
