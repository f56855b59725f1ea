"""Real stories and articles in which errors are planted, parted by their hash (outside the project)."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlp.knowledge import Knowledge
from nlp.measure_stories import half_of, read_date
from nlp.read import read
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.library.documents import save_document
from store.types import Article, DocumentPassage, LibraryDocument, PublicationDate, ReadArticle, Scope

DAY = datetime(2021, 1, 1, tzinfo=UTC)  # for what has no date
LEAST = 300  # characters of a text worth planting in


def part_of(name: str) -> str:
    """The id of a story or document -> A, B1 or B2, by its hash alone."""
    if half_of(name) == "A":
        return "A"
    return ("B1", "B2")[hashlib.sha256(f"planted-2:{name}".encode()).digest()[0] % 2]


def stories(folder: Path, most: int) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Data folder -> at most so many stories with their articles, in an order that the hash gives.

    Raises:
        OSError: when a file cannot be read.

    """
    by_story: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(folder / "clustering/vims/vims.jsonl.gz"):
        by_story[row["cluster"]].append(row)
    yield from sorted(by_story.items(), key=lambda story: _turn(story[0]))[:most]


def documents(folder: Path, most: int) -> list[Mapping[str, Any]]:
    """Data folder -> at most so many single articles, in an order that the hash gives.

    Raises:
        OSError: when a file cannot be read.

    """
    rows = (row for row in _rows(folder / "classification/unc/unc.jsonl.gz") if len(row["text"]) >= LEAST)
    return sorted(rows, key=lambda row: _turn(row["id"]))[:most]


def item_from(name: str, number: int, told: str, published: str, knowledge: Knowledge) -> ReadArticle:
    """An article as read: its address or id, its number in a story, headline and text by lines, its day."""
    title, _, text = told.partition("\n")
    at = _read_day(published)
    outlet = name.split("/")[2] if "//" in name else "unc"
    article = Article(
        url=name,
        outlet=outlet,
        outlet_name=outlet,
        scope=Scope.DOMESTIC,
        title=title,
        text=text,
        language="vi",
        published=PublicationDate(at, "given", 1.0),
    )
    return ReadArticle(number, 1, article, read(article, knowledge), at)


def keep_library(rows: Iterable[Mapping[str, Any]], place: Path) -> Sessions:
    """The articles as documents of an evidence library of their own; a passage is a paragraph."""
    engine = open_engine(f"sqlite:///{place / 'planted.db'}")
    upgrade(engine)
    sessions, archive = make_sessions(engine), Archive(place)
    with sessions.begin() as session:
        for row in rows:
            title, _, text = row["text"].partition("\n")
            body = row["text"].encode()
            document = LibraryDocument(
                title=title,
                name=f"{row['id']}.txt",
                format="txt",
                sha256=hashlib.sha256(body).hexdigest(),
                added_by="planted",
                published=_read_day(row["date"]).date(),
            )
            passages = [DocumentPassage(line) for line in text.split("\n") if line.strip()]
            save_document(session, archive, document, passages, body, now=DAY)
    return sessions


def _read_day(published: str) -> datetime:
    day = f"{published[:4]}-{published[4:6]}-{published[6:]}" if published.isdigit() else published
    return read_date(day) or DAY


def _turn(name: str) -> bytes:
    return hashlib.sha256(f"turn {name}".encode()).digest()


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
