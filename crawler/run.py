"""One collection: due sources -> a collecting process -> captures -> articles. The edge of the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any

from crawler.child import Progress, Tally, start_child
from crawler.courtesy.feedstates import GOOD
from crawler.due import load_plan
from crawler.extraction import Extraction
from crawler.inbox import Inbox
from crawler.job import Job, Refused
from crawler.plan import usable_feeds
from crawler.pool import ExtractionPool
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.articles import StoredOutcome
from store.database import Sessions
from store.sources import find_state
from store.types import FeedOutcome, FeedState, Source

_FAREWELL = 6.0  # seconds that a collecting process has to end in order; twice its own patience


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What one collection did. `crash` says in words why the collecting process ended early, if it did."""

    feeds_ok: int = 0
    feeds_unchanged: int = 0
    troubles: tuple[FeedState, ...] = ()
    snapshots: int = 0
    articles_new: int = 0
    versions_new: int = 0
    refused: tuple[Refused, ...] = ()
    left: int = 0  # pages left for the next run, by the limits per host and run
    crash: str = ""
    stopped: bool = False  # we were asked to stop; what is missing comes with the next run


def collect(
    sources: Sequence[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    now: datetime,
    progress: Progress,
    stopping: Event | None = None,
    pages: tuple[str, ...] = (),
) -> CollectReport:
    """Ask all due feeds and the pages they lead to; make articles of all captures that wait, as they come.

    Args:
        sources: the catalogue; disabled sources and feeds are passed over.
        sessions: of a database that another process can open (not one in memory).
        archive: where bodies are kept.
        settings: limits.
        now: the time at which the run starts (aware).
        progress: told ("collect" or "extract", done, total), in the thread that called.
        stopping: when set, from whatever thread, the run ends in order within ten seconds.
        pages: addresses that a person asked for; then these are asked for, and nothing else.

    Returns:
        The report. A collecting process that crashed is told in `crash`; what it had kept is extracted
        all the same.

    Raises:
        ValueError: when the database is in memory.
        ExtractionError: when this machine cannot extract; what was captured waits for the next run.
        KeyboardInterrupt: passed on, after all processes have ended.

    """
    _refuse_memory(sessions)
    tally, inbox = Tally(), Inbox(stopping)
    with ExtractionPool(settings.processes, settings.page_seconds) as pool:
        extraction = Extraction(
            sources, sessions, archive, pool=pool, inbox=inbox, now=now, progress=progress
        )
        if not inbox.is_stopping and (pages or is_worth_a_run(sources, sessions, now=now)):
            job = replace(make_job(sources, sessions, archive, settings, now=now), pages=pages)
            crawl(job, inbox, tally, progress=progress, on_kept=extraction.go_on)
        extraction.finish()
    return _report(_states(sessions, tally.feeds), tally, extraction, is_stopped=inbox.is_stopping)


def is_worth_a_run(sources: Sequence[Source], sessions: Sessions, *, now: datetime) -> bool:
    """Whether anything is due: a process that finds nothing to do costs more than a second."""
    if not usable_feeds(sources):
        return False
    with sessions() as session:
        plan = load_plan(session, sources, now=now)
    return bool(plan.feeds or plan.pages)


def _report(
    states: Sequence[FeedState], tally: Tally, extraction: Extraction, *, is_stopped: bool
) -> CollectReport:
    return CollectReport(
        feeds_ok=sum(state.outcome is FeedOutcome.OK for state in states),
        feeds_unchanged=sum(state.outcome is FeedOutcome.UNCHANGED for state in states),
        troubles=tuple(state for state in states if state.outcome not in GOOD),
        snapshots=tally.kept,
        articles_new=extraction.found[StoredOutcome.NEW],
        versions_new=extraction.found[StoredOutcome.NEW_VERSION],
        refused=(*tally.missed, *extraction.refused),
        left=tally.left,
        crash=tally.failure,
        stopped=is_stopped,
    )


def _states(sessions: Sessions, feeds: Iterable[str]) -> list[FeedState]:
    with sessions() as session:
        states = (find_state(session, url) for url in dict.fromkeys(feeds))
        return [state for state in states if state is not None]


def _refuse_memory(sessions: Sessions) -> None:
    url = sessions.engine.url
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("collecting needs a database that two processes can open, not one in memory")


def make_job(
    sources: Sequence[Source], sessions: Sessions, archive: Archive, settings: CrawlSettings, *, now: datetime
) -> Job:
    """The job of a collecting process."""
    return Job(
        database_url=sessions.engine.url.render_as_string(hide_password=False),
        archive=str(archive.folder.resolve()),
        settings=settings,
        sources=tuple(sources),
        now=now,
    )


def crawl(job: Job, inbox: Inbox, tally: Tally, *, progress: Progress, on_kept: Callable[[], None]) -> None:
    """Run a job in a process of its own until it ends or we are asked to stop; `tally` notes what it tells.

    Whatever ends this call, also Ctrl-C, ends the process. A crash is told in the tally, not raised.
    `on_kept` is called for every capture, and once before the first.
    """
    over: list[bool] = []

    def note(event: Mapping[str, Any]) -> None:
        tally.note(event, progress)
        if event["event"] == "kept":
            on_kept()

    with start_child(
        job, lambda event: inbox.leave(lambda: note(event)), lambda: inbox.leave(lambda: over.append(True))
    ) as child:
        on_kept()
        inbox.work_until(lambda: bool(over))
        if not over:
            child.stop()
            inbox.work_within(lambda: bool(over), _FAREWELL)
        if over:
            tally.failure = tally.failure or child.crash()
