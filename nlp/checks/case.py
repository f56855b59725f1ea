"""What the checks are given: a story with everything beside it that may speak for or against its sentences.

Gathered at the edge (nlp.gathering), so that every check stays a pure function. Whatever was not gathered is
empty, and a check that needs it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nlp.checks.atlas import Atlas
from store.types import Event, KeptDocument, KeptPassage, Review, Story


@dataclass(frozen=True, slots=True)
class Held:
    """A passage of the evidence library that speaks of a claim, and its document."""

    passage: KeptPassage
    document: KeptDocument


@dataclass(frozen=True, slots=True)
class OlderArticle:
    """An article published long before one of the story's, with nearly the same text."""

    article: int  # the story's
    number: int  # the older one's
    version: int
    url: str
    title: str
    text: str
    publisher: str  # for citation; never enters a score
    published: datetime
    likeness: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """A sentence that a named person judged before, or that was read in from a published ClaimReview.

    `likeness` (0 to 1) is to the story's sentence it stands under. `document` is where it can be read.
    """

    text: str
    verdict: str
    reason: str
    reviewer: str
    at: datetime
    document: str
    publisher: str
    likeness: float
    reviews: tuple[Review, ...] = ()
    is_same: bool = False  # the same claim in other words at most; otherwise only like it, and a suggestion
    why: tuple[str, ...] = ()  # what keeps the two from being the same, in words
    article: int = 0  # where the sentence stood that was judged; 0 for what others published
    version: int = 0
    start: int = 0  # of the sentence in `document`, characters
    title: str = ""  # of the document


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the catalogue by its host: only to see whether an address imitates it."""

    domain: str
    name: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence that its publisher changed in a figure or a place after it was captured.

    `text` is characters start:end of the `field` (title or text) of the article's earlier version; `now` the
    same of the version that stands in the story. `words`: what it said, and what it says now.
    """

    article: int
    version: int  # the earlier one
    title: str  # of the earlier one
    field: str
    text: str
    start: int
    end: int
    now: str
    now_start: int
    now_end: int
    words: tuple[tuple[str, str], ...]
    at: datetime  # when the later words were first seen (UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A story and what was gathered for it. Mappings by Claim.key of the story's claims."""

    story: Story
    passages: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[EarlierAnswer, ...]] = field(default_factory=dict)
    older: tuple[OlderArticle, ...] = ()
    changes: tuple[Event, ...] = ()  # of the story's pages: edited, withdrawn
    edits: tuple[Edit, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    atlas: Atlas = field(default_factory=Atlas)
