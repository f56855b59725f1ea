"""`diembao ingest FILE`: JSON Lines of articles, for material that is already text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from urllib.parse import quote, urlsplit

from config.faults import in_english
from crawler.addresses.urls import canonical
from desk.filters.lines import BadRecordError, Record, identity_of, numbered, read_record, text_of
from desk.filters.times import GivenDate, published_before
from store.articles import StoredOutcome, save_article
from store.database import Sessions
from store.types import Article, Note, PublicationDate, Scope, Source

_t = in_english
BATCH = 200


_NO_ADDRESS = _t("`url` is not an http(s) address, so the id stands in: {url}")
GIVEN_CONFIDENCE = 0.9  # the giver's word: better than a guess from a page, not seen by us


@dataclass(slots=True)
class IngestReport:
    """How many articles were new, new versions, known already; which lines were bad, which dates left out."""

    new: int = 0
    versions: int = 0
    unchanged: int = 0
    bad: list[tuple[int, Note]] = field(default_factory=list)  # line, and what is wrong with it
    notes: list[tuple[int, Note]] = field(
        default_factory=list
    )  # articles kept without the date or address that was given


def ingest(
    lines: Iterable[bytes], sessions: Sessions, sources: Iterable[Source], *, now: datetime
) -> IngestReport:
    """Save every good line as an article, 200 a transaction; a bad line is reported and skipped."""
    report = IngestReport()
    by_domain = {source.domain: source for source in sources}
    articles = _articles(lines, by_domain, report, now)
    while batch := list(islice(articles, BATCH)):
        with sessions.begin() as session:
            for article in batch:
                _count(report, save_article(session, article, now=now).outcome)
    return report


def _articles(
    lines: Iterable[bytes], by_domain: dict[str, Source], report: IngestReport, now: datetime
) -> Iterator[Article]:
    for number, line in numbered(lines):
        try:
            record = read_record(line, number)
            given = published_before(record, now, "published", "date")
            article = article_from(record, by_domain, published=given.at, now=now)
        except BadRecordError as fault:
            report.bad.append((number, fault.note))
            continue
        report.notes += [(number, note) for note in notes_on(record, given)]
        yield article


def _count(report: IngestReport, outcome: StoredOutcome) -> None:
    if outcome is StoredOutcome.NEW:
        report.new += 1
    elif outcome is StoredOutcome.NEW_VERSION:
        report.versions += 1
    else:
        report.unchanged += 1


def article_from(
    record: Record, by_domain: dict[str, Source], *, published: datetime | None, now: datetime
) -> Article:
    """`text` and, if known, `id, url, title, outlet (or source), language` -> an article.

    Without a title the first line of the text is taken for it; without an address the id stands in.

    Raises:
        BadRecordError: no text, or neither address nor id.

    """
    text = text_of(record, "text").strip()
    title = text_of(record, "title", default="").strip() or text.split("\n", 1)[0][:300]
    if not text and not title:
        raise BadRecordError(_t("`title` and `text` are both empty"))
    url = url_of(record)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    source = by_domain.get(host)
    outlet = text_of(record, "outlet", default="") or text_of(record, "source", default="")
    return Article(
        url=url,
        outlet=source.id if source else host or outlet or "ingest",
        outlet_name=source.name if source else outlet or host or "ingest",
        scope=source.scope if source else Scope.DOMESTIC,
        title=title,
        text=text,
        language=text_of(record, "language", default=""),
        published=PublicationDate(published, "given", GIVEN_CONFIDENCE) if published else None,
        fetched_at=now,
        extractor="ingest",
    )


def url_of(record: Record) -> str:
    """The canonical address; a name made of the id where there is no address, or none that can be one.

    Raises:
        BadRecordError: there is neither a usable address nor an id.

    """
    given = text_of(record, "url", default="").strip()
    if is_address(given):
        return canonical(given)
    if given and "id" not in record:
        raise BadRecordError(
            _t("`url` is not an http(s) address, and there is no `id`: {url}"), url=f"{given:.80}"
        )
    return "urn:diembao:" + quote(str(identity_of(record)), safe="")


def is_address(text: str) -> bool:
    """Whether a text is an http(s) address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def notes_on(record: Record, given: GivenDate) -> list[Note]:
    """What was given and could not be used, in words."""
    url = text_of(record, "url", default="").strip()
    wrong = url and not is_address(url)
    said = [Note(_NO_ADDRESS, (("url", f"{url:.80}"),))] if wrong else []
    return said + ([given.note] if given.note else [])
