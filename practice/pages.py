"""Writes an outlet's pages as HTML: home, article, AMP twin. Pure; the templates escape every text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import timedelta, timezone
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from practice.feeds import BROKEN_DATE, local_words
from practice.values import Outlet, PressArticle

FEED_TYPES = {
    "rss": "application/rss+xml",
    "rss_cdata": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "gone": "application/rss+xml",
    "busy": "application/rss+xml",
    "page": "application/rss+xml",
}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # what windows-1258 writes as a character of its own
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def home_page(outlet: Outlet, articles: Sequence[PressArticle]) -> bytes:
    """The home page with every article of the outlet, UTF-8."""
    page = _TEMPLATES.get_template("home.html").render(
        outlet=outlet,
        articles=articles,
        page_title=outlet.name,
        charset="utf-8",
        feed_types=FEED_TYPES,
        local_words=local_words,
    )
    return page.encode()


@lru_cache(maxsize=512)
def article_page(
    article: PressArticle, outlet: Outlet, related: tuple[PressArticle, ...]
) -> tuple[str, bytes]:
    """(content type, bytes) of an article's page, in the charset and normal form its quirks ask for."""
    legacy = "cp1258" in article.quirks
    page = _render("article.html", article, outlet, related, "" if legacy else "utf-8")
    if legacy:
        return "text/html; charset=windows-1258", to_windows_1258(page)
    if "nfd" in article.quirks:
        page = unicodedata.normalize("NFD", page)
    return "text/html; charset=utf-8", page.encode()


def amp_page(article: PressArticle, outlet: Outlet) -> bytes:
    """The AMP twin, whose canonical link leads to the article's page."""
    return _render("amp.html", article, outlet, (), "utf-8").encode()


def empty_page() -> bytes:
    """A page that is well formed and says nothing."""
    return b"<!DOCTYPE html><html><head><title></title></head><body></body></html>"


def to_windows_1258(text: str) -> bytes:
    """Text in the old Vietnamese Windows charset: letter, then tone; what it lacks as references."""
    return "".join(_split_tone(c) for c in text).encode("cp1258", errors="xmlcharrefreplace")


def _split_tone(character: str) -> str:
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        letter = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        return letter + "".join(c for c in parts if c in _TONES)
    return character


def _render(
    template: str, article: PressArticle, outlet: Outlet, related: tuple[PressArticle, ...], charset: str
) -> str:
    broken = article.trouble == "broken_date"
    iso = article.published.astimezone(timezone(timedelta(hours=7))).isoformat()
    return _TEMPLATES.get_template(template).render(
        outlet=outlet,
        article=_with_invisible(article),
        related=related,
        charset=charset,
        page_title=f"{article.title} | {outlet.name}",
        section_name=dict(outlet.sections).get(article.section, article.section),
        iso=BROKEN_DATE if broken else iso,
        shown_date=BROKEN_DATE if broken else local_words(article.published, outlet.language),
        linked_data=_linked_data(article, outlet, iso),
    )


def _with_invisible(article: PressArticle) -> PressArticle:
    if "zero_width" not in article.quirks:
        return article
    # as seen in real pages: a zero-width space after some commas, a no-break space before some figures
    text = article.text.replace(", ", ",\u200b ").replace(" đồng", "\u00a0đồng")
    return PressArticle(**{name: getattr(article, name) for name in PressArticle.__slots__} | {"text": text})


def _linked_data(article: PressArticle, outlet: Outlet, iso: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "datePublished": iso,
        "dateModified": iso,
        "mainEntityOfPage": outlet.base_url + article.path,
        "author": {"@type": "Person", "name": article.byline},
        "publisher": {"@type": "Organization", "name": outlet.name},
    }
