"""`diembao export`: what is stored, as JSON Lines, CSV or (places) GeoJSON. No export by person exists."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from enum import StrEnum
from io import TextIOWrapper
from typing import IO, Any

from sqlalchemy.orm import Session

from desk.filters.read import claim_as_record, reading_as_record
from desk.filters.times import rfc3339
from desk.geojson import iter_happenings, place_records, write_geojson
from nlp.summaries.article import SUMMARY_VERSION
from nlp.summaries.standing import Standing, find_standing
from nlp.summaries.story import summarise_story
from store.articles import StoredArticle, iter_articles
from store.claims import FlaggedClaim, iter_claims, list_flags
from store.readings import find_read
from store.search import parse
from store.stories import list_stories
from store.types import Claim, Evidence, Gazetteer, ReadArticle, Reading, Review, Story

Record = dict[str, Any]
PAGE = 200


class What(StrEnum):
    """What can be exported."""

    ARTICLES = "articles"
    STORIES = "stories"
    CLAIMS = "claims"
    FLAGS = "flags"
    PLACES = "places"
    CLAIMREVIEW = "claimreview"  # what named people found, as schema.org ClaimReview


class Format(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


class UnmappableError(ValueError):
    """Only places can be written as GeoJSON."""


def export(session: Session, what: What, form: Format, out: IO[bytes], *, gazetteer: Gazetteer) -> int:
    """Write all of one kind; returns how many records were written.

    Raises:
        UnmappableError: when something else than places is asked for as GeoJSON.

    """
    if what is What.PLACES:
        happened = place_records(iter_happenings(_iter_stories(session)), gazetteer)
        return write_geojson(happened, out) if form is Format.GEOJSON else _write(happened, form, out)
    if form is Format.GEOJSON:
        raise UnmappableError(what.value)
    with closing(MAKERS[what](session)) as records:  # also where nobody reads on, as with `| head`
        return _write(records, form, out)


def _write(records: Iterable[Record], form: Format, out: IO[bytes]) -> int:
    return write_jsonl(records, out) if form is Format.JSONL else write_csv(records, out)


def article_record(stored: StoredArticle, reading: Reading | None = None) -> Record:
    """One article, newest version, and what stands for it; `reading`: of this version, if there is one."""
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
        "summary": summary_record(find_standing(article, reading)),
    }


def summary_record(standing: Standing) -> Record:
    """Exact words of the article's lead or text (`field`), chosen by the version named."""
    excerpts = [{"text": e.text, "start": e.start, "end": e.end} for e in standing.excerpts]
    return {"version": SUMMARY_VERSION, "field": standing.field, "excerpts": excerpts}


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
        "summary": story_summary_record(story),
    }


def story_summary_record(story: Story) -> Record:
    """Exact words of the texts of the story's articles, each with the article and version it is from."""
    excerpts = [
        {
            "article": chosen.item.number,
            "version": chosen.item.version,
            "text": chosen.excerpt.text,
            "start": chosen.excerpt.start,
            "end": chosen.excerpt.end,
        }
        for chosen in summarise_story(story)
    ]
    return {"version": SUMMARY_VERSION, "excerpts": excerpts}


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
        "number": flagged.flag.number,
        "key": flag.key,
        "finding": flagged.finding,
        "check": flag.check,
        "check_version": flag.check_version,
        "story": flagged.story_id,
        "article": flag.article,
        "url": flagged.item.article.url,
        "outlet": flagged.item.article.outlet,
        "claim": flag.claim.text,
        "field": flag.claim.field,
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
    for stored in iter_articles(session):
        read = find_read(session, stored.number)
        yield article_record(stored, read.reading if read and read.version == stored.version else None)


def _stories(session: Session) -> Generator[Record]:
    return (story_record(story) for story in _iter_stories(session))


def _iter_stories(session: Session) -> Iterator[Story]:
    everything, offset = parse(""), 0
    while page := list_stories(session, everything, limit=PAGE, offset=offset).stories:
        yield from page
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
