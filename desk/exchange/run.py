"""Between the store and the world's form of reviews: what goes into a file, and what is kept of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from crawler.documents.reading import File
from desk.exchange.reading import Fault, read_reviews
from desk.exchange.writing import Office, Reviewed, choose, make_feed
from store.articles import find_article
from store.database import Sessions
from store.published import save_published
from store.reviews import reviews_after, stories_of_reviews
from store.types import Review, Verdict

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Written:
    """How many reviews went into the file, and the claims that did not, because stories disagree on them."""

    count: int
    disputed: tuple[str, ...]


@dataclass(slots=True)
class Taken:
    """How many published reviews were new and known, and what was not taken."""

    new: int = 0
    known: int = 0
    undated: int = 0  # kept without a day: they give none, or one that is yet to come
    faults: list[Fault] = field(default_factory=list)


def write_reviews(
    session: Session, office: Office, out: IO[bytes], *, now: datetime, words: Callable[[Verdict], str]
) -> Written:
    """Write all verdicts that can go out as one JSON-LD DataFeed. Nothing is published by this.

    Raises:
        ValueError: when the office has no name: a review needs somebody who stands for it.

    """
    if not office.name.strip():
        raise ValueError("the office has no name")
    chosen, disputed = choose(
        stories_of_reviews(session, (review for _, review in reviews_after(session, 0)))
    )
    reviewed = [_reviewed(session, reviews) for reviews in chosen]
    text = json.dumps(make_feed(reviewed, office, now=now, words=words), ensure_ascii=False, indent=1)
    # as it stands it may be put into a page: no headline can end the script element
    out.write(text.replace("<", "\\u003c").encode("utf-8", "replace") + b"\n")
    return Written(len(reviewed), tuple(disputed))


def take_in(sessions: Sessions, file: File, *, by: str) -> Taken:
    """Keep the published reviews in a file as earlier answers; a record that cannot be used is told.

    They are evidence with a publisher and an address, and never become the office's verdict.
    """
    taken = Taken()
    today = file.now.astimezone(_HERE).date()
    found = read_reviews(file.body, by=by, today=today, url=file.url, content_type=file.content_type)
    batch = []
    for each in found:
        if isinstance(each, Fault):
            taken.faults.append(each)
        else:
            batch.append(each)
            taken.undated += each.published is None
    for start in range(0, len(batch), _AT_ONCE):
        with sessions.begin() as session:
            for review in batch[start : start + _AT_ONCE]:
                if save_published(session, review, now=file.now):
                    taken.new += 1
                else:
                    taken.known += 1
    return taken


def _reviewed(session: Session, reviews: tuple[Review, ...]) -> Reviewed:
    """A claim's standing verdicts, newest first -> the newest, and all articles, the oldest first."""
    stored = [find_article(session, number) for number in dict.fromkeys(r.article for r in reviews)]
    articles = [each.article for each in stored if each is not None]
    return Reviewed(reviews[0], tuple(sorted(articles, key=lambda article: article.when)))
