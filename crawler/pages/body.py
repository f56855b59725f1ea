"""The words of an article: at the outlet's own selector, else the blocks that look like it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from importlib.metadata import version

import trafilatura
from lxml.html import HtmlElement

from crawler.pages import dates, structured
from crawler.pages.blocks import cut
from crawler.pages.chooser import choose, load_model
from crawler.pages.markup import fold, is_huge, paragraphs
from crawler.pages.metadata import Metadata
from crawler.pages.traits import Said, squeeze

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
    if is_huge(tree):
        return Body("", "")
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    text = paragraphs(getattr(document, "text", None) or "")
    return Body(text, f"trafilatura{'-fast' if fast else ''} {_VERSION}")


def hear(metadata: Metadata, node: structured.Node, library: str = "") -> Said:
    """Gather what is known of a page besides its blocks: title, description, the texts others find in it.

    `library` is trafilatura's text, "" where it was not asked. The text in JSON-LD is heard only where it is
    no teaser: long enough, and at least half as long as the library's.
    """
    declared = squeeze(structured.body(node))
    whole = len(declared) >= max(2 * ENOUGH, len(library) / 2)
    return Said(
        title=fold(metadata.title),
        description=fold(metadata.description),
        library=squeeze(library),
        structured=declared if whole else "",
    )


def _by_blocks(tree: HtmlElement, metadata: Metadata, node: structured.Node) -> Iterator[Body]:
    """Our own choice of blocks; where it is in doubt with trafilatura as a witness, then its text alone."""
    model, blocks = load_model(), cut(tree)
    name = f"blocks {model.version}"
    choice = choose(blocks, hear(metadata, node), model)
    if choice.is_sure and len(choice.text) >= ENOUGH:
        yield Body(paragraphs(choice.text), name)
    library = _by_trafilatura(tree, fast=True)
    choice = choose(blocks, hear(metadata, node, library.text), model)
    yield Body(paragraphs(choice.text), f"{name} with {library.method}")
    yield library
    yield _by_trafilatura(tree, fast=False)


def _is_prose(text: str) -> bool:
    """Whether most of a text stands in paragraphs: a menu or a list of links is no article."""
    return sum(len(line) for line in text.split("\n") if len(line) >= 60) > len(text) / 2


def find(tree: HtmlElement, metadata: Metadata, node: structured.Node, *, selector: str = "") -> Body:
    """Find the text of the article in a page.

    Args:
        tree: the parsed page; unchanged by this.
        metadata: what the page says of itself.
        node: its JSON-LD article, from `structured.find_article`.
        selector: CSS of the source, "" where none is known. It wins where it finds enough; an outlet that was
            redesigned falls back to the general way.

    Returns:
        The best text found, perhaps too short or empty: judging that is the caller's part.

    """
    chosen = _by_selector(tree, selector)
    if len(chosen.text) >= ENOUGH:
        return chosen
    for body in _by_blocks(tree, metadata, node):
        if len(body.text) > len(chosen.text) and (not chosen.text or _is_prose(body.text)):
            chosen = body
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
