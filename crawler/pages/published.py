"""When a page was published: whose word is heard first, and how far it is trusted. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import date as Day  # noqa: N812 - a class of the standard library that has no capital
from itertools import islice
from urllib.parse import urlsplit

import htmldate
from lxml.html import HtmlElement

from crawler.pages import dates, structured
from crawler.pages.markup import is_huge, one_line
from store.types import FeedEntry, PublicationDate

PLAUSIBLE = 0.5  # confidence below which a date is a guess: shown, but no part of a count by day or a spike

# In the order in which they are believed; all mean first publication, never the last change.
_METAS = (
    "article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate", "publish-date",
    "dc.date.issued", "dcterms.created", "sailthru.date", "parsely-pub-date", "article_date_original",
    "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
_VAGUE_METAS = ("dc.date", "date")  # which some systems fill with the last change
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|ngay|publish(?:ed)?|pubdate|post-?date|date-?time)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    r"^(?:(?:first )?published|posted|veröffentlicht|publié|publicado|"
    r"đăng (?:lúc|ngày|tải)|đăng\s*:|ngày đăng|xuất bản)",
    re.IGNORECASE,
)
_SAYS_CHANGED = re.compile(
    r"^(?:last )?(?:updated|modified|aktualisiert|mis à jour|cập nhật|sửa)\b", re.IGNORECASE
)
_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)|/((?:19|20)\d\d)(\d\d)(\d\d)(?:[/_-]|$)"
)
_MAX_CANDIDATES = 40
_MAX_LOOKED_AT = 120  # elements whose text is read: a page of nothing but dates costs no more than this
_BEFORE_HEADING = 3  # dates shown above the headline that are looked at: the nearest ones
_LIST = 3  # so many different dates in elements that look alike are a list of other articles
_DAY_ONLY = 0.7  # of the trust in a voice that does not know the hour
_CAPTURE = timedelta(seconds=30)  # a date so close to the capture is the clock of the server


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a date, whose they are and how far that is believed."""

    words: str
    origin: str
    trust: float
    look: str = ""  # tag and class of where it is shown


@dataclass(frozen=True, slots=True)
class Voice:
    """A date that can be true, the day as written (in the zone of the string), and whether it has no hour."""

    date: PublicationDate
    day: Day
    day_only: bool


def _declared(tree: HtmlElement, node: structured.Node, metas: Mapping[str, str]) -> Iterator[Candidate]:
    yield Candidate(structured.text(node, "datePublished"), "json-ld", 0.98)
    for name in _METAS:
        if name in metas:
            yield Candidate(metas[name], "meta", 0.95)
    for element in tree.xpath('//*[@itemprop="datePublished"]')[:3] if not node else ():
        yield Candidate(_words_of(element, "datetime", "content"), "meta", 0.92)


def _vague(metas: Mapping[str, str]) -> Iterator[Candidate]:
    yield from (Candidate(metas[name], "meta", 0.75) for name in _VAGUE_METAS if name in metas)


def _words_of(element: HtmlElement, *attributes: str) -> str:
    said = (element.get(name, "") for name in attributes)
    return next(filter(None, said), "") or one_line(str(element.text_content())[: dates.MAX_TEXT * 2])


def _shown(tree: HtmlElement) -> Iterator[Candidate]:
    """Dates shown on the page: from the headline on, then the nearest above it.

    Above the headline many outlets show today's date, and some the article's own.
    """
    above: list[Candidate] = []
    below: list[Candidate] = []
    heading = next(tree.iter("h1"), None)
    side = below if heading is None else above
    left = _MAX_LOOKED_AT
    for element in tree.iter("h1", "time", "span", "div", "p", "li", "em", "i", "b", "small"):
        if element is heading:
            side = below
        elif left and len(below) < _MAX_CANDIDATES and (found := _candidate_of(element)) is not None:
            side.append(found)
            left -= 1
    yield from _without_lists(below)
    yield from (replace(one, trust=0.6) for one in _without_lists(above[-_BEFORE_HEADING:]))


def _candidate_of(element: HtmlElement) -> Candidate | None:
    classes = element.get("class", "")
    look = f"{element.tag}.{classes}"
    if element.tag == "time":
        return Candidate(_words_of(element, "datetime"), "page", 0.8, look)
    if _SAYS_PUBLISHED.match((element.text or "").strip()[:40]):
        return Candidate(_words_of(element), "page", 0.85, look)
    return Candidate(_words_of(element), "page", 0.75, look) if _DATE_CLASS.search(classes) else None


def _without_lists(candidates: list[Candidate]) -> Iterator[Candidate]:
    """Drop dates that look like two or more others with other words; those of changes come last."""
    looks = Counter(look for look, _ in {(one.look, one.words) for one in candidates})
    alone = [one for one in candidates if looks[one.look] < _LIST]
    yield from (one for one in alone if not _SAYS_CHANGED.match(one.words))
    yield from (replace(one, trust=0.6) for one in alone if _SAYS_CHANGED.match(one.words))


def _selected(tree: HtmlElement, selector: str) -> Iterator[Candidate]:
    for element in tree.cssselect(selector)[:3] if selector else ():
        yield Candidate(_words_of(element, "datetime"), "page", 0.85)


def _around(tree: HtmlElement, url: str) -> Iterator[Candidate]:
    """The day in the address, or in the title of the page."""
    path = _PATH.search(urlsplit(url).path)
    if path is not None:
        yield Candidate("-".join(part for part in path.groups() if part), "address", 0.75)
    title = next(tree.iter("title"), None)
    if title is not None:
        yield Candidate(one_line(str(title.text_content()))[-40:], "title", 0.72)


def _hear(candidates: Iterable[Candidate], zone: tzinfo, fetched_at: datetime) -> Iterator[Voice]:
    for one in candidates:
        found = dates.parse(one.words, zone=zone, near=fetched_at) if one.words else None
        if found is None or found.day is None or dates.find_fault(found.at, fetched_at):
            continue
        trust = one.trust * (_DAY_ONLY if found.day_only else found.confidence)
        if abs(found.at - fetched_at) < _CAPTURE and one.origin != "feed":
            trust = min(trust, PLAUSIBLE - 0.1)
        yield Voice(PublicationDate(found.at, one.origin, round(trust, 2)), found.day, found.day_only)


def _by_htmldate(tree: HtmlElement, url: str, fetched_at: datetime) -> Iterator[Candidate]:
    if is_huge(tree):
        return
    found = htmldate.find_date(
        tree, original_date=True, extensive_search=True, url=url, max_date=fetched_at.strftime("%Y-%m-%d")
    )
    if found and not found.endswith("-01-01"):  # what it makes of a bare year in a copyright line
        yield Candidate(found, "htmldate", 0.7)


def _from_feed(entry: FeedEntry | None, zone: tzinfo, fetched_at: datetime) -> Iterator[Voice]:
    if entry is not None and entry.published is not None:
        at = entry.published.astimezone(UTC)
        if not dates.find_fault(at, fetched_at):
            yield Voice(PublicationDate(at, "feed", 0.85), at.astimezone(zone).date(), day_only=False)


def _agree(one: Voice, other: Voice) -> bool:
    return one.day == other.day or abs(one.date.at - other.date.at) < timedelta(hours=36)


def _weighed(voice: Voice, others: Iterable[Voice]) -> Voice:
    """Raise the confidence where another origin agrees; lower it where one as trusted does not."""
    confidence = voice.date.confidence
    same = {voice.date.origin, "htmldate"}  # which reads what the others have read
    strangers = [one for one in others if one.date.origin not in same]
    if any(_agree(voice, one) for one in strangers):
        confidence += (1 - confidence) / 4
    elif any(one.date.confidence >= confidence - 0.15 for one in strangers):
        confidence *= 0.8
    return replace(voice, date=replace(voice.date, confidence=round(confidence, 2)))


def find_voice(
    tree: HtmlElement,
    node: structured.Node,
    metas: Mapping[str, str],
    *,
    url: str,
    entry: FeedEntry | None,
    fetched_at: datetime,
    zone: tzinfo,
    selector: str = "",
) -> Voice | None:
    """As `find`, with the day as it is written."""
    feed = list(_from_feed(entry, zone, fetched_at))
    voices = [*_hear(_declared(tree, node, metas), zone, fetched_at), *feed]
    around = list(_hear(_around(tree, url), zone, fetched_at))
    if not any(one.date.confidence >= PLAUSIBLE and not one.day_only for one in voices):
        shown = (*_selected(tree, selector), *islice(_shown(tree), _MAX_CANDIDATES), *_vague(metas))
        voices += _hear(shown, zone, fetched_at)
    sure = [one for one in voices if one.date.confidence >= PLAUSIBLE]
    if not sure and not around:
        voices += _hear(_by_htmldate(tree, url, fetched_at), zone, fetched_at)
    ranked = [*sure, *around, *(one for one in voices if one.date.confidence < PLAUSIBLE)]
    if not ranked:
        return None
    finer = (one for one in ranked if not one.day_only and one.date.confidence >= PLAUSIBLE)
    best = next((one for one in finer if _agree(ranked[0], one)), ranked[0])
    return _weighed(best, ranked)


def find(
    tree: HtmlElement,
    node: structured.Node,
    metas: Mapping[str, str],
    *,
    url: str,
    entry: FeedEntry | None,
    fetched_at: datetime,
    zone: tzinfo,
    selector: str = "",
) -> PublicationDate | None:
    """Find the time of publication.

    Heard in this order: JSON-LD, `<meta>`, the feed's entry, dates shown on the page, the address and the
    page's title, htmldate. A date in the future of `fetched_at` is passed over for the next. Where a page
    declares the day only, a later voice that agrees on the day and knows the hour is taken.

    Args:
        tree: the parsed page; unchanged by this.
        node: its JSON-LD article.
        metas: its `<meta>` values, from `metadata.meta_values`.
        url: its address, in which the day may stand.
        entry: what the feed said of it.
        fetched_at: when it was received (aware).
        zone: assumed where a date names none.
        selector: CSS of the outlet's own place for the date; heard first among the dates shown.

    Returns:
        The date with its origin and a confidence from 0 to 1: higher where two origins agree, lower where
        they do not; below PLAUSIBLE where it is the moment of capture, a guess of htmldate alone, or has no
        year.

    """
    voice = find_voice(
        tree, node, metas, url=url, entry=entry, fetched_at=fetched_at, zone=zone, selector=selector
    )
    return voice.date if voice else None
