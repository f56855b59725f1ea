"""Section and front pages -> entries: which links are articles, and what stands beside them. Pure.

Three ways, the first that finds something: the outlet's selector, its pattern of addresses, and a general
one (long link words, a number, date or long name in the path). A redesign costs entries, never silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler import words
from crawler.addresses import urls
from crawler.feeds import syndication as feeds
from crawler.pages import dates
from crawler.pages.charset import decode
from crawler.pages.markup import one_line, parse_html
from store.types import FeedEntry

MAX_LINKS = 5000  # of one page; the fullest front page of the catalogue has some 600
MAX_TITLE = 300  # characters; more is a whole card in one link
_LEVELS = 7  # from a link up to the box that holds one article

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FURNITURE = {"nav", "footer"}
_FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navbar|footer|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|datetime|ngay|post-?date|meta-date)(?:$|[\s_-])", re.IGNORECASE
)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|tu-khoa|tim-kiem|search|tac-gia|author|chuyen-muc|category|rss|video|podcast|infographic|lien-he"
    r"|dang-nhap|login)(?:[/.]|$)|\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png|mp[34])$",
    re.IGNORECASE,
)
_DATE_IN_PATH = re.compile(r"/20\d\d[/-]?(?:0[1-9]|1[0-2])(?:[/-]?(?:[0-2]\d|3[01]))?/")
_NUMBER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of an outlet's section pages; "" where nothing is. Selectors are CSS."""

    link: str = ""  # the <a> of articles
    address: str = ""  # a pattern searched in path and query of an article's address
    item: str = ""  # the box round one article; "": the largest round links to the same article only
    lead: str = ""  # inside the box
    date: str = ""  # inside the box; "": <time>, or a class that says date


@dataclass(frozen=True, slots=True)
class _Link:
    element: HtmlElement
    url: str

    @property
    def place(self) -> str:
        """Path and query."""
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def read(
    body: bytes, *, url: str, layout: Layout, content_type: str = "", zone: tzinfo = dates.VIETNAM
) -> feeds.FeedResult | feeds.NotAFeed:
    """Read a page of links.

    Args:
        body: the page as received, uncompressed.
        url: its address, after redirects; only links to the same registrable domain count.
        layout: what is known of the outlet.
        content_type: as the server said.
        zone: assumed for dates without one.

    Returns:
        One entry for each article in the page's order; `general` tells that the outlet's own selector and
        pattern found nothing. Or why there are none, in words that tell how many links there were.

    """
    if len(body) > feeds.MAX_BYTES:
        limit = feeds.MAX_BYTES // 1024 // 1024
        return feeds.NotAFeed(words.FEED_TOO_BIG.format(limit=limit, size=len(body)))
    tree = parse_html(decode(body, content_type))
    if tree is None:
        return feeds.NotAFeed(words.EMPTY_PAGE)
    links = _links(tree, url)
    for general, way in _ways(tree, layout):
        chosen = [link for link in links if way(link)]
        entries = _entries(chosen, layout, zone)
        if entries:
            return feeds.FeedResult(entries[: feeds.MAX_ENTRIES], general=general)
    return feeds.NotAFeed(words.NO_ARTICLE_LINKS.format(count=len(links)))


def _links(tree: HtmlElement, url: str) -> list[_Link]:
    """All links to pages of the same site, without this page itself and the front page."""
    own = urls.site(url)
    passed_over = {urls.canonical(url), urls.canonical(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/")}
    found = []
    for element in list(tree.iter("a"))[:MAX_LINKS]:
        address = urls.absolute(element.get("href", ""), url)
        if not address or "nofollow" in element.get("rel", "").lower().split():
            continue
        try:
            address = urls.canonical(address)
            if urls.site(address) == own and address not in passed_over:
                found.append(_Link(element, address))
        except urls.UnusableAddressError:
            continue  # a link that leads to no web page is none
    return found


_Way = Callable[[_Link], bool]


def _ways(tree: HtmlElement, layout: Layout) -> list[tuple[bool, _Way]]:
    """The ways to tell articles, surest first; True marks the general one where others are known."""
    ways: list[tuple[bool, _Way]] = []
    pattern = re.compile(layout.address)
    if layout.link:
        chosen = set(tree.cssselect(layout.link))
        ways.append((False, lambda link: link.element in chosen and bool(pattern.search(link.place))))
    if layout.address:
        ways.append((False, lambda link: bool(pattern.search(link.place))))
    ways.append((bool(ways), looks_like_article))
    return ways


def looks_like_article(link: _Link) -> bool:
    """Whether a link leads to an article as far as its words, its path and its place on the page tell."""
    path = urlsplit(link.url).path
    text = _words_of(link.element)
    if len(text) < 25 or len(text.split()) < 5 or _NO_ARTICLE.search(path) or _is_furniture(link.element):
        return False
    name = path.rstrip("/").rpartition("/")[2]
    return name.count("-") >= 4 or bool(_NUMBER.search(link.place)) or bool(_DATE_IN_PATH.search(path))


def _is_furniture(element: HtmlElement) -> bool:
    return any(
        above.tag in _FURNITURE or _FURNITURE_CLASS.search(above.get("class", ""))
        for above in element.iterancestors()
    )


def _words_of(element: HtmlElement) -> str:
    """The title a link shows: a heading inside it, its words, its `title`, its picture's `alt`."""
    heading = next(element.iter(*_HEADINGS), None)
    text = one_line(str((heading if heading is not None else element).text_content()))
    whole = one_line(element.get("title", ""))
    if whole and (not text or len(text) > MAX_TITLE or text.endswith(("...", "…"))):
        return whole
    picture = next(element.iter("img"), None)
    return text or (one_line(picture.get("alt", "")) if picture is not None else "")


def _entries(links: Sequence[_Link], layout: Layout, zone: tzinfo) -> tuple[FeedEntry, ...]:
    by_address: dict[str, list[_Link]] = {}
    for link in links:
        by_address.setdefault(link.url, []).append(link)
    crowds = _crowds(by_address)
    made = (_entry(url, group, layout, zone, crowds) for url, group in by_address.items())
    return tuple(entry for entry in made if entry.title)


def _crowds(by_address: Mapping[str, Iterable[_Link]]) -> Counter[HtmlElement]:
    """How many different articles each element near a link holds."""
    crowds: Counter[HtmlElement] = Counter()
    for group in by_address.values():
        above = {element for link in group for element in _near(link.element)}
        crowds.update(above)
    return crowds


def _near(element: HtmlElement) -> list[HtmlElement]:
    return [element, *(above for above, _ in zip(element.iterancestors(), range(_LEVELS), strict=False))]


def _entry(
    url: str, group: Sequence[_Link], layout: Layout, zone: tzinfo, crowds: Counter[HtmlElement]
) -> FeedEntry:
    box = _box(group, layout, crowds)
    return FeedEntry(
        url=url,
        title=_title(group),
        summary=_text_at(box, layout.lead),
        published=_date(box, layout, zone),
        guid=url,
    )


def _title(group: Sequence[_Link]) -> str:
    """The words of the link in a heading, else the longest that are no whole card."""
    titles = [
        (_in_heading(link.element), len(text), text) for link in group if (text := _words_of(link.element))
    ]
    fitting = [title for title in titles if title[1] <= MAX_TITLE]
    return max(fitting or titles, default=(False, 0, ""))[2][: MAX_TITLE * 2]


def _in_heading(element: HtmlElement) -> bool:
    if next(element.iter(*_HEADINGS), None) is not None:
        return True
    return any(above.tag in _HEADINGS for above in _near(element)[1:4])


def _box(group: Sequence[_Link], layout: Layout, crowds: Counter[HtmlElement]) -> HtmlElement:
    """What belongs to one article: the outlet's box, or the largest element with no other article in it."""
    if layout.item:
        boxes = set(group[0].element.getroottree().getroot().cssselect(layout.item))
        above = (element for link in group for element in _near(link.element) if element in boxes)
        return next(above, group[0].element)
    alone = [[e for e in _near(link.element) if crowds[e] == 1] for link in group]
    return max(alone, key=len)[-1]


def _text_at(box: HtmlElement, selector: str) -> str:
    found = box.cssselect(selector) if selector else []
    return one_line(str(found[0].text_content()))[: feeds.MAX_SUMMARY] if found else ""


def _date(box: HtmlElement, layout: Layout, zone: tzinfo) -> datetime | None:
    if layout.date:
        places = box.cssselect(layout.date)
    else:
        places = [e for e in box.iter() if e.tag == "time" or _DATE_CLASS.search(e.get("class", ""))]
    for place in places:
        for text in (place.get("datetime", ""), place.get("title", ""), one_line(str(place.text_content()))):
            found = dates.parse(text, zone=zone) if text else None
            if found is not None and not found.day_only:  # a day alone would hide the hour the page tells
                return found.at
    return None
