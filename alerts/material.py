"""What a digest is composed from. Loaded by `alerts.run`, handed to `alerts.digest` as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from alerts.choosing import OPENINGS, Choosers
from alerts.spans import Span
from alerts.volume.ahead import Outlook
from alerts.volume.rising import Rise
from store.notices import OutboxRow
from store.types import (
    CalendarEntry,
    Event,
    FeedState,
    Flag,
    ImpossibleValueError,
    Matter,
    Place,
    ReadArticle,
    Review,
    Rules,
    Saved,
    Source,
    Story,
    Topic,
    Unit,
    require_aware,
)


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A flag with the article it stands in and what people decided of its claim, newest first."""

    flag: Saved[Flag]
    item: ReadArticle
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenChange:
    """Something that happened to a captured page, with the article as it was read last."""

    event: Saved[Event]
    item: ReadArticle
    before_at: datetime | None = None  # capture of the version it was before (UTC); None: not known


@dataclass(frozen=True, slots=True)
class Arrivals:
    """New articles by Source.id: in the day before a digest, and in the week before that day."""

    day: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    week: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Office:
    """Everything of the configuration that a digest or pack speaks of."""

    topics: tuple[Topic, ...]
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    sources: tuple[Source, ...]
    rules: Rules
    calendar: tuple[CalendarEntry, ...] = ()
    place: str = "Gia Lai"  # where documents are issued: the first words of the date line

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the office's clock."""
        return ZoneInfo(self.rules.timezone)

    def local_day(self, moment: datetime) -> date:
        """The day of `moment` on the office's calendar."""
        return moment.astimezone(self.zone).date()


LATE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of the office's calendar, and how many stories and articles about the province came on it."""

    day: date
    stories: int
    articles: int


@dataclass(frozen=True, slots=True)
class Before:
    """The week or month before the period in numbers, counted like the period; topics by Topic.id."""

    articles: int
    stories: int
    by_topic: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class DigestMaterial:
    """One period's stories with what stands around them.

    `stories` holds every story with a member saved in [period_start, period_end). `flags` holds the flags of
    those stories and the open ones of earlier days. `troubles` are the feeds whose last look failed,
    `standing` the newest event of each source's condition, `changes` what was noticed of pages in the period.
    `previous_counts` maps a topic id to its mean number of articles a day over the seven days before; a topic
    that is not in it has no known mean. `before` stands in its place in the editions of a week and a month;
    None: it is not known. `days` are the days of the chart, the earliest first.
    """

    period_start: datetime
    period_end: datetime
    stories: tuple[Story, ...]
    office: Office
    flags: tuple[OpenFlag, ...] = ()
    troubles: tuple[FeedState, ...] = ()
    standing: tuple[Event, ...] = ()
    arrivals: Arrivals = field(default_factory=Arrivals)
    changes: tuple[SeenChange, ...] = ()
    previous_counts: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    matters: tuple[Matter, ...] = ()  # the open ones, what is due first on top
    choosers: Choosers = OPENINGS  # of the sentences that stand for an article
    outlooks: tuple[Outlook, ...] = ()  # what the coming days are expected to bring
    undelivered: tuple[OutboxRow, ...] = ()  # notices given up in the period
    rising: tuple[Rise, ...] = ()  # stories that spread faster than others did, the rarest first
    due: datetime | None = None  # when the schedule wanted it (UTC); None: it was asked for by hand
    span: Span = Span.DAY
    made_at: datetime | None = None  # UTC; None: at the end of the period
    earlier: tuple[Story, ...] = ()  # of the week before a day, or the week or month before one
    earlier_start: datetime | None = None  # where that begins (UTC); None: it was not collected in full
    before: Before | None = None
    days: tuple[DayCount, ...] = ()

    def __post_init__(self) -> None:
        require_aware(self.period_start, "DigestMaterial.period_start")
        require_aware(self.period_end, "DigestMaterial.period_end")
        if self.period_end <= self.period_start:
            raise ImpossibleValueError(f"an empty period: {self.period_start} to {self.period_end}")

    def is_new(self, moment: datetime) -> bool:
        """Whether `moment` lies in the period."""
        return self.period_start <= moment < self.period_end

    def is_late(self, published: datetime) -> bool:
        """Whether something was published so long before the period that it is no news of it.

        A first start, or a source that answers again, brings the news of weeks at once; shown in full it
        would bury the day's.
        """
        return published < self.period_start - LATE_AFTER
