"""ClaimReviews that others published, out of JSON-LD, a page or a feed. Everything in it is hostile. Pure.

What cannot be used is told, record by record, and the rest goes on. Names of persons are not read: neither
who made a claim nor who reviewed it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from crawler.documents.parsed import in_english, make_note
from crawler.pages.charset import decode
from crawler.pages.markup import one_line, parse_html, plain
from desk.exchange.ratings import read_leaning
from desk.json_faults import explain_json
from store.types import ImpossibleValueError, Note, PublishedReview

MOST_BYTES = 10 * 1024 * 1024
MOST_NODES = 100_000  # objects and lists looked at in one file
MOST_REVIEWS = 10_000
_MOST_CLAIM = 2_000  # characters; a claim is a sentence
_MOST_WORDS = 200
_MOST_URL = 2_000
_MOST_APPEARANCES = 20
# where reviews lie in feeds and pages; nothing else is looked into, so no review of a review is taken
_INSIDE = ("@graph", "dataFeedElement", "item", "itemListElement", "mainEntity", "hasPart", "review")
_DECEPTIVE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_t = in_english

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A record (from 1, 0: the whole file) that was not taken, and why."""

    record: int
    why: Note


class _BadError(Exception):
    """A record that cannot be used."""

    def __init__(self, msgid: str, **values: object) -> None:
        super().__init__(msgid)
        self.note = make_note(msgid, **values)


def read_reviews(
    body: bytes, *, by: str, today: date, url: str = "", content_type: str = ""
) -> Iterator[PublishedReview | Fault]:
    """A file or an answer -> its reviews and faults, in the order in which they stand.

    Args:
        body: JSON-LD (one review, a list, a graph, a DataFeed) or a page that holds such.
        by: who reads it in, for the audit log.
        today: the office's day; what is dated later loses its date.
        url: where it was asked for, "" for a file; stands in for a review without an address of its own.
        content_type: as the server says.

    """
    if len(body) > MOST_BYTES:
        most = f"{MOST_BYTES >> 20} MiB"
        yield Fault(0, make_note(_t("It is larger than {most}: nothing of it was read."), most=most))
        return
    blocks: list[Any] = []
    for block in _load_blocks(body, content_type):
        if isinstance(block, Fault):
            yield block
        else:
            blocks.append(block)
    found = 0
    for node in _walk(blocks):
        if isinstance(node, Fault):
            yield node
            return
        found += 1
        if found > MOST_REVIEWS:
            yield Fault(found, make_note(_t("Only the first {most} reviews were read."), most=MOST_REVIEWS))
            return
        try:
            yield _review_from(node, by=by, today=today, url=url)
        except _BadError as bad:
            yield Fault(found, bad.note)
        except ImpossibleValueError as error:
            yield Fault(found, make_note(_t("It cannot be used: {error}."), error=error))
    if blocks and not found:
        yield Fault(0, make_note(_t("There is no ClaimReview in it.")))


def _load_blocks(body: bytes, content_type: str) -> Iterator[Any | Fault]:
    """The JSON of a file, or of every JSON-LD script of a page; a fault for each that cannot be read."""
    whole = decode(body, content_type)
    text = whole.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        skipped = whole[: len(whole) - len(text)]
        scripts = [(text, 1 + skipped.count("\n"))]
    else:
        tree = parse_html(text)
        found = () if tree is None else tree.iter("script")
        marked = (script for script in found if "ld+json" in script.get("type", ""))
        scripts = [(script.text or "", script.sourceline or 1) for script in marked]
    if not scripts:
        yield Fault(0, make_note(_t("It is neither JSON-LD nor a page that holds any.")))
    for script, line in scripts:
        yield _load(script, line)


def _load(text: str, first_line: int) -> Any | Fault:
    """`first_line`: the line of its file on which the text begins."""
    fault: Exception = ValueError()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except RecursionError as error:
            return Fault(0, explain_json(error))
        except ValueError as error:
            fault = error
    return Fault(0, explain_json(fault, first_line=first_line))


def _walk(blocks: list[Any]) -> Iterator[Node | Fault]:
    """Every ClaimReview, in order; a loop instead of recursion, so that depth costs nothing."""
    waiting = list(reversed(blocks))
    seen = 0
    while waiting:
        seen += 1
        if seen > MOST_NODES:
            yield Fault(
                0, make_note(_t("It holds more than {most} objects: the rest was not read."), most=MOST_NODES)
            )
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict) and "ClaimReview" in _types(node):
            yield node
        elif isinstance(node, dict):
            waiting.extend(node[key] for key in reversed(_INSIDE) if isinstance(node.get(key), dict | list))


def _types(node: Node) -> set[str]:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names[:10] if isinstance(name, str)}


def _review_from(node: Node, *, by: str, today: date, url: str) -> PublishedReview:
    claim = _words(node.get("claimReviewed"), most=_MOST_CLAIM + 1)
    if not claim:
        raise _BadError(_t("It does not say which claim was reviewed (claimReviewed)."))
    if len(claim) > _MOST_CLAIM:
        raise _BadError(_t("Its claim is longer than {most} characters."), most=_MOST_CLAIM)
    rating = _first(node.get("reviewRating"))
    words = _rating_words(rating)
    if not words:
        raise _BadError(_t("It does not say what came of the review (reviewRating)."))
    address = _address(node.get("url")) or _address(url)
    if not address:
        raise _BadError(_t("It has no address (url) at which it can be looked up."))
    return PublishedReview(
        claim=claim,
        rating=words,
        leaning=read_leaning(words, rating),
        publisher=_publisher(node) or (urlsplit(address).hostname or ""),
        url=address,
        published=_day(node.get("datePublished"), today),
        appearances=tuple(dict.fromkeys(_appearances(_first(node.get("itemReviewed")))))[:_MOST_APPEARANCES],
        added_by=by,
    )


def _rating_words(rating: Node) -> str:
    """A rating's own words; where it has only a number, the number with its scale."""
    words = _words(rating.get("alternateName"), most=_MOST_WORDS)
    value = rating.get("ratingValue")
    if words or isinstance(value, bool) or not isinstance(value, int | float | str) or not str(value).strip():
        return words
    best = rating.get("bestRating")
    scale = f"/{best}" if isinstance(best, int | float | str) and not isinstance(best, bool) else ""
    return _words(f"{value}{scale}", most=40)


def _publisher(node: Node) -> str:
    """The name of the organisation; a person's name is not taken."""
    for key in ("publisher", "author"):
        values = node.get(key)
        for value in values[:10] if isinstance(values, list) else [values]:
            if isinstance(value, dict) and _types(value) and "Person" not in _types(value):
                name = _words(value.get("name"), most=_MOST_WORDS)
                if name:
                    return name
    return ""


def _appearances(claim: Node) -> Iterator[str]:
    for key in ("firstAppearance", "appearance"):
        values = claim.get(key)
        for value in values[: 2 * _MOST_APPEARANCES] if isinstance(values, list) else [values]:
            found = _address(value.get("url") or value.get("@id") if isinstance(value, dict) else value)
            if found:
                yield found


def _first(value: object) -> Node:
    """An object, or the first of a list of them; an empty one for anything else."""
    while isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}


def _words(value: object, *, most: int) -> str:
    """A text as one line of what a reader would see; "" for anything that is no text."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return ""
    return _DECEPTIVE.sub("", one_line(plain(value[: 10 * most])))[:most]


def _address(value: object) -> str:
    """An http(s) address that people can be given; "" for anything else, and where a password is in it."""
    if not isinstance(value, str) or len(value) > _MOST_URL or _DECEPTIVE.search(value):
        return ""
    text = value.strip()
    try:
        parts = urlsplit(text)
        is_plain = parts.username is None and parts.password is None and bool(parts.hostname)
    except ValueError:
        return ""
    return (
        text
        if parts.scheme in ("http", "https") and is_plain and text.isprintable() and " " not in text
        else ""
    )


def _day(value: object, today: date) -> date | None:
    """A calendar day; None where there is none, and where it is yet to come."""
    try:
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day is not None and day <= today + timedelta(days=1) else None
