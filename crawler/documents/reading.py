"""Bytes -> a document's passages, or why not. Pure; may be slow or worse on hostile files: see `apart`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from crawler.documents.csvs import decode_text, read_csv
from crawler.documents.docx import read_docx
from crawler.documents.formats import find_format
from crawler.documents.html import read_html
from crawler.documents.parsed import Parsed, Unreadable, UnreadableError, in_english, require_bounds
from crawler.documents.pdf import read_pdf
from crawler.documents.prose import find_signed, make_passages
from crawler.documents.xlsx import read_xlsx


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name, the address it was asked from and the server's type, "" for none."""

    name: str
    body: bytes
    now: datetime
    url: str = ""
    content_type: str = ""


def read_document(file: File, *, progress: Callable[[int, int], None]) -> Parsed | Unreadable:
    """Read a file in whatever of the six formats it is.

    Args:
        file: with its bytes; `now` (aware): a page cannot have been published later.
        progress: told parts (pages, sheets) done and parts in all.

    """
    try:
        found = _read(file, progress)
        require_bounds(found.passages)
    except UnreadableError as fault:
        return fault.told
    return found


def _read(file: File, progress: Callable[[int, int], None]) -> Parsed:
    match find_format(file.name, file.body, file.content_type):
        case "pdf":
            return read_pdf(file.body, progress=progress)
        case "docx":
            return read_docx(file.body)
        case "xlsx":
            return read_xlsx(file.body, progress=progress)
        case "csv":
            return read_csv(file.body)
        case "html":
            return read_html(file.body, file.url, file.content_type, now=file.now)
        case _:
            return _read_text(file.body)


def _read_text(body: bytes) -> Parsed:
    text, _ = decode_text(body)
    passages = tuple(make_passages(text.splitlines()))
    if not passages:
        raise UnreadableError(in_english("There is no text in it."), in_english("Save or download it again."))
    return Parsed("txt", passages, published=find_signed(text))
