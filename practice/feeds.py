"""Writes an outlet's lists of articles: RSS 2.0, Atom, JSON Feed, news sitemap, with date quirks. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from typing import Any

from lxml import etree

from practice.stories import VIETNAM
from practice.values import FeedDesign, Outlet, PressArticle

Element = etree._Element  # noqa: SLF001 (lxml gives its element type no public name)
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
BROKEN_DATE = "32/13/2026 25:61"
_UTC7 = timezone(timedelta(hours=7))


def make_feed(design: FeedDesign, outlet: Outlet, articles: Sequence[PressArticle]) -> tuple[str, bytes]:
    """(content type, bytes) of a feed in the form its design names; articles newest first."""
    writers: dict[str, tuple[str, Callable[[FeedDesign, Outlet, Sequence[PressArticle]], bytes]]] = {
        "rss": ("application/rss+xml; charset=utf-8", _rss),
        "rss_cdata": ("text/xml; charset=utf-8", _rss),
        "atom": ("application/atom+xml; charset=utf-8", _atom),
        "json": ("application/feed+json; charset=utf-8", _json_feed),
        "sitemap": ("application/xml; charset=utf-8", _sitemap),
    }
    content_type, write = writers[design.form]
    return content_type, write(design, outlet, articles)


def link_of(article: PressArticle, outlet: Outlet) -> str:
    """The address a feed gives: the canonical one with the outlet's tracking parameters."""
    return outlet.base_url + article.path + (f"?{outlet.tracking}" if outlet.tracking else "")


def date_words(article: PressArticle, style: str) -> str:
    """The publication time as such a feed writes it; "" where the feed gives none."""
    if article.trouble == "broken_date":
        return BROKEN_DATE
    local = article.published.astimezone(_UTC7)
    return {
        "rfc": format_datetime(local),
        "us": _us_date(local),
        "two_digit": local.strftime("%a, %d %b %y %H:%M:%S +0700"),
        "short_zone": local.strftime("%a, %d %b %Y %H:%M:%S +07"),
        "iso": local.isoformat(),
        "none": "",
    }[style]


def _us_date(at: datetime) -> str:
    # as one large Vietnamese outlet writes it: no zone, and a narrow no-break space before AM or PM
    return f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S}\u202f{at:%p}"


def _bytes(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _node(tag: str, *content: str | Element, namespace: str = "", **attributes: str) -> Element:
    """An element with text, children or both; `namespace` is the address in front of the tag."""
    nsmap: dict[Any, str] | None = {None: namespace} if namespace else None
    node = etree.Element(f"{{{namespace}}}{tag}" if namespace else tag, attributes, nsmap)
    for part in content:
        if isinstance(part, str):
            node.text = part
        else:
            node.append(part)
    return node


def _rss(design: FeedDesign, outlet: Outlet, articles: Sequence[PressArticle]) -> bytes:
    channel = _node(
        "channel",
        _node("title", outlet.name),
        _node("link", outlet.base_url + "/"),
        _node("description", outlet.look.slogan),
        _node("language", outlet.language),
        *(_rss_item(design, outlet, article) for article in articles),
    )
    return _bytes(_node("rss", channel, version="2.0"))


def _rss_item(design: FeedDesign, outlet: Outlet, article: PressArticle) -> Element:
    cdata = design.form == "rss_cdata"
    item = _node(
        "item",
        _maybe_cdata(_node("title"), article.title, cdata=cdata),
        _node("link", link_of(article, outlet)),
        _node("guid", article.key, isPermaLink="false"),
        _maybe_cdata(_node("description"), f"<p>{escape(article.lead)}</p>", cdata=cdata),
    )
    if date := date_words(article, design.dates):
        item.append(_node("pubDate", date))
    if design.full_text:
        item.append(_maybe_cdata(_node("encoded", namespace=CONTENT), _as_html(article), cdata=True))
    return item


def _maybe_cdata(element: Element, text: str, *, cdata: bool) -> Element:
    element.text = etree.CDATA(text) if cdata else text
    return element


def _as_html(article: PressArticle) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)


def _atom(design: FeedDesign, outlet: Outlet, articles: Sequence[PressArticle]) -> bytes:
    newest = date_words(articles[0], design.dates) if articles else "1970-01-01T00:00:00Z"
    feed = _node(
        "feed",
        _node("title", outlet.name, namespace=ATOM),
        _node("id", outlet.base_url + "/", namespace=ATOM),
        _node("link", namespace=ATOM, href=outlet.base_url + design.path, rel="self"),
        _node("updated", newest, namespace=ATOM),
        *(_atom_entry(design, outlet, article) for article in articles),
        namespace=ATOM,
    )
    return _bytes(feed)


def _atom_entry(design: FeedDesign, outlet: Outlet, article: PressArticle) -> Element:
    date = date_words(article, design.dates)
    return _node(
        "entry",
        _node("title", article.title, namespace=ATOM),
        _node("id", f"tag:{outlet.id},2026:{article.key}", namespace=ATOM),
        _node("link", namespace=ATOM, href=link_of(article, outlet), rel="alternate", type="text/html"),
        _node("published", date, namespace=ATOM),
        _node("updated", date, namespace=ATOM),
        _node("summary", article.lead, namespace=ATOM, type="text"),
        namespace=ATOM,
    )


def _json_feed(design: FeedDesign, outlet: Outlet, articles: Sequence[PressArticle]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": outlet.base_url + "/",
        "language": outlet.language,
        "items": [_json_item(design, outlet, article) for article in articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(design: FeedDesign, outlet: Outlet, article: PressArticle) -> dict[str, str]:
    return {
        "id": article.key,
        "url": link_of(article, outlet),
        "title": article.title,
        "summary": article.lead,
        "content_html": _as_html(article),
        "date_published": date_words(article, design.dates),
    }


def _sitemap(design: FeedDesign, outlet: Outlet, articles: Sequence[PressArticle]) -> bytes:
    urls = (_sitemap_url(design, outlet, article) for article in articles)
    return _bytes(_node("urlset", *urls, namespace=SITEMAP))


def _sitemap_url(design: FeedDesign, outlet: Outlet, article: PressArticle) -> Element:
    publication = _node(
        "publication",
        _node("name", outlet.name, namespace=NEWS),
        _node("language", outlet.language, namespace=NEWS),
        namespace=NEWS,
    )
    news = _node(
        "news",
        publication,
        _node("publication_date", date_words(article, design.dates), namespace=NEWS),
        _node("title", article.title, namespace=NEWS),
        namespace=NEWS,
    )
    return _node("url", _node("loc", link_of(article, outlet), namespace=SITEMAP), news, namespace=SITEMAP)


def local_words(at: datetime, language: str) -> str:
    """The time as a reader sees it on the page: `Chủ nhật, 22/11/2026, 06:40 (GMT+7)`."""
    local = at.astimezone(VIETNAM)
    if language == "en":
        return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M} GMT+7"
    days = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
    return f"{days[local.weekday()]}, {local:%d/%m/%Y, %H:%M} (GMT+7)"
