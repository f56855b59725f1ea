"""Adding documents to the evidence library: read apart, kept, told; the same from command line and desk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crawler.addresses.outlets import Outlets
from crawler.addresses.urls import UnusableAddressError, canonical
from crawler.asking import AskingError, Wish, ask
from crawler.documents.apart import read_apart
from crawler.documents.formats import MOST_BYTES
from crawler.documents.parsed import Parsed, Unreadable, in_english, make_note
from crawler.documents.reading import File
from crawler.settings import CrawlSettings
from crawler.wire.answers import GONE, Answer, NoAnswer, Trouble, status_words
from store.archive import Archive
from store.database import Sessions
from store.library import documents
from store.library.addresses import AddressLook, Found, save_look
from store.library.documents import find_by_address, find_by_hash, find_document, save_document
from store.stories import check_again
from store.types import Contradiction, DocumentKind, KeptDocument, LibraryDocument, Note, Source

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
SECONDS = 60.0  # for one document to arrive, robots.txt and the pause after it included
_CONCERNED = timedelta(days=60)  # before now, and around the day of a document: stories it may bear on
_t = in_english

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a document; "" and None where nothing was said, then the document is asked."""

    title: str = ""
    publisher: str = ""
    kind: DocumentKind = DocumentKind.OTHER
    published: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file or address: a document's number, or why none and what to do."""

    what: str
    number: int = 0  # 0: not taken
    is_new: bool = False
    title: str = ""
    passages: int = 0
    notes: tuple[Note, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    why: Note | None = None
    do: Note | None = None


def add_document(
    sessions: Sessions, archive: Archive, file: File, said: Said, *, by: str, progress: Progress
) -> Outcome:
    """Read a file in a process of its own and keep it with its passages.

    Args:
        sessions: of the store.
        archive: where the bytes are kept as they came.
        file: name, bytes, time (aware) and, where it was asked for, its address.
        said: what the person says of it; that comes before what it says itself.
        by: the person's name, for the audit log.
        progress: told pages or sheets done and in all.

    Returns:
        What came of it; a file that cannot be read is told, not raised.

    """
    sha256 = hashlib.sha256(file.body).hexdigest()
    with sessions() as session:
        known = find_by_hash(session, sha256)
        earlier = find_by_address(session, file.url)
    if known is not None:
        return Outcome(file.name, known.number, title=known.document.title, passages=known.passages)
    found = read_apart(file, progress=progress)
    if isinstance(found, Unreadable):
        return Outcome(file.name, why=found.why, do=found.do)
    document = _document(file, found, said, sha256, by)
    if earlier is not None:
        document = replace(document, notes=(*document.notes, _changed_since(earlier)))
    with sessions.begin() as session:
        kept = save_document(session, archive, document, found.passages, file.body, now=file.now)
        check_concerned(session, kept.number, now=file.now)
        if file.url:
            save_look(session, AddressLook(file.url, Found.SAME, file.now, file.etag, file.last_modified))
    return Outcome(
        file.name,
        kept.number,
        kept.is_new,
        document.title,
        len(found.passages),
        document.notes,
        kept.contradictions,
    )


def supersede(session: Session, old: int, new: int, *, by: str, now: datetime) -> None:
    """Say that a newer document takes an older one's place; the stories they may bear on are checked again.

    Raises:
        LibraryError: as store.library.documents.supersede.

    """
    documents.supersede(session, old, new, by=by, now=now)
    for number in (old, new):
        check_concerned(session, number, now=now)


def restore(session: Session, number: int, *, by: str, now: datetime) -> None:
    """Take back that a document was superseded; the stories it may bear on are checked again.

    Raises:
        LibraryError: as store.library.documents.restore.

    """
    documents.restore(session, number, by=by, now=now)
    check_concerned(session, number, now=now)


def check_concerned(session: Session, number: int, *, now: datetime) -> int:
    """The stories of the last 60 days, and of 60 days around a document's own day, are checked again at the
    next cycle. Gives how many.
    """
    count = check_again(session, now - _CONCERNED, now + _CONCERNED)
    kept = find_document(session, number)
    if kept is not None and kept.document.published is not None:
        day = datetime.combine(kept.document.published, time(), UTC)
        count += check_again(session, day - _CONCERNED, day + _CONCERNED)
    return count


def fetch_document(
    url: str, sources: Sequence[Source], settings: CrawlSettings, *, now: datetime, seconds: float = SECONDS
) -> File | Outcome:
    """Ask for a document as the collector asks for a page: guard, robots.txt, pauses; up to 50 MiB.

    It is asked once and given up after `seconds`: somebody waits for it, and can try again.

    Returns:
        The file as it came, or why there is none.

    """
    if urlsplit(url).scheme.lower() not in ("http", "https"):
        why = make_note(_t("It did not come: only addresses with http or https are asked for."))
        return Outcome(url, why=why, do=_by_hand())
    refusal = find_refusal(url, sources)
    if refusal:
        return explain_not_taken(url, refusal)
    try:
        answer = ask(replace(make_wish((url,), sources, settings, seconds=seconds), seconds=seconds))[0]
    except AskingError as fault:
        return explain_not_taken(url, str(fault))
    if isinstance(answer, NoAnswer):
        is_late = answer.trouble is Trouble.TIMEOUT
        return _explain_late(url, seconds) if is_late else explain_not_taken(url, answer.words)
    if answer.status != 200:
        return explain_status(url, answer, now)
    return make_file(answer.url, answer, now)


def make_wish(
    urls: Sequence[str], sources: Sequence[Source], settings: CrawlSettings, *, seconds: float = SECONDS
) -> Wish:
    """What is asked for documents: each once, up to 50 MiB and `seconds` long."""
    limits = replace(settings, max_bytes=MOST_BYTES, timeout_seconds=seconds, retries=0)
    return Wish(tuple(urls), limits, tuple(source for source in sources if source.browser))


def make_file(url: str, answer: Answer, now: datetime) -> File:
    """What came from an address, as a file named by the address."""
    return File(
        PurePosixPath(unquote(urlsplit(url).path)).name or url,
        answer.body,
        now,
        url,
        answer.header("content-type"),
        answer.header("etag")[:500],
        answer.header("last-modified")[:500],
    )


def explain_no_file(name: str, fault: OSError) -> Outcome:
    """A file's name and what the system said of it -> that it was not taken, and why."""
    if isinstance(fault, FileNotFoundError):
        why = make_note(_t("It cannot be read: there is no such file."))
    elif isinstance(fault, IsADirectoryError):
        why = make_note(_t("It cannot be read: it is a folder."))
    elif isinstance(fault, PermissionError):
        why = make_note(_t("It cannot be read: this account may not."))
    else:
        why = make_note("It cannot be read: {error}.", error=fault.strerror or fault)
    return Outcome(name, why=why, do=make_note(_t("Name a file that can be read, or an address with http.")))


def _document(file: File, found: Parsed, said: Said, sha256: str, by: str) -> LibraryDocument:
    published = said.published or found.published
    publisher = said.publisher or found.publisher or (urlsplit(file.url).hostname or "")
    return LibraryDocument(
        title=said.title or found.title or PurePosixPath(file.name).stem or file.name,
        name=file.name,
        format=found.format,
        sha256=sha256,
        added_by=by,
        kind=said.kind,
        publisher=publisher,
        published=published,
        valid_from=said.valid_from,
        valid_until=said.valid_until,
        url=file.url,
        notes=(*found.notes, *_gaps(published, publisher, file.now.astimezone(OFFICE).date())),
    )


def _gaps(published: date | None, publisher: str, today: date) -> list[Note]:
    """What is missing or strange in what is known of a document."""
    notes = []
    if published is None:
        notes.append(make_note("No date of publication is known."))
    elif published > today:
        notes.append(make_note("It is dated {day}, which is yet to come.", day=f"{published:%d/%m/%Y}"))
    if not publisher:
        notes.append(make_note("No publisher is known."))
    return notes


def find_refusal(url: str, sources: Sequence[Source]) -> str:
    """Why an address is not asked for, "" where it is."""
    try:
        return Outlets(sources).find_refusal(canonical(url))
    except UnusableAddressError as error:
        return str(error)


def recall(session: Session, outcome: Outcome) -> Outcome:
    """What could not be fetched, with what was kept from the same address before, where anything was."""
    known = find_by_address(session, outcome.what)
    if known is None:
        return outcome
    stays = make_note(
        _t("What was kept from it on {day} as {id} stays in the library, unchanged."), **_which(known)
    )
    return replace(outcome, notes=(*outcome.notes, stays))


def _changed_since(earlier: KeptDocument) -> Note:
    words = _t(
        "On {day} this address held something else, kept as {id}."
        " If this takes its place, mark {id} as superseded."
    )
    return make_note(words, **_which(earlier))


def _which(kept: KeptDocument) -> dict[str, str]:
    return {"id": kept.id, "day": f"{kept.added_at.astimezone(OFFICE):%d/%m/%Y}"}


def explain_status(url: str, answer: Answer, now: datetime) -> Outcome:
    """A status other than 200, in words and with what to do."""
    outcome = explain_not_taken(url, status_words(answer, now))
    if answer.status in GONE:
        return replace(
            outcome, do=make_note(_t("Look at the address again; the page may have been removed."))
        )
    if answer.status >= 500:  # RFC 9110, 15.6: faults of the server
        return replace(outcome, do=make_note(_t("Try again later.")))
    return outcome


def _explain_late(url: str, seconds: float) -> Outcome:
    why = make_note(
        _t("It did not come: {host} had not sent it whole after {seconds} seconds."),
        host=urlsplit(url).hostname or url,
        seconds=f"{seconds:.0f}",
    )
    do = _t("Try again later or with more time (--wait), or download it in a browser and add the file.")
    return Outcome(url, why=why, do=make_note(do))


def explain_not_taken(url: str, reason: str) -> Outcome:
    """That nothing came from an address, why, and what to do."""
    return Outcome(url, why=make_note(_t("It did not come: {reason}."), reason=reason), do=_by_hand())


def _by_hand() -> Note:
    return make_note(_t("Download it in a browser if it is public, and add the file."))
