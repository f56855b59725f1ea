"""What kind of file bytes are: by their beginning, and by the name only where that leaves it open. Pure."""

from __future__ import annotations

import io
import zipfile

from crawler.documents.parsed import UnreadableError, damaged, in_english

MOST_BYTES = 50 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TABLES = (".csv", ".tsv", ".tab")
_OTHERS = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
    b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"{\\rtf": "RTF", b"MZ": "EXE",
    b"\x7fELF": "ELF",
}  # fmt: skip


def find_format(name: str, body: bytes, content_type: str = "") -> str:
    """pdf, docx, xlsx, html, csv or txt.

    Args:
        name: the file's name, which decides between text and tables.
        body: its bytes.
        content_type: a server's header, "" where there was none.

    Raises:
        UnreadableError: for an empty or too large file and all other kinds, with what to do.

    """
    _require_size(body)
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024]
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return _office_format(body)
    if body.startswith(_OLE):
        raise _old_office(body)
    for sign, kind in _OTHERS.items():
        if body.startswith(sign):
            raise UnreadableError(
                in_english("It is a file of the kind {kind}, which is not read."),
                in_english("Add it as PDF with text, DOCX, XLSX, CSV, HTML or TXT."),
                kind=kind,
            )
    if name.lower().endswith(_TABLES) or content_type.startswith(("text/csv", "text/tab-separated")):
        return "csv"
    is_page = start[:1] == b"<" or content_type.startswith(("text/html", "application/xhtml"))
    return "html" if is_page else "txt"


def _require_size(body: bytes) -> None:
    if len(body) > MOST_BYTES:
        raise UnreadableError(
            in_english("It is larger than {limit} MiB."),
            in_english("Split it and add the parts that are needed."),
            limit=MOST_BYTES >> 20,
        )
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError(in_english("It is empty."), in_english("Save or download it again."))


def _office_format(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise damaged("DOCX, XLSX") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise UnreadableError(
        in_english("It is a ZIP file, but neither DOCX nor XLSX."),
        in_english("Unpack it, and add the documents that are in it."),
    )


def _old_office(body: bytes) -> UnreadableError:
    """OLE files are the old DOC and XLS, or the wrapping of a DOCX or XLSX that needs a password."""
    if "EncryptedPackage".encode("utf-16-le") in body:
        return UnreadableError(
            in_english("It is encrypted and cannot be opened without its password."),
            in_english("Open it, save it without a password, and add that."),
        )
    return UnreadableError(
        in_english("It is a file of the old DOC, XLS or PPT form, which is not read."),
        in_english("Open it, save it as DOCX or XLSX, and add that."),
    )
