"""Stories: articles on one event, joined one by one as they come. Pure; works with nothing but text.

1. What a person decided stands.
2. The same or nearly the same words: a copy, in its original's story; the first publisher is the original.
3. Otherwise the best story by cosine of weighted syllables and of anchors, if it passes one fixed threshold.
   An article in another language is compared by names, figures and counted things alone.
4. Otherwise a new story, whose id comes from its first article.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from nlp.anchors import Anchor
from nlp.copies import Copies
from nlp.duplicates import Copied, Print
from nlp.meaning import Meaning
from nlp.prints import Kept
from nlp.story_index import Entry, Held, StoryIndex
from nlp.story_reasons import BY_PERSON, FIRST, FIRST_PUBLISHER, KNOWN, tell_copied, tell_joined
from nlp.terms import count_terms, drop_everyday, find_shared
from nlp.text import is_accented
from nlp.told import Told, tell

# Chosen on half of 300 hand-made stories among 1,000 other articles and on the practice press, which tells a
# story from more angles. The other half is only measured.
THRESHOLD = 0.095
_TOP = 3  # members of a story that speak for it


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One article to place. Without `published` it takes its place in the order given."""

    id: str
    title: str
    text: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where an article belongs: `copy_of` is the id of what it copies, None for an original."""

    id: str
    story: str
    copy_of: str | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What people decided, which wins over the program for ever."""

    joined: Mapping[str, str] = field(default_factory=dict)  # story -> the story it was joined to
    placed: Mapping[str, str] = field(default_factory=dict)  # article -> the story a person put it in

    def resolve(self, story: str) -> str:
        """A story -> the one it has become part of, through as many joins as there are."""
        seen = {story}
        while (further := self.joined.get(story)) is not None and further not in seen:
            seen.add(further)
            story = further
        return story

    def find_place(self, article: str) -> str | None:
        """The story a person put an article in, as it is joined now."""
        story = self.placed.get(article)
        return None if story is None else self.resolve(story)


class Grouper:
    """Places articles into stories within a moving window of time."""

    def __init__(
        self,
        *,
        window: timedelta,
        most: int = 120_000,
        settled: Settled | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        """`most` originals are kept at once, so that a stream without dates stays bounded too.

        `meaning` compares titles of two languages, where there is one (`nlp.meaning.open_meaning`).
        """
        self._index = StoryIndex(window=window, most=most, meaning=meaning)
        self._copies = Copies()
        self._settled = settled or Settled()

    def add(self, item: GroupItem) -> Assignment:
        """Place one article. The same id again is answered with the story it already has."""
        known = self._index.find(item.id)
        if known is not None:
            return Assignment(item.id, known.story, None, 1.0, (KNOWN,))
        moment = self._enter(item.published)
        told = tell(item.title, item.text)
        printed = told.make_print()
        place = self._settled.find_place(item.id)
        copied = self._copies.find(printed) if place is None else None
        if copied is not None and (original := self._index.find(copied.of)) is not None:
            return self._add_copy(item, original, copied)
        anchors = told.find_anchors()
        entry = self._weigh(item, told, anchors, moment)
        story, score, why = (place, 1.0, (BY_PERSON,)) if place else self._place(entry, told, anchors)
        self._keep(entry, printed, story)
        return Assignment(item.id, story, None, round(score, 3), why)

    def remember(self, item: GroupItem, *, story: str, copy_of: str | None) -> None:
        """Take in an article that was placed in an earlier run, as it was placed then."""
        if self._index.find(item.id) is not None:
            return
        moment = self._enter(item.published)
        if copy_of is not None:
            self._copies.add(copy_of, item.id, 1.0)
            return
        told = tell(item.title, item.text)
        self._keep(self._weigh(item, told, told.find_anchors(), moment), told.make_print(), story)

    def restore(self, item: GroupItem, printed: Kept, *, story: str) -> None:
        """Take in an original as `remember` does, by what `find_kept` gave for it; its text is not needed."""
        if self._index.find(item.id) is None:
            moment = self._enter(item.published)
            entry = Entry(
                id=item.id,
                title=item.title,
                moment=moment,
                vector=printed.vector,
                anchors=printed.anchors,
                is_dated=item.published is not None,
                is_accented=printed.is_accented,
            )
            self._keep(entry, printed.printed, story)

    def find_kept(self, id_: str) -> Kept | None:
        """What is kept of an original of the window; None where `id_` is none."""
        held = self._index.find(id_)
        if held is None:
            return None
        entry = self._index.entry(held)
        return Kept(entry.vector, entry.anchors, self._copies.print_of(id_), entry.is_accented)

    def take_moved(self) -> list[Assignment]:
        """Copies that were pointed to an earlier publisher since this was last asked, as they stand now."""
        return [self._moved(*each) for each in self._copies.take_moved()]

    def _moved(self, copy: str, original: str, share: float) -> Assignment:
        held = self._index.find(original)
        if held is None:
            raise LookupError(f"{original} has copies and is not in the window")
        why = tell_copied(held, share=share, exact=share >= 1.0)
        return Assignment(copy, held.story, original, round(share, 3), why)

    def _add_copy(self, item: GroupItem, original: Held, copied: Copied) -> Assignment:
        is_first = item.published is not None and original.is_dated and item.published < original.moment
        if is_first and item.published is not None:
            self._index.rename(original, id_=item.id, title=item.title, moment=item.published)
            self._copies.take_over(original.id, item.id, copied.share)
            return Assignment(item.id, original.story, None, copied.share, (FIRST_PUBLISHER,))
        self._copies.add(original.id, item.id, copied.share)
        why = tell_copied(original, share=copied.share, exact=copied.exact)
        return Assignment(item.id, original.story, original.id, copied.share, why)

    def _enter(self, published: datetime | None) -> datetime:
        """When the article counts as published; what has left the window by then is forgotten."""
        moment = self._index.open(published)
        for forgotten in self._index.evict():
            self._copies.forget(forgotten)
        return moment

    def _weigh(self, item: GroupItem, told: Told, anchors: Mapping[int, Anchor], moment: datetime) -> Entry:
        terms = count_terms(told.title_tokens.hashes, told.text_tokens.hashes)
        is_marked = is_accented(told.head)
        return Entry(
            id=item.id,
            title=item.title,
            moment=moment,
            vector=self._index.weigh(terms if is_marked else drop_everyday(terms)),
            anchors=self._index.weigh_anchors(np.array(list(anchors), dtype=np.uint32)),
            is_dated=item.published is not None,
            is_accented=is_marked,
        )

    def _keep(self, entry: Entry, printed: Print, story: str) -> None:
        self._index.keep(entry, story)
        self._copies.keep(entry.id, printed)

    def _place(
        self, entry: Entry, told: Told, anchors: Mapping[int, Anchor]
    ) -> tuple[str, float, tuple[str, ...]]:
        scored = self._index.compare(entry, least=THRESHOLD)
        best = _best_story(scored, self._index)
        if best is None or best[0] < THRESHOLD:
            return self._settled.resolve(story_id(entry.id)), 1.0, (FIRST,)
        score, nearest = max((s for s in scored if s[1].story == best[1]), key=lambda s: (s[0], s[1].id))
        other = self._index.entry(nearest)
        shared = [anchors[key] for key in find_shared(entry.anchors, other.anchors)]
        terms = find_shared(entry.vector, other.vector)
        why = tell_joined(nearest, score, terms=terms, anchors=shared, told=told)
        return self._settled.resolve(best[1]), best[0], why


def story_id(first: str) -> str:
    """The id of a story's first article -> the story's id, the same in every run."""
    return f"s{hashlib.sha256(first.encode()).hexdigest()[:16]}"


def _best_story(scored: list[tuple[float, Held]], index: StoryIndex) -> tuple[float, str] | None:
    """Likeness to single articles -> the best story: half its nearest member, half the mean of its nearest
    three.

    A story is not joined by one chance likeness alone, and a long story is not diluted by its far members.
    """
    by_story: dict[str, list[float]] = defaultdict(list)
    for score, other in scored:
        by_story[other.story].append(score)
    best: tuple[float, str] | None = None
    for story, scores in by_story.items():
        if max(scores) < THRESHOLD:
            continue  # a story is at most as alike as its nearest member
        top = sorted(scores, reverse=True)[:_TOP]
        size = min(_TOP, index.size(story))
        value = 0.5 * top[0] + 0.5 * sum(top) / size
        if best is None or (value, story) > best:
            best = (value, story)
    return best
