"""What a query means, as a tree of frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.folding import folded_words, has_marks, spelled_words
from store.types import RelevanceLabel


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word or a phrase: its words one after the other, in the title alone or anywhere."""

    text: str
    title_only: bool = False

    @property
    def folded(self) -> list[str]:
        """The words as indexed without marks; never empty in a parsed query."""
        return folded_words(self.text)

    @property
    def spelled(self) -> list[str]:
        """The words as indexed with marks."""
        return spelled_words(self.text)

    @property
    def has_marks(self) -> bool:
        """Whether it was typed with marks, so that exact hits stand above folded ones."""
        return has_marks(self.text)


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts (AND); two parts or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts (OR); two parts or more."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the part does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class InTopic:
    """Articles tagged with a topic id (upper case)."""

    topic: str


@dataclass(frozen=True, slots=True)
class InPlace:
    """Articles that mention a place: `ids` are units meant, `name_key` the folded name, "" for none."""

    ids: tuple[str, ...]
    name_key: str


@dataclass(frozen=True, slots=True)
class FromOutlet:
    """Articles of an outlet, by id or by folded name."""

    outlet: str
    name_key: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Articles read as a language; "vi" covers "vi-x-unaccented"."""

    code: str


@dataclass(frozen=True, slots=True)
class WithRelevance:
    """Articles with a relevance label."""

    label: RelevanceLabel


@dataclass(frozen=True, slots=True)
class Flagged:
    """Articles with a standing flag, or without one."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class After:
    """Articles published at or after a moment (UTC)."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """Articles published before a moment (UTC)."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class InStory:
    """Articles of one story."""

    story: str


Node = (
    Everything
    | Words
    | Both
    | Either
    | Not
    | InTopic
    | InPlace
    | FromOutlet
    | InLanguage
    | WithRelevance
    | Flagged
    | After
    | Before
    | InStory
)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query and the text it was parsed from."""

    text: str
    tree: Node

    @property
    def is_everything(self) -> bool:
        """Whether it asks for nothing in particular."""
        return isinstance(self.tree, Everything)
