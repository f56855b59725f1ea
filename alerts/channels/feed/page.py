"""Stories of a saved search as the entries of a feed: cleaned, quoted within the cap, no by-line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.channels.feed.identity import make_id
from alerts.quotes import find_quote
from alerts.render.safety import ELLIPSIS, clean, safe_link
from store.types import Story

MOST_ENTRIES = 50
_LONGEST_TITLE = 300  # characters


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One story. `link` leads to its first publisher, `desk` to the story at the desk; times are UTC."""

    id: str
    title: str
    link: str  # "" where the outlet's address cannot be used
    desk: str
    summary: str
    outlets: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A feed without its own address, which holds a token: that never stands in what is served or kept."""

    id: str
    title: str
    home: str  # the desk's address
    office: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


def make_entry(story: Story, *, home: str, words: int) -> FeedEntry:
    """A story -> its entry.

    Args:
        story: with its members.
        home: the desk's address, without a slash at its end.
        words: the longest quotation.

    """
    first = story.first
    quote = find_quote(first.article.text, words=words)
    outlets = dict.fromkeys(clean(member.item.article.outlet_name, 100) for member in story.members)
    return FeedEntry(
        id=make_id(home, story.first.article.when, f"stories/{story.id}"),
        title=clean(first.article.title, _LONGEST_TITLE) or ELLIPSIS,
        link=safe_link(first.article.url),
        desk=f"{home}/stories/{story.id}",
        summary=clean(quote.text) + (ELLIPSIS if quote.cut else ""),
        outlets=tuple(outlets),
        topics=tuple(tag.id for tag in first.reading.topics),
        language=first.reading.language.code,
        published=first.article.when,
        updated=max(member.item.saved_at for member in story.members),
    )


def make_page(
    stories: Sequence[Story], *, number: int, title: str, home: str, office: str, opened: datetime, words: int
) -> FeedPage:
    """Stories, the newest first -> a feed.

    Args:
        stories: what the search found; the first fifty are told.
        number: of the feed in the store.
        title: as its owner called it.
        home: the desk's address.
        office: who publishes it; "" for the program's name.
        opened: when the feed was made (UTC): its time while it is empty.
        words: the longest quotation.

    """
    home = home.rstrip("/")
    entries = tuple(make_entry(story, home=home, words=words) for story in stories[:MOST_ENTRIES])
    return FeedPage(
        id=make_id(home, opened, f"feeds/{number}"),
        title=clean(title, _LONGEST_TITLE) or "Điểm Báo",
        home=f"{home}/",
        office=clean(office, _LONGEST_TITLE) or "Điểm Báo",
        updated=_newest(entries, opened),
        entries=entries,
    )


def _newest(entries: Iterable[FeedEntry], opened: datetime) -> datetime:
    return max((entry.updated for entry in entries), default=opened)
