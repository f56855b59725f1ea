"""A digest as values: its sections in their order, nothing of its looks. Made by `alerts.digest.compose`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from alerts.phrases import Name, Phrase
from alerts.spans import Span
from store.types import Scope, Verdict


@dataclass(frozen=True, slots=True)
class Citation:
    """One article as it is cited. `at` is UTC; `dated` is False where only the time of capture is known."""

    number: int
    version: int
    headline: str
    outlet: str
    at: datetime
    dated: bool
    url: str
    language: str
    scope: Scope
    summary_only: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of an article: `text` is its text[start:end]; `cut` when a sentence goes on after it."""

    text: str
    start: int
    end: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """Exact words with the article they are from; `field` says of what they are: its text or its lead."""

    cited: Citation
    field: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    """An office that may have to answer, and why it is proposed."""

    id: str
    name: str
    why: Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as one scope of the press told it: its first new article, and who else had it."""

    story: str
    lead: Citation
    quotes: tuple[CitedQuote, ...]  # words of the lead article, at most two sentences
    units: tuple[ProposedUnit, ...]
    others: tuple[Citation, ...]  # independent articles besides the lead
    copies: tuple[str, ...]  # names of outlets that took over another's text
    flags: int
    first_at: datetime  # of the whole story
    is_continued: bool  # the story began before this period


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Entries under the topic that is strongest in them."""

    topic: Name
    entries: tuple[Entry, ...]
    more: int = 0  # beyond those; they stand at the desk


@dataclass(frozen=True, slots=True)
class Highlight:
    """A line for somebody who reads only five; `reasons` are the rules that chose it."""

    lead: Citation
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something somebody has to look after. No clock runs: a person starts it at the desk."""

    lead: Citation
    reasons: tuple[Phrase, ...]
    units: tuple[ProposedUnit, ...]
    state: Phrase


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit set by law, the act of a person that starts it, and where the law says so."""

    name: str
    amount: int
    unit: str  # hours, days, working_days
    starts: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A piece of evidence, word for word. `at` is None where the document has no date."""

    text: str
    title: str
    publisher: str
    at: datetime | None
    url: str
    why: str
    number: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided of a claim."""

    verdict: Verdict
    reviewer: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """A sentence to be checked: its words, where it stands, what speaks for it, what was decided of it."""

    key: str
    text: str
    cited: Citation
    spread: tuple[Citation, ...]  # every article that has the sentence, first one first
    copies: int  # how many of them are copies
    evidence_for: tuple[Quotation, ...]
    decisions: tuple[Decision, ...]  # newest first; empty: nobody has decided


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One thing to be checked. Sentences of outlets that disagree are its `sides`, none of them the wrong
    one; a sentence that something else speaks against stands alone.
    """

    sides: tuple[ClaimSide, ...]  # at least one, the first published first
    evidence_against: tuple[Quotation, ...]  # besides the sides themselves
    context: tuple[Quotation, ...]
    because: tuple[str, ...]
    missing: tuple[str, ...]
    check: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction, apology or reply that the press printed, and the words it was known by."""

    cited: Citation
    cue: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to a page. `before` and `after` are exact words, " […]" where they go on."""

    what: Phrase
    at: datetime  # when it was first seen so (UTC)
    before_at: datetime | None  # capture of how it was before; None: not known
    before: str = ""
    after: str = ""
    sentence: str = ""  # exact words in which a changed figure stands now
    detail: str = ""  # a stored sentence of the program, to be said in the reader's language
    has_words: bool = False  # whether `before` and `after` are to be shown, be they empty or not


@dataclass(frozen=True, slots=True)
class ChangedArticle:
    """An article and what happened to its page, the first thing first; `more` happened before those."""

    cited: Citation
    changes: tuple[Change, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """One row of figures. `mean` is what it is compared with, None where that is not known: the mean of the
    seven days before, or in a longer edition all of the week or month before.
    """

    name: Name | Phrase
    articles: int
    stories: int
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A source that is not in order: silence here is not the same as no coverage.

    `since` is when its condition was first judged so; None where only its last look failed, and then
    `succeeded_at` is its last success (None: it has never answered).
    """

    outlet: str
    feeds: int  # how many of its addresses; 0: the source as a whole
    what: Phrase
    detail: str
    succeeded_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """The priority sources that gave nothing new in the day before the digest, whatever is usual for them."""

    watched: int  # how many priority sources are in use
    outlets: tuple[str, ...] = ()  # names, as many as are listed
    more: int = 0


@dataclass(frozen=True, slots=True)
class Gaps:
    """What of the press the digest may be missing. `more_…` are those beyond the ones listed."""

    unread: tuple[Gap, ...]  # could not be read
    more_unread: int
    odd: tuple[Gap, ...]  # are read, but give nothing for too long, or something else than before
    more_odd: int
    silence: Silence
    off: int  # in the catalogue, but switched off or without an address that can be read

    @property
    def has_more(self) -> bool:
        """Whether a list was cut, so that the reader has to be told where the whole one stands."""
        return bool(self.more_unread or self.more_odd or self.silence.more)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: the days it stands for, what came on them, its share of the longest, 0 to 1."""

    first: date
    last: date
    stories: int
    articles: int
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The period in numbers. Stories and articles are counted apart.

    `mean` is as in `Count`; `stories_before` only in a longer edition. `chart` has its earliest bar first.
    """

    articles: int
    stories: int
    copies: int
    mean: float | None
    by_topic: tuple[Count, ...]
    by_place: tuple[Count, ...]
    by_kind: tuple[Count, ...]
    hidden: tuple[Count, ...]  # kept in the archive, not shown in the digest
    gaps: Gaps
    stories_before: int | None = None
    chart: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the first section. The number stays blank: a person gives it."""

    superior: str
    office: str
    place: str
    day: date
    period_start: datetime
    period_end: datetime
    timezone: str
    late_since: datetime | None = None  # when it was due, where it comes noticeably later
    span: Span = Span.DAY


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """An open matter: a claim that was right, the unit that corrects, and the day its limit is over."""

    number: int
    claim: str
    unit: str  # its name, "" for none yet
    due: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that was given up: whom it did not reach, over which channel, when (UTC) and why."""

    recipient: str
    channel: str
    subject: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Digest:
    """The daily press digest, section by section."""

    header: Header
    highlights: tuple[Highlight, ...]
    matters: tuple[Matter, ...]
    more_matters: int  # beyond those listed; they stand in the press sections
    clocks: tuple[Clock, ...]
    claims: tuple[ClaimCard, ...]
    domestic: tuple[TopicGroup, ...]
    foreign: tuple[TopicGroup, ...]
    corrections: tuple[Correction, ...]
    changes: tuple[ChangedArticle, ...]
    more_changes: int  # articles beyond those listed
    figures: Figures
    follow_up: tuple[ClaimCard, ...]
    coming: tuple[tuple[date, str], ...]  # dates of the calendar in the coming week
    outlooks: tuple[Phrase, ...]  # how many stories the coming days may bring
    rising: tuple[Phrase, ...]  # stories that spread faster than others did
    recipients: tuple[str, ...]
    quotation_words: int
    to_correct: tuple[ToCorrect, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
