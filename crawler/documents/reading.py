"""Bytes -> a document's passages, or why not. Pure; may be slow or worse on hostile files: see `apart`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from crawler.documents.csvs import decode_text, read_csv, require_text
from crawler.documents.docx import read_docx
from crawler.documents.formats import find_format
from crawler.documents.html import read_html
from crawler.documents.parsed import (
    Parsed,
    Unreadable,
    UnreadableError,
    in_english,
    make_note,
    require_bounds,
)
from crawler.documents.pdf import read_pdf
from crawler.documents.prose import find_signed, make_passages
from crawler.documents.xlsx import read_xlsx
from store.types import Note

_PROMISED = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".doc": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".xls": "xlsx",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came: its name, the address it was asked from and the server's type, "" for none.

    `etag` and `last_modified` are the server's validators, verbatim: by them it can be asked again.
    """

    name: str
    body: bytes
    now: datetime
    url: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


def read_document(file: File, *, progress: Callable[[int, int], None]) -> Parsed | Unreadable:
    """Read a file in whatever of the six formats it is.

    Args:
        file: with its bytes; `now` (aware): a page cannot have been published later.
        progress: told parts (pages, sheets) done and parts in all.

    """
    try:
        kind = find_format(file.name, file.body, file.content_type)
        found = _read(file, kind, progress)
        require_bounds(found.passages)
    except UnreadableError as fault:
        return fault.told
    return replace(found, notes=(*_name_notes(file.name, kind), *found.notes))


def _name_notes(name: str, kind: str) -> tuple[Note, ...]:
    """A note where a file's name promises another kind: a server's error page saved as PDF, say."""
    said = PurePosixPath(name).suffix.lower()
    if _PROMISED.get(said, kind) == kind:
        return ()
    words = "Its name ends in {said}, but it is {kind}: look whether it is the document that was meant."
    return (make_note(words, said=said, kind=kind.upper()),)


def _read(file: File, kind: str, progress: Callable[[int, int], None]) -> Parsed:
    match kind:
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
    require_text(text)
    passages = tuple(make_passages(text.splitlines()))
    if not passages:
        raise UnreadableError(in_english("There is no text in it."), in_english("Save or download it again."))
    return Parsed("txt", passages, published=find_signed(text))
