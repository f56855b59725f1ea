"""Material that a person hands in: a saved page or a text. Marked as given, never as captured.

A capture proves what an outlet published at a time; what somebody hands in proves that it was handed in. So
it is no capture, it never takes the place of one, and the audit log says who gave it and when.
"""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from crawler.addresses.outlets import Outlets
from crawler.addresses.urls import UnusableAddressError, canonical
from crawler.pages import metadata, structured
from crawler.pages.charset import decode
from crawler.pages.extract import extract
from crawler.pages.markup import parse_html
from crawler.pages.origin import stranger
from crawler.pages.page import Page, Refusal
from store.articles import Stored, find_article_by_url, save_article
from store.audit import append
from store.types import Article, PublicationDate, Source

GIVEN = "given"  # Article.extractor begins with it
ADD = "add"  # the act in the audit log
MAX_FILE = 10 * 1024 * 1024  # bytes of a saved page or a text
GIVEN_CONFIDENCE = 0.9  # the giver's word: better than a guess from a page, not seen by us


class NotTakenError(ValueError):
    """Why material is not taken: an English msgid with its values, and what to do."""

    def __init__(self, msgid: str, do: str, **values: object) -> None:
        super().__init__(msgid.format(**values))
        self.msgid = msgid
        self.do = do
        self.values = values


def in_english(text: str) -> str:
    """Mark a msgid for the catalogue where it is written, not where it is said."""
    return text


_t = in_english


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of the material; "" and None where nothing was said."""

    url: str = ""
    title: str = ""
    published: datetime | None = None


def who_gives(name: str) -> str:
    """The name for the audit log: as given, else the name of the account on this machine."""
    return name.strip() or getpass.getuser()


def find_kind(body: bytes) -> str:
    """What a file is, by its beginning: html, jsonl, pdf, office, warc, empty, or text."""
    bare = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare.strip(b"\x00"):
        return "empty"
    for sign, kind in ((b"%PDF-", "pdf"), (b"PK\x03\x04", "office"), (b"\xd0\xcf\x11\xe0", "office")):
        if body.startswith(sign):
            return kind
    if body.startswith((b"WARC/1.", b"\x1f\x8b")):
        return "warc"
    if bare.startswith(b"{"):
        return "jsonl"
    return "html" if bare.startswith(b"<") else "text"


_OTHER_KINDS = {
    "pdf": (
        _t("{name} is a PDF file, which is not read."),
        _t("Copy its text into a text file and use --text."),
    ),
    "office": (
        _t("{name} is an office document, which is not read."),
        _t("Copy its text into a text file and use --text."),
    ),
    "jsonl": (_t("{name} is JSON, not a page."), _t("Use `diembao ingest` for JSON Lines of articles.")),
    "warc": (_t("{name} is an archive, not a page."), _t("Use `diembao backfill` for WARC files.")),
    "text": (_t("{name} is plain text, not a page."), _t("Use --text with --url and --title.")),
    "empty": (_t("{name} is empty."), _t("Save the page again in the browser.")),
}


def require_page(name: str, body: bytes) -> None:
    """Raise NotTakenError for a file that is no saved page."""
    kind = find_kind(body)
    if kind != "html":
        what, do = _OTHER_KINDS[kind]
        raise NotTakenError(what, do, name=name)


def page_from(body: bytes, given: Given, sources: Iterable[Source], *, now: datetime) -> Article:
    """A saved page as an article; its address is the one given, else the one the page declares.

    Raises:
        NotTakenError: no address, an address that is never followed, or no article in the page.

    """
    url = given.url or _declared_url(body)
    outlets = Outlets(sources)
    require_address(url, outlets)
    source = outlets.find(url) or stranger(url, body)
    made = extract(Page(html=body, url=url, source=source, content_type="", fetched_at=now))
    if isinstance(made, Refusal):
        raise NotTakenError(
            _t("There is no article in this page: {reason}"),
            _t("Copy its text into a text file and use --text."),
            reason=made.reason,
        )
    return replace(
        made,
        title=given.title or made.title,
        published=_date(given) or made.published,
        snapshot_sha256="",
        extractor=f"{GIVEN} page, {made.extractor}",
    )


def text_from(body: bytes, given: Given, sources: Iterable[Source], *, now: datetime) -> Article:
    """A pasted text as an article, under the address it was published at.

    Raises:
        NotTakenError: no text, no title, no address, or an address that is never followed.

    """
    text = decode(body, "text/plain").strip()
    if not text or not given.title.strip():
        raise NotTakenError(
            _t("A pasted text needs words and a title."), _t("Give --title, and a file with text.")
        )
    outlets = Outlets(sources)
    require_address(given.url, outlets)
    source = outlets.find(given.url) or stranger(given.url, b"")
    return Article(
        url=canonical(given.url),
        outlet=source.id,
        outlet_name=source.name,
        scope=source.scope,
        title=given.title.strip(),
        text=text,
        published=_date(given),
        fetched_at=now,
        extractor=f"{GIVEN} text",
    )


def require_address(url: str, outlets: Outlets) -> None:
    """Raise NotTakenError unless this is an address whose publications are followed."""
    try:
        why = outlets.find_refusal(url) if url else ""
    except UnusableAddressError as error:
        raise NotTakenError(
            _t("This is no address of a page: {error}"), _t("Give --url."), error=error
        ) from error
    if not url:
        raise NotTakenError(
            _t("The page does not say its own address."),
            _t("Give the address it was published at with --url."),
        )
    if why:
        raise NotTakenError(_t("Not taken: {reason}"), _t("Name the outlet's own page instead."), reason=why)


def save_given(session: Session, article: Article, body: bytes, *, by: str, now: datetime) -> Stored:
    """Save given material and say in the audit log who gave it.

    Raises:
        NotTakenError: the outlet's own page was captured: what it says stands, whatever is handed in.

    """
    stored = find_article_by_url(session, article.url)
    if stored is not None and stored.article.snapshot_sha256:
        raise NotTakenError(
            _t("Article {number} was captured from the outlet itself; that stays."),
            _t("Use `diembao add` with the address to look at it again."),
            number=stored.number,
        )
    saved = save_article(session, article, now=now)
    detail = (
        f"{article.extractor}; article {saved.number} version {saved.version}; file sha256 {_sha256(body)}"
    )
    append(session, actor=by, act=ADD, subject=article.url, detail=detail, now=now)
    return saved


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _date(given: Given) -> PublicationDate | None:
    if given.published is None:
        return None
    return PublicationDate(given.published.astimezone(UTC), "given", GIVEN_CONFIDENCE)


def _declared_url(body: bytes) -> str:
    tree = parse_html(decode(body, ""))
    if tree is None:
        return ""
    said = metadata.read(tree, structured.find_article(tree), outlet="", host="").declared_url
    return said if "://" in said else ""
