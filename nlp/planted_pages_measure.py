"""Measures the checks that judge whole pages, on real articles made wrong on purpose (outside the project).

Headlines with another figure than the text, quotations cut short beside their document, articles printed
again 100 days later, or changed after their capture, addresses that imitate an outlet. Half A alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from nlp.changes_run import note_changes
from nlp.checks import Case, check_case
from nlp.gathering import Catalogue, gather, make_catalogue
from nlp.knowledge import Knowledge, make_knowledge
from nlp.planted import Planted, plant
from nlp.planted_pages import imitations, plant_headline, plant_quotation
from nlp.planted_texts import DAY, documents, item_from, keep_library, part_of, stories
from nlp.read import read
from store.articles import save_article
from store.database import Sessions
from store.readings import save_reading
from store.types import (
    Article,
    Flag,
    Gazetteer,
    PublicationDate,
    ReadArticle,
    Source,
    Story,
    StoryMember,
    Topic,
)

MOST = 300
PART = "A"
_HOUR, _LATER = timedelta(hours=1), timedelta(days=100)
# what tells its own age is told again as old: no error
_DAY_NAMED = re.compile(
    r"\b(?:19|20)\d\d\b|\d[/-]\d|\bngày \d|\btháng \d|\bnăm (?:ngoái|trước)|\bcách đây\b", re.IGNORECASE
)
_ELSEWHERE = "ban-sao.example"


class Tried(NamedTuple):
    """One page made wrong for one check, and whether that check said so, with evidence."""

    check: str
    id: str
    found: bool


@dataclass(frozen=True, slots=True)
class _Press:
    """Where the articles are kept as they were, what reads them, and what the checks know beside them."""

    sessions: Sessions
    knowledge: Knowledge
    catalogue: Catalogue


def try_pages(
    folder: Path,
    *,
    gazetteer: Gazetteer,
    topics: Sequence[Topic],
    sources: Sequence[Source],
    most: int = MOST,
) -> list[Tried]:
    """Data folder -> every page made wrong; `most` articles, about half of which fall into half A.

    Raises:
        OSError: when a file cannot be read.

    """
    catalogue = make_catalogue(sources, gazetteer)
    rows = [row for row in (*documents(folder, most), *_members(folder, most)) if part_of(row["id"]) == PART]
    with TemporaryDirectory() as place:
        sessions = keep_library(rows, Path(place))
        press = _Press(sessions, make_knowledge(gazetteer, topics), catalogue)
        tried = [one for row in rows for one in _try_one(row, press)]
    return tried + list(_try_addresses(rows, press))


def _members(folder: Path, most: int) -> Iterator[Mapping[str, Any]]:
    """The articles of stories; only these have a headline: of the single ones the first line is the lead."""
    for _, rows in stories(folder, most):
        for row in rows:
            text = f"{row['title']}\n{row['text']}"
            yield {"id": row["url"], "text": text, "date": row["published"] or ""}


def _try_one(row: Mapping[str, Any], press: _Press) -> Iterator[Tried]:
    """One article, kept as it was, then with each error that it can be given."""
    whole = item_from(row["id"], 1, row["text"], row["date"], press.knowledge)
    item = _save(whole.article, press, number=0)
    article = item.article
    name = str(row["id"])
    if (title := plant_headline(article.title, article.text, seed=name)) and "://" in name:
        wrong = _alone(replace(article, title=title), press, item.number)
        yield Tried("headline", name, any(f.claim.field == "title" for f in _said(wrong, "headline", press)))
    if planted := plant_quotation(article.text, seed=name):
        text, start = planted
        wrong = _alone(_moved(article, timedelta(), text=text), press, item.number)
        said = _said(wrong, "quotations", press)
        yield Tried("quotations", name, any(f.claim.start <= start <= f.claim.end for f in said))
    if not _DAY_NAMED.search(f"{article.title}\n{article.text}"):
        again = _save(_moved(article, _LATER), press, number=0)
        yield Tried("old_event", name, bool(_said(again, "old_event", press)))
    changed = plant(article.text, Planted.FIGURE, seed=name)
    if changed is not None:
        later = replace(article, text=changed.text, fetched_at=article.fetched_at + _HOUR)
        seen = _save(later, press, number=item.number)
        note_changes(press.sessions, now=DAY)
        said = _said(seen, "edited", press)
        yield Tried("edited", name, any(f.claim.start <= changed.start < f.claim.end for f in said))


def _try_addresses(rows: Sequence[Mapping[str, Any]], press: _Press) -> Iterator[Tried]:
    """One article under every address that imitates one of the catalogue's."""
    item = item_from(rows[0]["id"], 1, rows[0]["text"], rows[0]["date"], press.knowledge)
    hosts = dict.fromkeys(host for outlet in press.catalogue.outlets for host in imitations(outlet.domain))
    for host in hosts:
        page = replace(item, article=replace(item.article, url=f"https://{host}/tin/1.html"))
        flags = check_case(Case(_story(page), outlets=press.catalogue.outlets, atlas=press.catalogue.atlas))
        yield Tried("imitated", host, any(flag.check == "imitated" for flag in flags))


def _said(item: ReadArticle, check: str, press: _Press) -> list[Flag]:
    with press.sessions() as session:
        case = gather(session, _story(item), press.catalogue)
    return [flag for flag in check_case(case) if flag.check == check and flag.evidence]


def _story(item: ReadArticle) -> Story:
    return Story("s", (StoryMember(item, 0, ()),))


def _alone(article: Article, press: _Press, number: int) -> ReadArticle:
    """An article read, and not kept."""
    return ReadArticle(number, 1, article, read(article, press.knowledge), article.when)


def _moved(article: Article, by: timedelta, *, text: str = "") -> Article:
    """The same as another outlet prints it, so much later."""
    at = PublicationDate(article.when + by, "given", 1.0)
    url = f"https://{_ELSEWHERE}/{by.days}/{article.url.rpartition('/')[2]}"
    return replace(
        article, url=url, outlet=_ELSEWHERE, outlet_name=_ELSEWHERE, published=at, text=text or article.text
    )


def _save(article: Article, press: _Press, *, number: int) -> ReadArticle:
    """Keep an article, or with a `number` the later version of one that is kept."""
    reading = read(article, press.knowledge)
    with press.sessions.begin() as session:
        stored = save_article(session, article, now=article.when)
        save_reading(session, stored.number, stored.version, reading, now=article.when)
    if number and stored.number != number:
        raise ValueError(f"{article.url} became another article ({stored.number}), not a version of {number}")
    return ReadArticle(stored.number, stored.version, article, reading, article.when)
