"""Files of all kinds, made here: honest ones and such as are made to do harm."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence

import pytest
from docx import Document
from openpyxl import Workbook


def make_pdf(pages: Sequence[Sequence[str]], *, extra: str = "") -> bytes:
    """A PDF with lines of text; its font maps codes to letters by a ToUnicode table, as programs write it."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    code = {letter: n for n, letter in enumerate(letters, 1)}
    table = "\n".join(f"<{n:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
            " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for n, page in enumerate(pages):
        lines = "".join(
            f"BT /F1 10 Tf 50 {780 - 14 * at} Td <{''.join(f'{code[c]:04X}' for c in line)}> Tj ET\n"
            for at, line in enumerate(page)
        )
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
                f" /Contents {7 + 2 * n} 0 R >>"
            ),
            f"<< /Length {len(lines)} >>\nstream\n{lines}\nendstream",
        ]
    return pdf_from(objects, extra)


def pdf_from(objects: Sequence[str], extra: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF"
    return out + end.encode()


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return make_pdf


@pytest.fixture
def docx() -> Callable[..., bytes]:
    """A DOCX of paragraphs (texts) and tables (lists of rows)."""

    def make(*parts: str | list[list[str]]) -> bytes:
        document = Document()
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
                continue
            table = document.add_table(len(part), len(part[0]))
            for at, row in enumerate(part):
                for cell, text in zip(table.rows[at].cells, row, strict=True):
                    cell.text = text
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """An XLSX of sheets by name, rows of values."""

    def make(**sheets: list[list[object]]) -> bytes:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def repack() -> Callable[[bytes, dict[str, bytes]], bytes]:
    """A ZIP with parts put in or in the place of its own."""

    def make(body: bytes, parts: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name not in parts:
                    new.writestr(name, old.read(name))
            for name, content in parts.items():
                new.writestr(name, content)
        return out.getvalue()

    return make


@pytest.fixture
def cp1258() -> Callable[[str], bytes]:
    """Text as Windows-1258 has it: the five tones stand behind their letter."""

    def encode(text: str) -> bytes:
        out = b""
        for letter in text:
            parts = unicodedata.normalize("NFD", letter)
            tone = next((part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"), "")
            base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else letter
            out += base.encode("cp1258") + tone.encode("cp1258")
        return out

    return encode
