"""One collection: due sources -> a collecting process -> captures -> articles. The edge of the room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.child import Progress, Tally, run_child
from crawler.collector import NO_PAGE
from crawler.feedstates import GOOD
from crawler.job import Job, Refused
from crawler.origin import stranger
from crawler.page import Page, Refusal
from crawler.plan import usable_feeds
from crawler.pool import ExtractionPool
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.articles import StoredOutcome, record_extraction, save_article, unextracted
from store.database import Sessions
from store.sources import find_state
from store.types import Article, FeedOutcome, FeedState, Saved, Snapshot, Source

_BATCH = 32  # captures in memory at a time


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


def collect(
    sources: Sequence[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    now: datetime,
    progress: Progress,
) -> CollectReport:
    """Ask all due feeds and the pages they lead to, then make articles of all captures that wait.

    Args:
        sources: the catalogue; disabled sources and feeds are passed over.
        sessions: of a database that another process can open (not one in memory).
        archive: where bodies are kept.
        settings: limits.
        now: the time at which the run starts (aware).
        progress: told ("collect" or "extract", done, total).

    Returns:
        The report. A collecting process that crashed is told in `crash`; what it had kept is extracted
        all the same.

    Raises:
        ValueError: when the database is in memory.
        KeyboardInterrupt: passed on, after the collecting process has ended.

    """
    tally = Tally()
    if usable_feeds(sources):
        tally = _crawl(sources, sessions, archive, settings, now=now, progress=progress)
    found, refused = extract_captures(sources, sessions, archive, settings, now=now, progress=progress)
    states = _states(sessions, tally.feeds)
    return CollectReport(
        feeds_ok=sum(state.outcome is FeedOutcome.OK for state in states),
        feeds_unchanged=sum(state.outcome is FeedOutcome.UNCHANGED for state in states),
        troubles=tuple(state for state in states if state.outcome not in GOOD),
        snapshots=tally.kept,
        articles_new=found[StoredOutcome.NEW],
        versions_new=found[StoredOutcome.NEW_VERSION],
        refused=(*tally.missed, *refused),
        left=tally.left,
        crash=tally.failure,
    )


def _states(sessions: Sessions, feeds: Iterable[str]) -> list[FeedState]:
    with sessions() as session:
        states = (find_state(session, url) for url in dict.fromkeys(feeds))
        return [state for state in states if state is not None]


def _crawl(
    sources: Sequence[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    now: datetime,
    progress: Progress,
) -> Tally:
    url = sessions.engine.url
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("collecting needs a database that two processes can open, not one in memory")
    job = Job(
        database_url=url.render_as_string(hide_password=False),
        archive=str(archive.folder.resolve()),
        settings=settings,
        sources=tuple(sources),
        now=now,
    )
    return run_child(job, progress)


def extract_captures(
    sources: Sequence[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    now: datetime,
    progress: Progress,
) -> tuple[Counter[StoredOutcome], list[Refused]]:
    """Make articles of all captures that wait, also of those an earlier run left behind.

    A capture's article and the record of it are saved in one transaction: killed at any instant, nothing is
    lost and nothing is done twice.
    """
    by_id = {source.id: source for source in sources}
    found: Counter[StoredOutcome] = Counter()
    refused: list[Refused] = []
    done = 0
    with ExtractionPool(settings.processes, settings.page_seconds) as pool:
        while batch := _waiting(sessions, archive):
            pages = [_page(saved.value, by_id) for saved in batch]
            for saved, outcome in zip(batch, pool.extract(pages), strict=True):
                stored = _store(sessions, saved, outcome, now=now)
                if isinstance(outcome, Refusal):
                    refused.append(Refused(saved.value.source, saved.value.url_final, outcome.reason))
                found.update([stored] if stored else [])
                done += 1
                progress("extract", done, max(done, done // _BATCH * _BATCH + len(batch)))
    return found, refused


def _waiting(sessions: Sessions, archive: Archive) -> list[Saved[Snapshot]]:
    with sessions.begin() as session:
        return unextracted(session, archive, limit=_BATCH)


def _page(snapshot: Snapshot, by_id: dict[str, Source]) -> Page:
    headers = {name.lower(): value for name, value in snapshot.headers}
    return Page(
        html=snapshot.body,
        url=snapshot.url_final,
        source=by_id.get(snapshot.source) or stranger(snapshot.url_final, snapshot.body),
        content_type=headers.get("content-type", ""),
        fetched_at=snapshot.fetched_at,
        entry=snapshot.entry,
        status=snapshot.status,
        trouble=headers.get(NO_PAGE, ""),
    )


def _store(
    sessions: Sessions, saved: Saved[Snapshot], outcome: Article | Refusal, *, now: datetime
) -> StoredOutcome | None:
    with sessions.begin() as session:
        if isinstance(outcome, Refusal):
            record_extraction(session, saved.number, article=None, reason=outcome.reason)
            return None
        stored = save_article(session, outcome, now=now)
        record_extraction(session, saved.number, article=stored.number, reason="")
        return stored.outcome
