"""Alert rules: a saved search with conditions, and what happened under one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.types.channels import MAIL
from store.types.foundation import Saved, require_aware
from store.types.reading import Flag


class Condition(StrEnum):
    """What makes a rule speak. None asks who an outlet is, but for where it publishes from."""

    NEW_STORY = "new_story"
    OUTLETS = "outlets"  # so many independent outlets carry it
    FOREIGN = "foreign"  # an outlet that publishes from abroad carries it
    FLAGGED = "flagged"  # a sentence needs checking
    CHANGED = "changed"  # a headline or figure of a captured page was changed, or the page went
    DEADLINE = "deadline"  # a matter's time is nearly over
    SOURCE = "source"  # a source fell silent, refuses or fails
    VOLUME = "volume"  # unusually many stories in a day
    RISING = "rising"  # a story spreads faster than others did


OF_STORIES = frozenset(
    {Condition.NEW_STORY, Condition.OUTLETS, Condition.FOREIGN, Condition.FLAGGED, Condition.CHANGED}
)
SEARCHING = OF_STORIES | {Condition.VOLUME, Condition.RISING}  # for which a rule's search says something


EDITION = "edition:"  # before an edition's name: everybody who gets it


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another ("22:00", "06:00"), in the office's zone; what comes then waits."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class AlertRule:
    """Who hears at once of what. `search` is of the desk's query language, "" for everything."""

    id: str
    name: str
    when: tuple[Condition, ...]
    recipients: tuple[str, ...]  # Recipient.id, or an edition ("edition:press")
    search: str = ""
    outlets: int = 3  # for Condition.OUTLETS
    channels: tuple[str, ...] = (MAIL,)
    quiet: QuietHours | None = None
    at_most: int = 6  # notices an hour; what is more comes folded into one
    paused: str = ""  # why it is off, "" while it is on


@dataclass(frozen=True, slots=True)
class GlanceMember:
    """An article of a story, as far as rules ask."""

    number: int
    saved_at: datetime
    outlet: str
    outlet_name: str
    is_foreign: bool
    copy_of: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A story without its words: enough to know what came true of it. Members in order of publication."""

    id: str
    title: str  # of the first
    url: str  # of the first
    members: tuple[GlanceMember, ...]
    flags: tuple[Saved[Flag], ...] = ()

    @property
    def originals(self) -> tuple[GlanceMember, ...]:
        """The members that are not copies of another."""
        return tuple(member for member in self.members if member.copy_of == 0)


@dataclass(frozen=True, slots=True)
class Happening:
    """One condition that came true for one subject, told once: the four parts of `identity` are unique.

    `subject` is a story's id, a source's id, a matter's number or what was counted; `detail` tells two of one
    condition on one subject apart. `why` is a msgid with its values, so that each reader gets their language.
    """

    rule: str
    condition: Condition
    subject: str
    detail: str
    at: datetime
    title: str
    why: str
    values: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        require_aware(self.at, "Happening.at")

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes two happenings the same."""
        return self.rule, self.condition.value, self.subject, self.detail
