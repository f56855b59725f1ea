"""PDF -> passages page by page: text as it is seen, tables with rules row by row. Nothing in it is run.

By where letters stand, not by their order in the file: in files of office programs the letters of another
font (most with Vietnamese marks) come after the line they belong to.
"""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page

from crawler.documents.docx import is_layout
from crawler.documents.parsed import Parsed, UnreadableError, damaged, enormous, in_english, make_note
from crawler.documents.prose import clean, find_signed, make_passages
from crawler.documents.tables import Table, table_passages
from store.types import DocumentPassage, Note

MOST_PAGES = 3_000
_MOST_DRAWN = 32 * 1024 * 1024  # bytes of a page's drawing, unpacked: a page full of print has some 50,000
_LEAST_TEXT = 20  # characters of a page; a scanned one has at most a stamp's
_BULLET = re.compile(r"(?:[-–•+*]|\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,5}\.)\s")
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_ENDED = (".", "!", "?", ":", ";")
# letters of TCVN3 and VNI fonts as they come out of a PDF without a Unicode table: "Uû ban nh©n d©n"
_LEGACY = re.compile(r"[©®¸µ¶·¹¨»¾¼½Æ§]\w|\w[©®¸µ¶·¹»¾¼½Æ]")

Progress = Callable[[int, int], None]


def read_pdf(body: bytes, *, progress: Progress) -> Parsed:
    """A PDF -> its passages.

    Args:
        body: the bytes.
        progress: told pages done and pages in all.

    Raises:
        UnreadableError: encrypted, damaged, too many pages, or pictures of pages without text.

    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # its complaints come back as our words
    try:
        with pdfplumber.open(io.BytesIO(body)) as file:
            total = len(file.pages)
            _require_pages(total)
            pages = [_read_page(page, total, progress) for page in file.pages]
            title = clean(str(file.metadata.get("Title") or ""))
            was_encrypted = file.doc.encryption is not None
    except UnreadableError:
        raise
    except Exception as error:
        raise _unreadable(error) from error
    return _parsed(pages, title, was_encrypted=was_encrypted)


def _unreadable(error: Exception) -> UnreadableError:
    """Its parser, pdfminer, answers damage with what it stumbles over; pdfplumber wraps some of it."""
    causes = (error, *(cause for cause in error.args if isinstance(cause, Exception)))
    if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in causes):
        return UnreadableError(
            in_english("It is encrypted and cannot be opened without its password."),
            in_english("Open it, save it without a password, and add that."),
        )
    return damaged("PDF")


def paragraphs_of(text: str) -> Iterator[str]:
    """A page's text, a line of print a line -> paragraphs; rows of figures stay by themselves."""
    lines = [line for raw in text.split("\n") if (line := clean(raw)) and not _PAGE_NUMBER.fullmatch(line)]
    usual = statistics.median(map(len, lines)) if lines else 0
    held = ""
    for line in lines:
        if held and (_BULLET.match(line) or _is_row(line)):
            yield held
            held = ""
        held = f"{held} {line}" if held else line
        if line.endswith(_ENDED) or len(line) < usual * 0.6 or _is_row(line):
            yield held
            held = ""
    if held:
        yield held


def _require_pages(total: int) -> None:
    if total > MOST_PAGES:
        raise UnreadableError(
            in_english("It has {count} pages; {most} are the most that are read."),
            in_english("Split it and add the parts that are needed."),
            count=total,
            most=MOST_PAGES,
        )


def _read_page(page: Page, total: int, progress: Progress) -> list[DocumentPassage] | None:
    """The passages of a page; None for one that cannot be read while others can."""
    try:
        _require_drawing(page)
        found: list[DocumentPassage] | None = list(_passages(page))
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 - a page may break the library anywhere; it is told in a note
        found = None
    page.close()
    progress(page.page_number, total)
    return found


def _require_drawing(page: Page) -> None:
    """A page that is small in the file may hold hours of work: it is refused before it is read."""
    if sum(len(stream_value(part).get_data()) for part in page.page_obj.contents) > _MOST_DRAWN:
        raise enormous()


def _passages(page: Page) -> Iterator[DocumentPassage]:
    """Text first, then the page's tables."""
    tables = [table for table in (page.find_tables() if page.edges else []) if not is_layout(_rows(table))]
    rest: Any = page
    for table in tables:
        rest = rest.outside_bbox(table.bbox, strict=False)
    yield from make_passages(paragraphs_of(rest.extract_text()), page=page.page_number)
    for number, table in enumerate(tables, 1):
        found, _ = table_passages(Table(_rows(table), sheet=f"#{number}", page=page.page_number))
        yield from found


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell or "" for cell in row) for row in table.extract())


def _parsed(pages: list[list[DocumentPassage] | None], title: str, *, was_encrypted: bool) -> Parsed:
    bare = [n for n, found in enumerate(pages, 1) if found is not None and _letters(found) < _LEAST_TEXT]
    broken = [n for n, found in enumerate(pages, 1) if found is None]
    if len(bare) + len(broken) == len(pages):
        raise UnreadableError(
            in_english("It is a scan: {count} pages of pictures without text."),
            in_english(
                "Make its text with OCR (for example ocrmypdf -l vie), look it through, and add that."
            ),
            count=len(pages),
        )
    passages = tuple(passage for found in pages for passage in found or ())
    text = "\n".join(passage.text for passage in passages[:6])
    notes = (*_notes(bare, broken, was_encrypted=was_encrypted), *_legacy_notes(text))
    return Parsed("pdf", passages, title=title, published=find_signed(text), notes=notes)


def _letters(passages: list[DocumentPassage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _notes(bare: list[int], broken: list[int], *, was_encrypted: bool) -> Iterator[Note]:
    if bare:
        yield make_note("Pages without text (pictures?): {pages}.", pages=_listed(bare))
    if broken:
        yield make_note("Pages that are damaged and were left out: {pages}.", pages=_listed(broken))
    if was_encrypted:
        yield make_note("It is encrypted, but opens without a password.")


def _legacy_notes(text: str) -> tuple[Note, ...]:
    if len(_LEGACY.findall(text)) * 30 > max(300, len(text)):
        return (
            make_note("Its letters look like those of an old Vietnamese font (TCVN3, VNI): read it first."),
        )
    return ()


def _listed(numbers: list[int], most: int = 20) -> str:
    said = ", ".join(map(str, numbers[:most]))
    return f"{said}, …" if len(numbers) > most else said


def _is_row(line: str) -> bool:
    """A row of a table: three numbers or more, and more of them than words."""
    parts = line.split()
    numbers = sum(part[0].isdigit() for part in parts)
    return numbers >= 3 and numbers * 2 > len(parts)
