"""The nouns of the house: frozen values, standard library only.

Every other room speaks in these. A value never waits for a later step: what a later step adds is a
later type. Times are aware and UTC. Offsets are in characters of the text they point into, end exclusive.
There is no type for persons, and there must never be one.
"""

from store.types.decisions import Correction, CorrectionKind, Review, Verdict
from store.types.foundation import ImpossibleValueError, Saved, require_aware
from store.types.office import (
    CalendarEntry,
    Configuration,
    Deadline,
    Feed,
    FeedKind,
    Gazetteer,
    GlossaryTerm,
    Place,
    PlaceLevel,
    Recipient,
    Rules,
    Scope,
    Source,
    Topic,
    Trap,
    Unit,
)
from store.types.press import Article, FeedEntry, PublicationDate, Snapshot
from store.types.reading import (
    Claim,
    Evidence,
    Flag,
    LanguageGuess,
    Membership,
    MentionKind,
    PlaceMention,
    Quantity,
    Reading,
    Relevance,
    RelevanceLabel,
    Stance,
    TopicTag,
)
from store.types.telling import Notice, NoticeState
from store.types.views import FeedAsks, FeedOutcome, FeedState, ReadArticle, Story, StoryMember
from store.types.watching import Event, EventKind, HostState, SourceCondition, SourceHealth

__all__ = [
    "Article",
    "CalendarEntry",
    "Claim",
    "Configuration",
    "Correction",
    "CorrectionKind",
    "Deadline",
    "Event",
    "EventKind",
    "Evidence",
    "Feed",
    "FeedAsks",
    "FeedEntry",
    "FeedKind",
    "FeedOutcome",
    "FeedState",
    "Flag",
    "Gazetteer",
    "GlossaryTerm",
    "HostState",
    "ImpossibleValueError",
    "LanguageGuess",
    "Membership",
    "MentionKind",
    "Notice",
    "NoticeState",
    "Place",
    "PlaceLevel",
    "PlaceMention",
    "PublicationDate",
    "Quantity",
    "ReadArticle",
    "Reading",
    "Recipient",
    "Relevance",
    "RelevanceLabel",
    "Review",
    "Rules",
    "Saved",
    "Scope",
    "Snapshot",
    "Source",
    "SourceCondition",
    "SourceHealth",
    "Stance",
    "Story",
    "StoryMember",
    "Topic",
    "TopicTag",
    "Trap",
    "Unit",
    "Verdict",
    "require_aware",
]
