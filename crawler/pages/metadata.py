"""Title, lead, by-line, section, language and declared address of a page; one parse, no network. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.pages import structured
from crawler.pages.markup import fold, one_line

_SEPARATOR = re.compile(r"\s+(?:[|•»·–—-]|::|>>)\s+|\s*\|\s*")
_ELLIPSIS = ("...", "…")
# Class names of the lead on Vietnamese outlets and in their content systems; from the catalogue's notes.
_LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sapo|chapeau|standfirst)(?:$|[\s_-])|^(?:lead|description|article-lead|article__lead|desc)$",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|tac-?gia|author-name|author_name)(?:$|[\s_-])", re.IGNORECASE
)
_BYLINE_WORDS = re.compile(r"^\s*(?:by|tác giả|bài(?: và ảnh)?|theo|thực hiện)\s*:?\s+", re.IGNORECASE)
_MAX_LOOKED_AT = 60  # elements of one class whose text is read
_BOILERPLATE = {"aside", "nav", "footer", "header"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself, as plain text; "" where it says nothing."""

    title: str
    lead: str
    description: str
    byline: str
    section: str
    language: str
    declared_url: str
    site_name: str
    metas: Mapping[str, str] = field(default_factory=dict, repr=False)  # all `<meta>`, see `meta_values`


def meta_values(tree: HtmlElement) -> dict[str, str]:
    """Collect `<meta>` by property, name or itemprop in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content", "").strip()
        for kind in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(kind, "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def text_at(tree: HtmlElement, selector: str) -> str:
    """The words of the first element that a CSS selector names, as one line; "" for no selector or none."""
    found = tree.cssselect(selector) if selector else []
    return _text(found[0]) if found else ""


def _text(element: HtmlElement) -> str:
    return one_line(str(element.text_content()))


def strip_site(title: str, sites: Iterable[str], heading: str = "") -> str:
    """Take " | Outlet" from the end (or "Outlet - " from the start) of a title.

    Args:
        title: as found.
        sites: names and hosts of the outlet; a part of the title goes only if it is one of them.
        heading: the page's h1; where it equals the part before a separator, the rest goes.

    """
    known = {fold(name) for name in sites if fold(name)}
    spots = list(_SEPARATOR.finditer(title))
    for spot in spots:
        if heading and fold(title[: spot.start()]) == fold(heading):
            return title[: spot.start()].strip()
    while spots and fold(title[spots[-1].end() :]) in known:
        title = title[: spots.pop().start()].strip()
    if spots and fold(title[: spots[0].start()]) in known:
        title = title[spots[0].end() :].strip()
    return title


def _heading(tree: HtmlElement) -> str:
    found = [text for text in (_text(element) for element in tree.iter("h1")) if text]
    return found[0] if found else ""


def _site_names(metas: dict[str, str], outlet: str, host: str) -> list[str]:
    bare = host.removeprefix("www.").removeprefix("m.")
    return [
        outlet,
        metas.get("og:site_name", ""),
        host,
        bare,
        bare.split(".")[0],
        f"báo {outlet}",
        f"báo điện tử {outlet}",
    ]


def _title(tree: HtmlElement, metas: dict[str, str], node: structured.Node, sites: list[str]) -> str:
    heading = _heading(tree)
    element = next(tree.iter("title"), None)
    titles = [
        structured.text(node, "headline"),
        one_line(metas.get("og:title", "")),
        heading,
        one_line(metas.get("twitter:title", "")),
        _text(element) if element is not None else "",
    ]
    cleaned = [strip_site(title, sites, heading) for title in titles if title]
    best = next((title for title in cleaned if fold(title)), "")
    if best.endswith(_ELLIPSIS):  # JSON-LD headlines are often cut at 110 characters
        start = fold(best.rstrip(".… "))
        best = next(
            (title for title in cleaned if fold(title).startswith(start) and len(title) > len(best)), best
        )
    return best[:500]


def _is_boilerplate(element: HtmlElement) -> bool:
    return any(
        above.tag in _BOILERPLATE for above in element.iterancestors() if above.tag != "header"
    ) or any("relat" in above.get("class", "").lower() for above in element.iterancestors())


@lru_cache(maxsize=8192)
def _is_of(classes: str, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(classes))


def _find_by_class(tree: HtmlElement, pattern: re.Pattern[str], *, shortest: int, longest: int) -> str:
    left = _MAX_LOOKED_AT
    for element in tree.iter("h2", "p", "div", "span", "strong", "a", "h3"):
        classes = element.get("class")
        if not classes or not left or not _is_of(classes[:200], pattern):
            continue
        left -= 1
        text = _text(element)
        if shortest <= len(text) <= longest and not _is_boilerplate(element):
            return text
    return ""


def _bylines(tree: HtmlElement, metas: Mapping[str, str], node: structured.Node) -> Iterator[str]:
    yield ", ".join(structured.names(node, "author"))
    yield metas.get("author", "")
    yield metas.get("article:author", "")
    yield _find_by_class(tree, _BYLINE_CLASS, shortest=2, longest=80)


def _byline(tree: HtmlElement, metas: Mapping[str, str], node: structured.Node, sites: list[str]) -> str:
    known = {fold(name) for name in sites}
    for text in _bylines(tree, metas, node):
        cleaned = _BYLINE_WORDS.sub("", one_line(text))
        if fold(cleaned) and fold(cleaned) not in known and "://" not in cleaned:
            return cleaned[:160]
    return ""


def _language(tree: HtmlElement, metas: dict[str, str], node: structured.Node) -> str:
    said = [
        tree.get("lang", ""),
        tree.get("xml:lang", ""),
        structured.text(node, "inLanguage"),
        metas.get("inlanguage", ""),
    ]
    said += [metas.get("og:locale", ""), metas.get("content-language", "")]
    for text in said:
        code = re.split(r"[-_,]", text.strip().lower())[0]
        if re.fullmatch(r"[a-z]{2,3}", code):
            return code
    return ""


def _declared_url(tree: HtmlElement, metas: dict[str, str]) -> str:
    links = (
        element.get("href", "")
        for element in tree.iter("link")
        if "canonical" in element.get("rel", "").lower().split()
    )
    return next(filter(None, links), "") or metas.get("og:url", "")


def read(tree: HtmlElement, node: structured.Node, *, outlet: str, host: str) -> Metadata:
    """Read what a page says of itself.

    Args:
        tree: the parsed page, unchanged by this.
        node: its JSON-LD article, from `structured.find_article`.
        outlet: the name of the source, for taking it off titles.
        host: the page's host.

    """
    metas = meta_values(tree)
    sites = _site_names(metas, outlet, host)
    description = one_line(metas.get("og:description", "") or metas.get("description", ""))
    return Metadata(
        title=_title(tree, metas, node, sites),
        lead=_find_by_class(tree, _LEAD_CLASS, shortest=30, longest=900),
        description=strip_site(description, sites),
        byline=_byline(tree, metas, node, sites),
        section=(structured.text(node, "articleSection") or one_line(metas.get("article:section", "")))[:100],
        language=_language(tree, metas, node),
        declared_url=_declared_url(tree, metas),
        site_name=one_line(metas.get("og:site_name", ""))[:100],
        metas=metas,
    )
