"""`diembao export`: exactly what is stored, as JSON Lines or CSV. No export by person exists."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Any

from sqlalchemy.orm import Session

from desk.filters.read import claim_as_record, reading_as_record
from desk.filters.times import rfc3339
from store.articles import StoredArticle, iter_articles
from store.claims import FlaggedClaim, iter_claims, list_flags
from store.search import parse
from store.stories import list_stories
from store.types import Claim, Evidence, ReadArticle, Review, Story

Record = dict[str, Any]
PAGE = 200


class What(StrEnum):
    """What can be exported."""

    ARTICLES = "articles"
    STORIES = "stories"
    CLAIMS = "claims"
    FLAGS = "flags"


class Format(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"


def export(session: Session, what: What, form: Format, out: IO[bytes]) -> int:
    """Write all of one kind; returns how many records were written."""
    with closing(MAKERS[what](session)) as records:  # also where nobody reads on, as with `| head`
        return write_jsonl(records, out) if form is Format.JSONL else write_csv(records, out)


def article_record(stored: StoredArticle) -> Record:
    """One article, newest version, as a record."""
    article = stored.article
    return {
        "id": stored.number,
        "version": stored.version,
        "url": article.url,
        "outlet": article.outlet,
        "outlet_name": article.outlet_name,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "language": article.language,
        "published": rfc3339(article.published.at) if article.published else None,
        "published_origin": article.published.origin if article.published else None,
        "captured": rfc3339(article.fetched_at),
        "sha256": article.snapshot_sha256,
        "summary_only": article.summary_only,
    }


def story_record(story: Story) -> Record:
    """One story with its members and the reason each is in it."""
    first = story.first
    return {
        "id": story.id,
        "title": first.article.title,
        "first_outlet": first.article.outlet_name,
        "first_published": rfc3339(first.article.when),
        "outlets": len({m.item.article.outlet for m in story.members}),
        "articles": [member_record(m.item, m.copy_of, m.why) for m in story.members],
        "flags": len(story.flags),
    }


def member_record(item: ReadArticle, copy_of: int, why: Iterable[str]) -> Record:
    """One article of a story."""
    reading = reading_as_record(item.reading)
    return {
        "id": item.number,
        "url": item.article.url,
        "outlet": item.article.outlet,
        "title": item.article.title,
        "published": rfc3339(item.article.when),
        "copy_of": copy_of or None,
        "why": list(why),
        "relevance": reading["relevance"]["label"],
        "topics": [t["id"] for t in reading["topics"]],
    }


def claim_record(item: ReadArticle, claim: Claim) -> Record:
    """One checkable sentence with the article it stands in."""
    where = {"article": item.number, "version": item.version, "url": item.article.url}
    return {"key": claim.key, **where, **claim_as_record(claim)}


def flag_record(flagged: FlaggedClaim) -> Record:
    """One flag with its evidence and what people said of it."""
    flag = flagged.flag.value
    return {
        "key": flag.key,
        "check": flag.check,
        "check_version": flag.check_version,
        "story": flagged.story_id,
        "article": flag.article,
        "url": flagged.item.article.url,
        "outlet": flagged.item.article.outlet,
        "claim": flag.claim.text,
        "strength": round(flag.strength, 4),
        "because": list(flag.because),
        "missing": list(flag.missing),
        "evidence": [evidence_record(e) for e in flag.evidence],
        "reviews": [review_record(r) for r in flagged.reviews],
    }


def evidence_record(evidence: Evidence) -> Record:
    """One quotation with where it stands."""
    return {
        "text": evidence.text,
        "start": evidence.start,
        "end": evidence.end,
        "document": evidence.document,
        "publisher": evidence.publisher,
        "published": rfc3339(evidence.published) if evidence.published else None,
        "stance": evidence.stance.value,
        "why": evidence.why,
    }


def review_record(review: Review) -> Record:
    """One verdict of a named person."""
    return {
        "verdict": review.verdict.value,
        "reason": review.reason,
        "reviewer": review.reviewer,
        "at": rfc3339(review.at),
        "evidence": list(review.evidence),
    }


def _articles(session: Session) -> Generator[Record]:
    return (article_record(stored) for stored in iter_articles(session))


def _stories(session: Session) -> Generator[Record]:
    everything, offset = parse(""), 0
    while page := list_stories(session, everything, limit=PAGE, offset=offset).stories:
        yield from map(story_record, page)
        offset += PAGE


def _claims(session: Session) -> Generator[Record]:
    return (claim_record(item, claim) for item, claim in iter_claims(session))


def _flags(session: Session) -> Generator[Record]:
    offset = 0
    while page := list_flags(session, None, limit=PAGE, offset=offset):
        yield from map(flag_record, page)
        offset += PAGE


MAKERS: Mapping[What, Callable[[Session], Generator[Record]]] = {
    What.ARTICLES: _articles,
    What.STORIES: _stories,
    What.CLAIMS: _claims,
    What.FLAGS: _flags,
}


def write_jsonl(records: Iterable[Record], out: IO[bytes]) -> int:
    """One object a line, UTF-8."""
    written = 0
    for record in records:
        out.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        written += 1
    return written


def write_csv(records: Iterable[Record], out: IO[bytes]) -> int:
    """RFC 4180 with a header; lists and objects as JSON in their cell; a cell never starts a formula."""
    text = TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer: csv.DictWriter[str] | None = None
    written = 0
    for record in records:
        if writer is None:
            writer = csv.DictWriter(text, fieldnames=list(record))
            writer.writeheader()
        writer.writerow({key: cell(value) for key, value in record.items()})
        written += 1
    text.detach()
    return written


def cell(value: object) -> str:
    """A value as a cell: text that a spreadsheet would take for a formula is preceded by an apostrophe.

    The characters are those OWASP names for CSV injection: = + - @, tab, carriage return.
    """
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return "'" + text if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
