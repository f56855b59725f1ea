"""One cycle: collect, read, group, check, tell. Each stage alone can be killed and run again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alerts.rules.run import raise_alerts
from alerts.run import tell
from alerts.send import DeliveryReport, deliver
from alerts.spans import Span
from crawler.condition.watch import watch_sources
from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from desk.channels import make_channels
from desk.destinations import CurrentDestinations
from desk.excerpts import CHOOSERS
from desk.house import House, Progress, make_crawl_settings
from desk.words import words_of
from nlp.run import check_changed, group_new, make_catalogue, note_changes, read_new, shelve_new
from nlp.shelf import open_shelf


class Stage(StrEnum):
    """The stages in their order."""

    COLLECT = "collect"
    READ = "read"
    GROUP = "group"
    CHECK = "check"
    ALERT = "alert"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class CycleReport:
    """What one cycle did: a count for each stage that ran, and what the collector and the post said."""

    counts: dict[Stage, int] = field(default_factory=dict)
    collected: CollectReport | None = None  # None: the stage did not run
    delivered: DeliveryReport | None = None


def run_cycle(house: House, *, only: Stage | None, progress: Progress, processes: int = 1) -> CycleReport:
    """Run all stages, or one, in order, on what the store holds.

    Raises:
        store.errors.StoreError, OSError: when nothing can be kept.

    """
    counts: dict[Stage, int] = {}
    collected = delivered = None
    for stage in Stage if only is None else (only,):
        if stage is Stage.COLLECT:
            collected = run_collect(house, progress)
            counts[stage] = collected.articles_new + collected.versions_new
        elif stage is Stage.ALERT:
            counts[stage] = run_alert(house)
        elif stage is Stage.TELL:
            counts[stage], delivered = run_tell(house)
        else:
            counts[stage] = _readers(house, progress, processes)[stage]()
    return CycleReport(counts, collected, delivered)


def _readers(house: House, progress: Progress, processes: int) -> dict[Stage, Callable[[], int]]:
    """The three stages of nlp, ready to be called."""
    now = house.clock

    def read() -> int:
        found = read_new(
            house.sessions, house.make_knowledge(), now=now(), progress=progress, processes=processes
        )
        note_changes(house.sessions, now=now())
        return found

    def check() -> int:
        known = make_catalogue(house.configuration.sources, house.configuration.gazetteer)
        shelf = open_shelf()
        if shelf:
            shelve_new(house.sessions, shelf, now=now(), progress=progress)
        return check_changed(house.sessions, now=now(), progress=progress, catalogue=known, shelf=shelf)

    return {
        Stage.READ: read,
        Stage.GROUP: lambda: group_new(house.sessions, now=now(), progress=progress),
        Stage.CHECK: check,
    }


def run_collect(house: House, progress: Progress, *, settings: CrawlSettings | None = None) -> CollectReport:
    """Look at every source that is due, keep what is new, and tell whose condition changed."""
    report = collect(
        house.configuration.sources,
        house.sessions,
        house.archive,
        settings or make_crawl_settings(house),
        now=house.clock(),
        progress=progress,
        stopping=house.stopping,
    )
    if house.stopping.is_set():
        return report  # the next run judges the sources
    watch_sources(
        house.sessions, house.configuration.sources, house.configuration.calendar, now=house.clock()
    )
    return report


def run_alert(house: House) -> int:
    """Let the alert rules look, and put what may be told into the outbox. Gives how many notices are new."""
    settings = house.settings
    alerted = raise_alerts(
        house.sessions,
        house.configuration,
        now=house.clock(),
        translator=words_of,
        base=settings.desk_address,
    )
    return alerted.notices


def run_tell(
    house: House, *, due: datetime | None = None, span: Span = Span.DAY
) -> tuple[int, DeliveryReport]:
    """Put the digests of the day, week or month into the outbox, once, and hand over what waits.

    `due`: when a schedule wanted them (UTC).
    """
    written = tell(
        house.sessions,
        house.configuration,
        now=house.clock(),
        translator=words_of,
        choosers=CHOOSERS,
        due=due,
        span=span,
    )
    return written, run_deliver(house)


def run_deliver(house: House) -> DeliveryReport:
    """Hand over what is due in the outbox."""
    return deliver(
        house.sessions,
        make_channels(house.settings, house.configuration, environment=os.environ, clock=house.clock),
        now=house.clock(),
        worker=f"cycle {os.getpid()}",
        is_allowed=CurrentDestinations(house.settings.config),
        clock=house.clock,
        stopping=house.stopping,
    )
