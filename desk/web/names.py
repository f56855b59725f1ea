"""What codes are called on screen: message ids of the catalogue, one table for every closed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from desk.sources import CONDITIONS
from nlp.checks.registry import CHECKS
from nlp.corroboration import Carrying
from store.accounts import Role
from store.types import FeedOutcome, MatterStep, NoticeState, RelevanceLabel, Stance, Verdict

DISABLED = "disabled"  # switched off in the configuration, with a reason

_VERDICTS: dict[str, str] = {
    Verdict.TRUE: "True",
    Verdict.TRUE_WE_CORRECT: "True: we must correct ourselves",
    Verdict.PARTLY: "Partly true",
    Verdict.FALSE: "False",
    Verdict.NOT_ENOUGH: "Not enough evidence",
    Verdict.NOT_CHECKABLE: "Not checkable",
}
_RELEVANCES: dict[str, str] = {
    RelevanceLabel.ABOUT: "about the province",
    RelevanceLabel.MENTION: "named in passing",
    RelevanceLabel.SPORT: "sport",
    RelevanceLabel.COMPANY: "companies",
    RelevanceLabel.NONE: "not about the province",
}
_STANCES: dict[str, str] = {
    Stance.FOR: "Evidence for",
    Stance.AGAINST: "Evidence against",
    Stance.CONTEXT: "For context",
}
_OUTCOMES: dict[str, str] = {
    FeedOutcome.DEAD: "dead",
    FeedOutcome.BLOCKED: "blocked",
    FeedOutcome.NOT_A_FEED: "not a feed",
    FeedOutcome.FAILED: "failed",
    FeedOutcome.NEVER: "never looked at",
    FeedOutcome.OK: "works",
    FeedOutcome.UNCHANGED: "works, unchanged",
    DISABLED: "switched off",
}
_NOTICES: dict[str, str] = {
    NoticeState.WAITING: "waiting",
    NoticeState.CLAIMED: "being sent",
    NoticeState.SENT: "sent",
    NoticeState.FAILED: "failed for good",
    NoticeState.RETRY: "will be tried again",
}
_ROLES: dict[str, str] = {
    Role.READER: "reader: looks",
    Role.ANALYST: "analyst: looks and judges",
    Role.ADMIN: "keeper: also invites others",
}
_CARRYINGS: dict[str, str] = {
    Carrying.OWN: "in its own words",
    Carrying.COPY: "copy",
    Carrying.SAME_WORDS: "word for word",
    Carrying.CITES: "names its source",
}
_STEPS: dict[str, str] = {
    MatterStep.OPENED: "opened",
    MatterStep.ASSIGNED: "given to a unit",
    MatterStep.LIMITED: "limit started",
    MatterStep.CLOSED: "closed",
    MatterStep.REOPENED: "opened again",
}
_ORIGINS: dict[str, str] = {  # where the hour of publication was found
    "feed": "the outlet's feed",
    "given": "as it was given",
    "json-ld": "the page's own data",
    "meta": "the page's own data",
    "page": "the text of the page",
    "htmldate": "a date in the page",
}
_ACTS: dict[str, str] = {
    "review": "set a verdict",
    "read in a review": "read in a published review",
    "open a matter": "opened a matter",
    "assign a matter": "gave a matter to a unit",
    "start a limit": "started a limit for a matter",
    "close a matter": "closed a matter",
    "reopen a matter": "opened a matter again",
    "correction": "corrected a reading",
    "pack": "made a pack",
    "invite": "invited somebody",
    "open account": "opened an account",
    "add evidence": "added a document to the evidence library",
    "supersede evidence": "marked a document as superseded",
    "restore evidence": "took back that a document was superseded",
    "delete what is old": "deleted what is kept only for a time",
    "close a day of the archive": "closed a day of the archive",
    "add": "added an article by hand",
    "feed opened": "made a feed",
    "feed revoked": "ended a feed",
    "story join": "joined a story to another",
    "story apart": "took an article out",
    "story undo": "took a decision back",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The tables, for templates."""

    verdicts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_VERDICTS))
    relevances: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_RELEVANCES))
    stances: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_STANCES))
    outcomes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_OUTCOMES))
    notices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_NOTICES))
    carryings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_CARRYINGS))
    steps: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_STEPS))
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_ORIGINS))
    acts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_ACTS))
    conditions: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({c.value: said for c, said in CONDITIONS.items()})
    )
    checks: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({check.name: check.en for check in CHECKS})
    )
    roles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(_ROLES))


NAMES = Names()
