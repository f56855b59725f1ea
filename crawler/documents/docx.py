"""DOCX -> passages: text, tables, notes, in their order. Macros, fields and links are not followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.documents.packed import find_macros, open_packed, read_part
from crawler.documents.parsed import Parsed, UnreadableError, damaged, in_english
from crawler.documents.prose import clean, find_signed, make_passages
from crawler.documents.tables import Table, table_passages
from store.types import DocumentPassage, Note

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# what was struck out, and the second writing of a shape for old programs
_SKIPPED = frozenset({
    f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def read_docx(body: bytes) -> Parsed:
    """A DOCX -> its passages; pages are those that the writing program noted, where it did.

    Raises:
        UnreadableError: damaged, a bomb, or without any text.

    """
    packed = open_packed(body)
    passages: list[DocumentPassage] = []
    notes: list[Note] = list(find_macros(packed))
    for name in _PARTS:
        root = parse_xml(read_part(packed, name))
        if root is not None:
            found, told = _Reader().read(root)
            passages += found
            notes += told
    if not passages:
        raise UnreadableError(
            in_english("There is no text in it."),
            in_english("If it holds pictures of pages, make their text first."),
        )
    core = parse_xml(read_part(packed, "docProps/core.xml"))
    said = core.find(f"{_DC}title") if core is not None else None
    title = clean(said.text or "") if said is not None else ""
    head = "\n".join(passage.text for passage in passages[:6])
    return Parsed("docx", tuple(passages), title=title, published=find_signed(head), notes=tuple(notes))


def parse_xml(body: bytes) -> Any:
    """XML of an office file -> its root; None for none. No entity, no DTD, nothing from outside.

    Raises:
        UnreadableError: when it is no XML.

    """
    if not body:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise damaged("DOCX, XLSX") from error


class _Reader:
    """Walks one part in its order; `page` counts the page breaks that were noted."""

    def __init__(self) -> None:
        self._page = 1
        self._breaks = 0
        self._held: list[str] = []
        self._passages: list[DocumentPassage] = []
        self._notes: list[Note] = []
        self._tables = 0

    def read(self, root: Any) -> tuple[list[DocumentPassage], list[Note]]:
        has_pages = root.find(f".//{_W}lastRenderedPageBreak") is not None
        self._page = 1 if has_pages else 0
        self._walk(root)
        self._flush()
        return self._passages, self._notes

    def _walk(self, node: Any) -> None:
        for child in node:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                self._walk(child)

    def _paragraph(self, node: Any) -> None:
        breaks = sum(1 for _ in node.iter(f"{_W}lastRenderedPageBreak"))
        if breaks and self._page:
            self._flush()
            self._page += breaks
        self._held.append("".join(_words(node)))

    def _table(self, node: Any) -> None:
        self._flush()
        self._tables += 1
        rows = tuple(tuple(_row(row)) for row in node.iterchildren(f"{_W}tr"))
        if is_layout(rows):  # the two heads of an official letter stand in a table without being one
            self._held += [cell for row in rows for cell in row]
            return
        found, notes = table_passages(Table(rows, sheet=f"#{self._tables}", page=self._page))
        self._passages += found
        self._notes += notes
        if self._page:
            self._page += sum(1 for _ in node.iter(f"{_W}lastRenderedPageBreak"))

    def _flush(self) -> None:
        self._passages += make_passages(self._held, page=self._page)
        self._held = []


def _words(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _words(child)


def _row(node: Any) -> Iterator[str]:
    """The cells of a row; one that spans several columns is followed by empty ones."""
    for cell in node.iterchildren(f"{_W}tc"):
        yield " ".join(clean("".join(_words(paragraph))) for paragraph in cell.iter(f"{_W}p")).strip()
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        wide = (span.get(f"{_W}val") or "1") if span is not None else "1"
        yield from [""] * (min(int(wide), 64) - 1 if wide.isdigit() else 0)


def is_layout(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a table only sets text side by side, as the two heads of an official letter."""
    return len(rows) < 2 or max(map(len, rows)) < 2 or max(len(cell) for row in rows for cell in row) > 600
