"""Stories: articles on one event, joined one by one as they come. Pure; works with nothing but text.

1. The same or nearly the same words: a copy, in its original's story.
2. Otherwise the best story by cosine of weighted syllables and of anchors, if it passes one fixed threshold.
   An article in another language is compared by names, figures and counted things alone.
3. Otherwise a new story, whose id comes from its first article.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from nlp.anchors import describe_shared, find_anchors, is_vietnamese_writing
from nlp.duplicates import Copied, CopyFinder, Print, make_print
from nlp.story_index import Entry, StoryIndex
from nlp.terms import cosine, count_terms, find_shared
from nlp.text import Folded, fold

THRESHOLD = (
    0.135  # tuned on half of 300 hand-made stories among 1,000 unrelated articles; the other half is measured
)
_FADE = timedelta(
    days=3.5
)  # an article this much older counts half: half of real stories last a day, 95 % three
_ANCHOR_WEIGHT = 0.2  # of shared names, figures and counted things, beside the words
_BRIDGE_WEIGHT = (
    1.5  # of the same, where words cannot be compared: 0.1 of likeness in anchors joins two languages
)
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


class Grouper:
    """Places articles into stories within a moving window of time."""

    def __init__(self, *, window: timedelta, most: int = 30_000) -> None:
        """`most` originals are kept at once, so that a stream without dates stays bounded too."""
        self._index = StoryIndex(window=window, most=most)
        self._copies = CopyFinder()

    def add(self, item: GroupItem) -> Assignment:
        """Place one article. The same id again is answered with the story it already has."""
        known = self._index.find(item.id)
        if known is not None:
            return Assignment(item.id, known.story, None, 1.0, ("bài đã được xếp trước đó",))
        moment = self._enter(item)
        title, text = fold(item.title), fold(item.text)
        printed = make_print(f"{title.text} {text.text}")
        copied = self._copies.find(printed)
        if copied is not None and (original := self._index.find(copied.of)) is not None:
            return Assignment(item.id, original.story, copied.of, copied.share, _why_copied(copied, original))
        entry = self._read(item, moment, title, text)
        story, score, why = self._place(entry, text, title)
        self._keep(entry, printed, story)
        return Assignment(item.id, story, None, round(score, 3), why)

    def remember(self, item: GroupItem, *, story: str, copy_of: str | None) -> None:
        """Take in an article that was placed in an earlier run, as it was placed then."""
        if copy_of is not None or self._index.find(item.id) is not None:
            return
        moment = self._enter(item)
        title, text = fold(item.title), fold(item.text)
        self._keep(self._read(item, moment, title, text), make_print(f"{title.text} {text.text}"), story)

    def _enter(self, item: GroupItem) -> datetime:
        """When the article counts as published; what has left the window by then is forgotten."""
        moment = self._index.open(item.published)
        for forgotten in self._index.evict():
            self._copies.forget(forgotten)
        return moment

    def _read(self, item: GroupItem, moment: datetime, title: Folded, text: Folded) -> Entry:
        counts = count_terms(title.text, text.text)
        vector = self._index.weigh(counts)
        anchors = find_anchors(item.title, item.text)
        return Entry(
            id=item.id,
            title=item.title,
            moment=moment,
            vector=vector,
            terms=frozenset(counts),
            anchors=self._index.weigh_anchors(anchors),
            all_anchors=anchors,
            is_dated=item.published is not None,
            is_accented=is_vietnamese_writing(item.title, item.text),
        )

    def _keep(self, entry: Entry, printed: Print, story: str) -> None:
        self._index.keep(entry, story)
        self._copies.keep(entry.id, printed)

    def _place(self, entry: Entry, *parts: Folded) -> tuple[str, float, tuple[str, ...]]:
        scored = [(_likeness(entry, other), other) for other in self._index.candidates(entry)]
        best = _best_story(scored, self._index)
        if best is None or best[0] < THRESHOLD:
            return story_id(entry.id), 1.0, ("bài đầu tiên của câu chuyện",)
        nearest = max((s for s in scored if s[1].story == best[1]), key=lambda s: (s[0], s[1].id))
        return best[1], best[0], _why_joined(entry, nearest[1], nearest[0], parts)


def _likeness(entry: Entry, other: Entry) -> float:
    """0 (nothing shared) to about 1.2; fades with the time between two dated articles.

    Unaccented Vietnamese has the other kind of writing too, so words count whenever they are more alike.
    """
    alike, anchored = cosine(entry.vector, other.vector), cosine(entry.anchors, other.anchors)
    value = alike + _ANCHOR_WEIGHT * anchored
    if entry.is_accented != other.is_accented and len(entry.anchors.keys() & other.anchors.keys()) > 1:
        value = max(value, _BRIDGE_WEIGHT * anchored)
    if not (entry.is_dated and other.is_dated):
        return value
    return float(value * 0.5 ** (abs(entry.moment - other.moment) / _FADE))


def story_id(first: str) -> str:
    """The id of a story's first article -> the story's id, the same in every run."""
    return f"s{hashlib.sha256(first.encode()).hexdigest()[:16]}"


def _best_story(scored: list[tuple[float, Entry]], index: StoryIndex) -> tuple[float, str] | None:
    """Likeness to single articles -> the best story: half its nearest member, half the mean of its nearest
    three.

    A story is not joined by one chance likeness alone, and a long story is not diluted by its far members.
    """
    by_story: dict[str, list[float]] = defaultdict(list)
    for score, other in scored:
        by_story[other.story].append(score)
    best: tuple[float, str] | None = None
    for story, scores in by_story.items():
        top = sorted(scores, reverse=True)[:_TOP]
        size = min(_TOP, index.size(story))
        value = 0.5 * top[0] + 0.5 * sum(top) / size
        if best is None or (value, story) > best:
            best = (value, story)
    return best


def _why_copied(copied: Copied, original: Entry) -> tuple[str, ...]:
    if copied.exact:
        return (f"trùng nguyên văn với “{original.title}”",)
    return (f"trùng {copied.share:.0%} cụm từ với “{original.title}”",)


def _why_joined(entry: Entry, nearest: Entry, score: float, parts: tuple[Folded, ...]) -> tuple[str, ...]:
    shared = [_as_written(term, *parts) for term in find_shared(entry.vector, nearest.vector, limit=6)]
    figures = describe_shared(entry.anchors, nearest.anchors, signs="#~")
    names = describe_shared(entry.anchors, nearest.anchors, signs="@")
    lines = (
        f"giống {score:.2f} với “{nearest.title}”",
        f"từ chung: {', '.join(shared)}" if shared else "",
        f"cùng số liệu, cùng việc: {figures}" if figures else "",
        f"cùng tên riêng: {names}" if names else "",
    )
    return tuple(line for line in lines if line)


def _as_written(term: str, *parts: Folded) -> str:
    """A folded term as it first stands in one of the texts, with its marks and capitals."""
    for part in parts:
        at = part.text.find(term)
        if at >= 0:
            start, end = part.span(at, at + len(term))
            return part.original[start:end]
    return term
