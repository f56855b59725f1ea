"""What was read in an article: language, relevance, topics, places, claims, flags. Made by nlp."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.foundation import ImpossibleValueError


class RelevanceLabel(StrEnum):
    """Whether an article concerns the province."""

    ABOUT = "about"
    MENTION = "mention"
    SPORT = "sport"
    COMPANY = "company"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """`code` is vi, en, fr, zh, km, lo, th, ko, ja or und."""

    code: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Relevance:
    """`why` names the rules that decided, in words people can read."""

    label: RelevanceLabel
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicTag:
    """A topic with the cues that made it. `origin` is rule, model or person."""

    id: str
    score: float
    why: tuple[str, ...]
    origin: str = "rule"


class MentionKind(StrEnum):
    """What part a place name plays."""

    EVENT_PLACE = "event_place"
    ORIGIN = "origin"
    LIST = "list"
    OTHER_NAME = "other_name"  # a street, a club, a company, a dynasty
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name as written, at `start:end` of the article's `field` (title or text)."""

    name: str
    unit: str  # Place.id of what is meant at the article's date
    start: int
    end: int
    kind: MentionKind
    rule: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts. `low` = `high` for an exact figure; offsets into the article's text."""

    text: str
    start: int
    end: int
    low: float
    high: float
    unit: str  # normalised: person, household, ha, km2, km, m, VND, USD, percent, tonne, case, item, ""
    thing: str  # what is counted, folded: "ho dan", "nguoi chet"…
    certainty: str = "exact"  # exact, about, at_least, at_most


def key_of_sentence(text: str) -> str:
    """A sentence -> a key of its words, the same for all copies, however broken and capitalised."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable sentence, exact: `text` is characters start:end of the article's `field`."""

    text: str
    start: int
    end: int
    score: float
    why: tuple[str, ...]
    quantities: tuple[Quantity, ...] = ()
    attributed: str = ""  # the attribution as written ("theo UBND tỉnh"), "" if none; never a key or facet
    field: str = "text"  # of the article: text or title

    @property
    def key(self) -> str:
        """A stable key of the sentence's words, the same for copies of the sentence elsewhere."""
        return key_of_sentence(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one version of one article."""

    language: LanguageGuess
    relevance: Relevance
    topics: tuple[TopicTag, ...]
    places: tuple[PlaceMention, ...]
    claims: tuple[Claim, ...]
    reader_version: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Why an article is in a story. `copy_of` is the number of the article it copies, 0 for none."""

    article: int
    story: str
    copy_of: int
    score: float
    why: tuple[str, ...]


class Stance(StrEnum):
    """Which side a piece of evidence speaks for."""

    FOR = "for"
    AGAINST = "against"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An exact quotation: `text` is characters start:end of the document named, so that anybody can look."""

    text: str
    start: int
    end: int
    document: str  # address, or id in the evidence library
    document_title: str
    publisher: str  # for citation; never enters a score
    published: datetime | None
    stance: Stance
    why: str
    article: int = 0  # number in the store, 0 where the document is not an article
    version: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """*Cần kiểm chứng*, needs checking: never a verdict. Cannot exist without evidence."""

    check: str
    check_version: str
    claim: Claim
    article: int
    version: int
    story: str
    evidence: tuple[Evidence, ...]
    strength: float
    because: tuple[str, ...]  # the words and figures that decided, for people
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ImpossibleValueError("a flag needs at least one piece of cited evidence")
        if not self.claim.text:
            raise ImpossibleValueError("a flag needs an exact sentence")

    @property
    def key(self) -> str:
        """Stable: the same check on the same sentence with the same evidence is the same flag."""
        parts = [self.check, self.check_version, str(self.article), self.claim.key]
        parts += sorted(f"{e.document}:{e.start}:{e.end}" for e in self.evidence)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
