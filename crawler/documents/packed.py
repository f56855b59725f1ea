"""Office files are ZIP files: what must hold before anybody unpacks one."""

from __future__ import annotations

import io
import zipfile

from crawler.documents.parsed import UnreadableError, damaged, enormous, in_english, make_note
from store.types import Note

_MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts; a sheet of 500,000 rows has some 150 MB
_MOST_RATIO = 200  # of one part; honest sheets of equal rows reach 60
_SMALL = 1024 * 1024  # bytes that may be packed as tightly as they like
_MOST_PARTS = 5_000


def open_packed(body: bytes) -> zipfile.ZipFile:
    """The ZIP file, after a look at what it says of itself (zipfile never unpacks more than a part declares).

    Raises:
        UnreadableError: for one that is damaged, encrypted, or a bomb, or whose XML has a DTD.

    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(body))
        parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise damaged("DOCX, XLSX") from error
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError(
            in_english("It is encrypted and cannot be opened without its password."),
            in_english("Open it, save it without a password, and add that."),
        )
    tight = any(p.file_size > max(_SMALL, _MOST_RATIO * p.compress_size) for p in parts)
    if tight or sum(p.file_size for p in parts) > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise enormous()
    for part in parts:
        _refuse_dtd(packed, part)
    return packed


def read_part(packed: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part, b"" where there is none.

    Raises:
        UnreadableError: when it is damaged.

    """
    try:
        return packed.read(name) if name in packed.namelist() else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise damaged("DOCX, XLSX") from error


def find_macros(packed: zipfile.ZipFile) -> tuple[Note, ...]:
    """A note where programs are in the file."""
    if any(name.lower().endswith(("vbaproject.bin", ".bin.macro")) or "/activex/" in name.lower()
           for name in packed.namelist()):  # fmt: skip
        return (make_note("The file holds macros; they were neither run nor read."),)
    return ()


def _refuse_dtd(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Office files have no DTD (ECMA-376 part 2, 7.3.1); one that has wants entities expanded."""
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    try:
        with packed.open(part) as file:
            start = file.read(4096).replace(b"\x00", b"")  # UTF-16, too
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise damaged("DOCX, XLSX") from error
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise UnreadableError(
            in_english("Its XML declares entities, as files do that are made to do harm."),
            in_english("If it is what it should be, open it and save it again."),
        )
