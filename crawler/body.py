"""The words of an article: the outlet's own selector, then trafilatura, the quick way first. Pure."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from importlib.metadata import version

import trafilatura
from lxml.html import HtmlElement

from crawler import dates
from crawler.markup import paragraphs
from crawler.metadata import Metadata, fold

ENOUGH = 250  # characters; with less, the slow way of trafilatura is asked as well
SHORTEST = 80  # characters; the briefs ("tin vắn") of provincial papers begin at about a hundred
LONGEST = 400_000  # characters; a text beyond is a data dump, and is cut

_VERSION = version("trafilatura")
_STAMP = re.compile(r"^(?:đăng (?:lúc|ngày)|cập nhật|xuất bản|published|updated|posted)\b", re.IGNORECASE)
_BLOCKS = ("p", "li", "h2", "h3", "h4", "blockquote", "td", "div")
_SILENT = (
    "script",
    "style",
    "figure",
    "figcaption",
    "iframe",
    "noscript",
    "form",
    "button",
    "nav",
    "aside",
    "video",
)


@dataclass(frozen=True, slots=True)
class Body:
    """Paragraphs, one a line, and which way they were found ("trafilatura-fast 2.3.1")."""

    text: str
    method: str


def _by_selector(tree: HtmlElement, selector: str) -> Body:
    found = tree.cssselect(selector) if selector else []
    texts = []
    for element in map(deepcopy, found[:5]):
        for silent in list(element.iter(*_SILENT)):
            silent.drop_tree()
        for block in element.iter(*_BLOCKS, "br"):
            block.tail = "\n" + (block.tail or "")
        texts.append(paragraphs(str(element.text_content())))
    return Body(max(texts, key=len, default=""), f"selector {selector}")


def _by_trafilatura(tree: HtmlElement, *, fast: bool) -> Body:
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    text = paragraphs(getattr(document, "text", None) or "")
    return Body(text, f"trafilatura{'-fast' if fast else ''} {_VERSION}")


def find(tree: HtmlElement, *, selector: str = "") -> Body:
    """Find the text of the article in a page.

    Args:
        tree: the parsed page; unchanged by this.
        selector: CSS of the source, "" where none is known. It wins where it finds enough; an outlet that was
            redesigned falls back to the general way.

    Returns:
        The best text found, perhaps too short or empty: judging that is the caller's part.

    """
    chosen = _by_selector(tree, selector)
    if len(chosen.text) >= ENOUGH:
        return chosen
    for fast in (True, False):
        body = _by_trafilatura(tree, fast=fast)
        chosen = max(chosen, body, key=lambda one: len(one.text))
        if len(chosen.text) >= ENOUGH:
            break
    return chosen


def _begins(text: str, start: str) -> bool:
    return bool(start) and fold(text[: len(start) * 2 + 200]).find(fold(start)[:60]) >= 0


def _is_furniture(line: str, metadata: Metadata) -> bool:
    """Whether a line at the edge of a text is not part of it: the title again, the by-line, a date."""
    folded = fold(line)
    if not folded or folded in {fold(metadata.title), fold(metadata.byline)}:
        return True
    return len(line) <= 60 and (bool(_STAMP.match(line)) or dates.parse(line) is not None)


def _trim(lines: list[str], metadata: Metadata) -> list[str]:
    start, end = 0, len(lines)
    while start < min(4, end - 1) and _is_furniture(lines[start], metadata):
        start += 1
    while end > start + 1 and fold(lines[end - 1]) in {"", fold(metadata.byline)}:
        end -= 1
    return lines[start:end]


def compose(body: Body, metadata: Metadata) -> tuple[str, str]:
    """Put lead and body together as a reader sees them.

    Returns:
        (text, lead). The text starts with the lead; lines at its edges that only repeat the title, by-line or
        date are dropped. A `<meta>` description counts as the lead only where the page shows it.

    """
    text = "\n".join(_trim(body.text[:LONGEST].split("\n"), metadata))
    if metadata.lead and fold(metadata.lead) != fold(metadata.title):
        return (text if _begins(text, metadata.lead) else f"{metadata.lead}\n{text}"), metadata.lead
    shown = len(metadata.description) >= 40 and _begins(text[:1500], metadata.description)
    return text, metadata.description if shown else ""
