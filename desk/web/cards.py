"""A story as one line of a list. Pure: a story, the query's marks and the names of things in, a card out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.web.texts import Piece, make_pieces, shorten
from store.differences import fold_flags
from store.types import MentionKind, ReadArticle, Story

Marks = Callable[[str], list[tuple[int, int]]]

MOST_TOPICS = 3
MOST_PLACES = 3
_AROUND = 90  # characters either side of the first hit in a snippet
_SEARCHED = 6_000  # characters of a text looked through for it: half a millisecond a thousand


@dataclass(frozen=True, slots=True)
class Card:
    """What the list of stories shows of one story; the headline is the first publisher's."""

    id: str
    title: str
    pieces: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    outlet: str
    outlets: int
    copies: int
    topics: tuple[str, ...]
    places: tuple[str, ...]
    relevance: str
    language: str
    at: datetime  # of its newest report: the list is in this order
    since: datetime | None  # of its first, where that is another
    flags: int


def make_card(story: Story, *, marks: Marks, topics: Mapping[str, str], places: Mapping[str, str]) -> Card:
    """Story -> Card. `marks` finds hits in a text (characters, end exclusive)."""
    first = story.first
    newest = max(member.item.article.when for member in story.members)
    title = shorten(first.article.title)
    hits = marks(title)
    return Card(
        id=story.id,
        title=title,
        pieces=make_pieces(title, hits),
        snippet=() if hits else _snippet(first.article.text, marks),
        outlet=first.article.outlet_name,
        outlets=count_outlets(story),
        copies=count_copies(story),
        topics=find_topics(story, topics)[:MOST_TOPICS],
        places=find_places([first], places)[:MOST_PLACES],
        relevance=first.reading.relevance.label.value,
        language=first.reading.language.code,
        at=newest,
        since=first.article.when if first.article.when != newest else None,
        flags=len(fold_flags(story.flags, lambda saved: saved.value)),
    )


def count_outlets(story: Story) -> int:
    """How many different outlets carry the story."""
    return len({member.item.article.outlet for member in story.members})


def count_copies(story: Story) -> int:
    """How many members copy another."""
    return len(story.members) - len(story.originals)


def find_topics(story: Story, names: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the first publisher's topics, the strongest first, then those only others have."""
    tags = [
        tag
        for member in story.members
        for tag in sorted(member.item.reading.topics, key=lambda tag: -tag.score)
    ]
    return tuple(dict.fromkeys(names.get(tag.id, tag.id) for tag in tags))


def find_places(items: Iterable[ReadArticle], names: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the places meant, event places first; streets, clubs and companies left out."""
    mentions = [m for item in items for m in item.reading.places if m.kind is not MentionKind.OTHER_NAME]
    ordered = sorted(mentions, key=lambda mention: mention.kind is not MentionKind.EVENT_PLACE)
    return tuple(dict.fromkeys(names.get(mention.unit, mention.name) for mention in ordered))


def _snippet(text: str, marks: Marks) -> tuple[Piece, ...]:
    """The words around the first hit in a text, () where there is none."""
    searched = text[:_SEARCHED]
    hits = marks(searched)
    if not hits:
        return ()
    start = max(0, min(hits)[0] - _AROUND)
    end = min(len(searched), min(hits)[1] + _AROUND)
    shown = searched[start:end].replace("\n", " ")
    inside = [(a - start, b - start) for a, b in hits if a < end and b > start]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    pieces = make_pieces(shown, [(max(a, 0), b) for a, b in inside])
    return (Piece(before, is_hit=False), *pieces, Piece(after, is_hit=False))
