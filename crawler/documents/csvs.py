"""CSV -> passages, a row each, in whatever encoding and with whatever separator it was written."""

from __future__ import annotations

import csv
import io
import re
import statistics
import unicodedata

from crawler.documents.numbers import show_written
from crawler.documents.parsed import MOST_PASSAGES, Parsed, UnreadableError, in_english, make_note
from crawler.documents.tables import Table, table_passages
from crawler.pages.charset import decode
from store.types import Note

_SEPARATORS = (";", "\t", ",", "|")
_SEEN = 60  # lines that decide the separator
_LONGEST_CELL = 100_000  # characters
_VIETNAMESE = frozenset("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_FORGIVEN = 4  # control characters in a short text
_MARKED = re.compile(r"[^\x00-\x7f]")


def read_csv(body: bytes) -> Parsed:
    """A CSV -> its passages.

    Raises:
        UnreadableError: no row in it, more rows than the library takes, or a cell without end.

    """
    text, encoding = decode_text(body)
    require_text(text)
    separator = find_separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = [
            tuple(map(_shown, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise UnreadableError(
            in_english(
                "Its rows cannot be told apart: a quotation mark is not closed, or a cell has no end."
            ),
            in_english("Open it in a spreadsheet program, save it as XLSX, and add that."),
        ) from error
    if len(rows) > MOST_PASSAGES:
        raise UnreadableError(
            in_english("A sheet has more than {most} rows."),
            in_english("Split it and add the parts that are needed."),
            most=MOST_PASSAGES,
        )
    passages, notes = table_passages(Table(tuple(rows)))
    if not passages:
        raise UnreadableError(in_english("There is no row in it."), in_english("Save or download it again."))
    return Parsed("csv", tuple(passages), notes=(*_encoding_notes(encoding), *notes))


def _shown(cell: str) -> str:
    """A number as people write it; a year stays (it is below what is set apart)."""
    return show_written(cell) if cell.strip().isascii() else cell


def decode_text(body: bytes) -> tuple[str, str]:
    """Bytes of a text or CSV file -> text in NFC, and the encoding's name."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return _composed(body[len(mark) :].decode(name, errors="replace")), name
    for name in _utf16_without_mark(body), "utf-8":
        try:
            if name:
                return _composed(body.decode(name)), name
        except UnicodeDecodeError:
            continue
    for name in ("cp1258", "cp1252"):
        text = _composed(body.decode(name, errors="replace"))
        if _is_vietnamese(text):
            return text, name
    return decode(body), "?"


def require_text(text: str) -> None:
    """Raise UnreadableError for what is no text: programs, pictures and sounds hold control characters.

    A few may stand in an old text (form feed, a DOS end-of-file); damaged letters are no sign of themselves.
    """
    strange = len(_CONTROL.findall(text)) + text.count("\ufffd") // 10
    if strange > max(_FORGIVEN, len(text) // 200):
        raise UnreadableError(
            in_english("It is no text, and no kind of file that is read."),
            in_english("Add it as PDF with text, DOCX, XLSX, CSV, HTML or TXT."),
        )


def find_separator(text: str) -> str:
    """The separator by which most lines have equally many cells, more than one; a comma where none has."""
    lines = [line for line in text.splitlines()[: _SEEN * 2] if line.strip()][:_SEEN]

    def score(separator: str) -> tuple[float, int]:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            return 0.0, 0
        widths = [len(row) for row in rows]
        usual = statistics.mode(widths) if widths else 1
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0), usual

    best = max(_SEPARATORS, key=score)
    return best if score(best)[0] > 0 else ","


def _utf16_without_mark(body: bytes) -> str:
    """Every second byte of mostly Latin text is NUL."""
    sample = body[:2000]
    if len(sample) < 8 or sample.count(0) * 4 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_vietnamese(text: str) -> bool:
    """Nearly every letter beyond ASCII is one of Vietnamese: bytes read wrongly give others."""
    beyond = [letter for letter in _MARKED.findall(text.casefold()) if letter.isalpha() or letter == "\ufffd"]
    return bool(beyond) and sum(letter in _VIETNAMESE for letter in beyond) >= 0.97 * len(beyond)


def _encoding_notes(encoding: str) -> tuple[Note, ...]:
    if encoding == "cp1258":
        return (make_note("It was read as Windows-1258: look whether its letters are right."),)
    if encoding in ("cp1252", "?"):
        return (make_note("Its encoding is uncertain: look whether its letters are right."),)
    return ()
