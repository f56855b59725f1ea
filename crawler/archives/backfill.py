"""Old pages from WARC files -> captures and articles, as of the day they were captured.

Only pages that give an article are kept: an archive of the whole web stays where it is. Killed and run again
nothing is kept twice and nothing is lost: how far a file was read is marked after what it gave is safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic

from sqlalchemy.orm import Session

from crawler.addresses import urls
from crawler.addresses.outlets import Outlets
from crawler.archives.marks import Mark, find_mark, save_mark
from crawler.archives.selection import Selection
from crawler.archives.warcs import START, NoWarcError, Read, WarcFile, WarcPage, Why
from crawler.pages.origin import stranger
from crawler.pages.page import Page, Refusal
from crawler.pool import ExtractionPool
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.articles import StoredOutcome, find_article_by_url, record_extraction, save_article, save_snapshot
from store.captures import is_captured
from store.database import Sessions
from store.types import Article, Snapshot, Source

ORIGIN = "diembao-backfill"  # our own header on a capture that came from a file: the file's name
_BATCH = 128  # records read, then extracted and saved together

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class BackfillReport:
    """What came of the files. `records` are the responses read in this run; `seconds` all its time."""

    records: int = 0
    pages: int = 0  # that passed the filters
    articles_new: int = 0
    versions_new: int = 0
    known: int = 0  # captured before, or with the words of a version there is
    older: int = 0  # than the version the store holds: kept as captures, no new version
    refused: int = 0  # no article in the page
    left_out: Counter[str] = field(default_factory=Counter)  # by Why
    notes: list[tuple[str, str]] = field(default_factory=list)  # file and what is to be said of it
    unreadable: int = 0  # files
    seconds: float = 0.0

    @property
    def damaged(self) -> int:
        """Places where a file is damaged."""
        return self.left_out[Why.DAMAGED.value]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is needed to keep the pages of a run."""

    sessions: Sessions
    archive: Archive
    settings: CrawlSettings
    outlets: Outlets
    selection: Selection
    pool: ExtractionPool
    report: BackfillReport
    now: datetime


def backfill(
    files: Sequence[Path],
    sources: Iterable[Source],
    sessions: Sessions,
    archive: Archive,
    settings: CrawlSettings,
    *,
    selection: Selection,
    marks: Path,
    now: datetime,
    progress: Progress,
) -> BackfillReport:
    """Read WARC files and keep the articles in them.

    Args:
        files: .warc or .warc.gz.
        sources: the catalogue; outlets by host, a switched-off outlet's pages are left out.
        sessions: of the store.
        archive: where bodies are kept.
        settings: for the limits of size and time, and the number of extracting processes.
        selection: which pages are wanted.
        marks: the folder that says how far each file was read; another selection begins anew.
        now: when this is done (aware); what is dated later is left out.
        progress: told ("backfill", bytes read, bytes of all files).

    Raises:
        store.errors.StoreError: when nothing can be kept.
        crawler.pool.ExtractionError: when no page can be extracted on this machine.

    """
    report = BackfillReport()
    started = monotonic()
    total, before = sum(path.stat().st_size for path in files), 0
    with ExtractionPool(settings.processes, settings.page_seconds) as pool:
        desk = _Desk(sessions, archive, settings, Outlets(sources), selection, pool, report, now)
        for path in files:
            _read_file(path, marks, desk, partial(_tell, progress, before, total))
            before += path.stat().st_size
            progress("backfill", before, total)
    report.seconds = monotonic() - started
    return report


def _tell(progress: Progress, before: int, total: int, done: int) -> None:
    progress("backfill", before + done, total)


def _read_file(path: Path, marks: Path, desk: _Desk, tell: Callable[[int], None]) -> None:
    mark = find_mark(marks, path, f"{desk.selection}")
    if mark.is_done:
        desk.report.notes.append((path.name, "read to its end before"))
        return
    with path.open("rb") as stream:
        reads = WarcFile(
            stream,
            start=mark.place,
            max_bytes=desk.settings.max_bytes,
            is_wanted=partial(_may_be_wanted, desk),
        )
        try:
            for batch in _batches(reads):
                _keep(_wanted(batch, desk), desk, path.name)
                save_mark(marks, Mark(mark.name, batch[-1].after))
                tell(batch[-1].after.offset)
        except NoWarcError as error:
            desk.report.unreadable += 1
            desk.report.notes.append((path.name, str(error)))
            return
    save_mark(marks, Mark(mark.name, START, is_done=True))


def _batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    iterator = iter(reads)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _may_be_wanted(desk: _Desk, url: str, at: datetime) -> bool:
    try:
        return (
            at <= desk.now
            and desk.selection.wants_address(url, at)
            and not desk.outlets.find_refusal(url)
            and bool(urls.canonical(url))
        )
    except urls.UnusableAddressError:
        return False


def _wanted(batch: Iterable[Read], desk: _Desk) -> list[WarcPage]:
    """The pages whose text is wanted; all others are counted."""
    pages: list[WarcPage] = []
    for read in batch:
        desk.report.records += read.found is not Why.DAMAGED
        found = read.found
        if isinstance(found, WarcPage):
            if desk.selection.wants_text(found.body, found.header("content-type")):
                pages.append(found)
                continue
            found = Why.UNWANTED
        desk.report.left_out[found.value] += 1
    desk.report.pages += len(pages)
    return pages


def _keep(pages: Sequence[WarcPage], desk: _Desk, origin: str) -> None:
    """Extract pages and keep those that are articles: bytes first, then all rows in one transaction."""
    if not pages:
        return
    outcomes = list(desk.pool.extract([_page(page, desk.outlets) for page in pages]))
    found = [
        (_snapshot(page, desk.outlets, origin), outcome)
        for page, outcome in zip(pages, outcomes, strict=True)
        if not isinstance(outcome, Refusal)
    ]
    desk.report.refused += len(pages) - len(found)
    fresh = _fresh(found, desk)
    places = desk.archive.keep_all([snapshot for snapshot, _ in fresh])
    with desk.sessions.begin() as session:
        for (snapshot, article), place in zip(fresh, places, strict=True):
            number = save_snapshot(session, desk.archive, snapshot, now=desk.now, place=place)
            _save(session, number, article, desk)


def _fresh(found: list[tuple[Snapshot, Article]], desk: _Desk) -> list[tuple[Snapshot, Article]]:
    """Without captures that are there already, as after a run that was killed before its mark."""
    with desk.sessions() as session:
        fresh = [pair for pair in found if not is_captured(session, pair[0])]
    desk.report.known += len(found) - len(fresh)
    return fresh


def _save(session: Session, number: int, article: Article, desk: _Desk) -> None:
    stored = find_article_by_url(session, article.url)
    if stored is not None and stored.article.fetched_at > article.fetched_at:
        # an older wording must never come out as what the outlet says today
        desk.report.older += 1
        record_extraction(session, number, article=stored.number, reason="")
        return
    saved = save_article(session, article, now=desk.now)
    record_extraction(session, number, article=saved.number, reason="")
    desk.report.articles_new += saved.outcome is StoredOutcome.NEW
    desk.report.versions_new += saved.outcome is StoredOutcome.NEW_VERSION
    desk.report.known += saved.outcome is StoredOutcome.UNCHANGED


def _page(page: WarcPage, outlets: Outlets) -> Page:
    return Page(
        html=page.body,
        url=page.url,
        source=outlets.find(page.url) or stranger(page.url, page.body),
        content_type=page.header("content-type"),
        fetched_at=page.at,
    )


def _snapshot(page: WarcPage, outlets: Outlets, origin: str) -> Snapshot:
    owner = outlets.find(page.url) or stranger(page.url, page.body)
    return Snapshot(
        source=owner.id,
        url_asked=page.url,
        url_final=page.url,
        status=200,
        headers=(*page.headers, (ORIGIN, origin)),
        body=page.body,
        fetched_at=page.at.astimezone(UTC),
        address=page.address,
    )
