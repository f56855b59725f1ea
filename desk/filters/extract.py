"""`diembao extract`: pages in, articles out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime

from config.faults import in_english
from crawler.pages.extract import Refusal, extract_html
from desk.filters.lines import BadRecordError, Record, identity_of, pass_on, text_of
from desk.filters.times import rfc3339
from store.types import Article

_t = in_english
KNOWN = frozenset({"id", "url", "html", "html_b64"})


def make() -> Callable[[Record], Record]:
    """Nothing to prepare: extraction is a function of the page."""
    return extract_record


def extract_record(record: Record) -> Record:
    """`id, url, html` or `html_b64` -> `id, title, text, published, language`.

    A page in which no article is found keeps its id with empty title and text, and `refused` says why.

    Raises:
        BadRecordError: no id, no page, or base64 that is none.

    """
    identity = identity_of(record)
    found = extract_html(page_of(record), text_of(record, "url", default=""), fetched_at=datetime.now(UTC))
    answer = refused(found) if isinstance(found, Refusal) else extracted(found)
    return pass_on(record, KNOWN, {"id": identity, **answer})


def page_of(record: Record) -> bytes | str:
    """The page as text (`html`) or as bytes (`html_b64`).

    Raises:
        BadRecordError: neither is there, or the base64 is broken.

    """
    if record.get("html_b64") is None:
        return text_of(record, "html")
    try:
        return base64.b64decode(text_of(record, "html_b64"), validate=True)
    except binascii.Error as fault:
        raise BadRecordError(_t("`html_b64` is not base64")) from fault


def refused(refusal: Refusal) -> Record:
    """No article, and why."""
    return {"title": "", "text": "", "published": None, "language": "", "refused": refusal.reason}


def extracted(article: Article) -> Record:
    """The article in the filter's format."""
    return {
        "title": article.title,
        "text": article.text,
        "published": rfc3339(article.published.at) if article.published else None,
        "language": article.language,
    }
