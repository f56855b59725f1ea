"""HTML -> passages: everything but menus and programs, tables row by row; title and day as the page says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.documents.parsed import Parsed, UnreadableError, in_english
from crawler.documents.prose import clean, find_signed, make_passages
from crawler.documents.tables import Table, table_passages
from crawler.pages import metadata, published, structured
from crawler.pages.charset import decode
from crawler.pages.extract import extract_html
from crawler.pages.markup import parse_html
from store.types import Article, DocumentPassage, Note

_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "iframe", "object",
    "svg", "button", "select", "head",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "main", "ul",
    "ol", "dl", "dt", "dd", "pre", "figure", "figcaption", "body", "br", "hr", "tr", "td", "th", "caption",
})  # fmt: skip


def read_html(body: bytes, url: str, content_type: str, *, now: datetime) -> Parsed:
    """A page -> its passages. An article's page gives the article; another one all that is no menu.

    Raises:
        UnreadableError: when there is no text in it.

    """
    article = extract_html(decode(body, content_type), url, fetched_at=now)
    tree = parse_html(decode(body, content_type))
    passages: list[DocumentPassage] = []
    notes: list[Note] = []
    if tree is not None:
        has_tables = any(len(list(table.iter("tr"))) > 2 for table in tree.iter("table"))
        if isinstance(article, Article) and not has_tables:
            passages = make_passages([article.title, article.lead, *article.text.split("\n")])
        else:
            passages, notes = _Walker().read(tree)
    if not passages:
        raise UnreadableError(
            in_english("There is no text in it."),
            in_english("If it holds pictures of pages, make their text first."),
        )
    if isinstance(article, Article):
        return Parsed("html", tuple(passages), article.title, "", _day(article), tuple(notes))
    title = tree.findtext(".//title") if tree is not None else ""
    head = "\n".join(passage.text for passage in passages[:6])
    day = find_signed(head) or (_said_day(tree, url, now) if tree is not None else None)
    return Parsed("html", tuple(passages), clean(title or ""), "", day, tuple(notes))


def _day(article: Article) -> date | None:
    return article.published.at.astimezone(_OFFICE).date() if article.published else None


def _said_day(tree: Any, url: str, now: datetime) -> date | None:
    """The day that a page which is no article says itself; no guess from words on it."""
    node = structured.find_article(tree)
    metas = metadata.read(tree, node, outlet="", host=urlsplit(url).hostname or "").metas
    found = published.find(tree, node, metas, url=url, entry=None, fetched_at=now, zone=_OFFICE)
    sure = found is not None and found.confidence >= published.PLAUSIBLE
    return found.at.astimezone(_OFFICE).date() if found and sure else None


class _Walker:
    """Walks a page in its order; paragraphs are held until a table or the end comes."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._passages: list[DocumentPassage] = []
        self._notes: list[Note] = []
        self._tables = 0

    def read(self, tree: Any) -> tuple[list[DocumentPassage], list[Note]]:
        root = next(
            (found for tag in ("main", "article") if (found := tree.find(f".//{tag}")) is not None), tree
        )
        self._block(root)
        self._flush()
        return self._passages, self._notes

    def _block(self, node: Any) -> None:
        """Text of inline parts runs on; a block begins a paragraph."""
        self._say(node.text)
        for child in node:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "table":
                self._table(child)
            elif tag and tag not in _SKIPPED:
                if tag in _BLOCKS:
                    self._held.append("")
                self._block(child)
                if tag in _BLOCKS:
                    self._held.append("")
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            if not self._held:
                self._held.append("")
            self._held[-1] += text.replace("\n", " ")

    def _table(self, node: Any) -> None:
        self._flush()
        self._tables += 1
        rows = tuple(tuple(_cells(row)) for row in node.iter("tr"))
        if len(rows) < 2 or max(map(len, rows)) < 2:
            self._held += [cell for row in rows for cell in row]
            return
        caption = node.find("caption")
        above = ((clean(caption.text_content()),),) if caption is not None else ()
        found, notes = table_passages(Table((*above, *rows), sheet=f"#{self._tables}"))
        self._passages += found
        self._notes += notes

    def _flush(self) -> None:
        self._passages += make_passages(self._held)
        self._held = []


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iterchildren("td", "th"):
        yield clean(cell.text_content())
        wide = cell.get("colspan") or "1"
        yield from [""] * (min(int(wide), 64) - 1 if wide.isdigit() else 0)
