"""Files of all kinds become passages with their place, or are refused with what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from crawler.documents.apart import read_apart
from crawler.documents.formats import MOST_BYTES
from crawler.documents.parsed import Parsed, Unreadable
from crawler.documents.reading import File, read_document

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
Make = Callable[..., bytes]
Repack = Callable[[bytes, dict[str, bytes]], bytes]


def read(name: str, body: bytes, **more: str) -> Parsed | Unreadable:
    return read_document(File(name, body, NOW, **more), progress=lambda _done, _total: None)


def parsed(name: str, body: bytes, **more: str) -> Parsed:
    found = read(name, body, **more)
    assert isinstance(found, Parsed), found
    return found


def notes(found: Parsed) -> str:
    return " / ".join(note.english for note in found.notes)


def test_a_pdf_gives_passages_with_their_page(pdf: Make) -> None:
    line = "Đến hết năm 2025, toàn tỉnh còn 12.345 hộ nghèo, giảm 1.234 hộ so với đầu năm."
    found = parsed(
        "a.pdf", pdf([["Gia Lai, ngày 5 tháng 10 năm 2026", line], ["Trang sau nói về đường bộ và cầu."]])
    )
    assert [(p.page, line in p.text) for p in found.passages] == [(1, True), (2, False)]
    assert found.published == date(2026, 10, 5)


def test_five_hundred_pages_are_read_with_progress(pdf: Make) -> None:
    told: list[tuple[int, int]] = []
    body = pdf([[f"Trang {n} của báo cáo dài về thủy lợi."] for n in range(1, 501)])
    found = read_document(File("dai.pdf", body, NOW), progress=lambda done, total: told.append((done, total)))
    assert isinstance(found, Parsed)
    assert (found.passages[-1].page, told[0], told[-1]) == (500, (1, 500), (500, 500))


def test_a_page_without_text_among_others_is_told(pdf: Make) -> None:
    found = parsed("a.pdf", pdf([["Một trang có đủ chữ để đọc được."], []]))
    assert notes(found) == "Pages without text (pictures?): 2."


def test_a_docx_gives_text_and_rows_of_tables_as_they_are_written(docx: Make) -> None:
    table = [["Chỉ tiêu", "ĐVT", "2024", "2025"], ["Diện tích", "km2", "21.576", "21.576,5"]]
    found = parsed("b.docx", docx("Báo cáo về diện tích tự nhiên của tỉnh.", table))
    assert found.passages[0].text == "Báo cáo về diện tích tự nhiên của tỉnh."
    assert found.passages[1].text == "Diện tích, 2024: 21.576 km2; 2025: 21.576,5 km2"
    assert (found.passages[1].sheet, found.passages[1].cell) == ("#1", "A2:D2")


def test_macros_are_told_and_nothing_of_them_is_read(docx: Make, repack: Repack) -> None:
    body = repack(docx("Một văn bản bình thường."), {"word/vbaProject.bin": b"Sub AutoOpen()"})
    found = parsed("c.docm", body)
    assert notes(found) == "The file holds macros; they were neither run nor read."
    assert [p.text for p in found.passages] == ["Một văn bản bình thường."]


def test_what_was_struck_out_of_a_docx_is_no_evidence(docx: Make, repack: Repack) -> None:
    body = docx("GIU lai.")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        text = packed.read("word/document.xml").decode()
    gone = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    gone = f"<w:p>{gone}<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"
    changed = text.replace("<w:sectPr", f"{gone}<w:sectPr", 1)
    found = parsed("d.docx", repack(body, {"word/document.xml": changed.encode()}))
    assert [p.text for p in found.passages] == ["GIU lai.\nthêm"]


def test_an_xlsx_row_reads_as_a_sentence_with_sheet_and_cell(xlsx: Make) -> None:
    found = parsed("d.xlsx", xlsx(DS=[["Chỉ tiêu", "ĐVT", 2025], ["Dân số", "người", 3583693]]))
    passage = found.passages[0]
    assert (passage.text, passage.sheet, passage.cell) == ("Dân số, 2025: 3.583.693 người", "DS", "A2:C2")
    assert [(f.subject, f.value) for f in passage.figures] == [("Dân số | 2025", "3.583.693 người")]


def test_formulas_are_not_calculated_but_their_saved_values_shown(xlsx: Make, repack: Repack) -> None:
    body = xlsx(S=[["Chỉ tiêu", 2025, 2026], ["Hộ nghèo", 10, "=B2*2"], ["Hộ khác", 3, "=B3*2"]])
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    saved = re.sub(r"<f>B2\*2</f><v\s*(?:/>|></v>)", "<f>B2*2</f><v>777</v>", sheet)
    assert saved != sheet
    found = parsed("e.xlsx", repack(body, {"xl/worksheets/sheet1.xml": saved.encode()}))
    assert [p.text for p in found.passages] == ["Hộ nghèo, 2025: 10; 2026: 777", "Hộ khác, 2025: 3"]
    assert "1 formulas, not calculated here; the saved values are shown. C2 =B2*2" in notes(found)
    assert "formulas without a saved value, left empty: C3" in notes(found)


def test_numbers_that_overflow_are_kept_as_written_and_told() -> None:
    huge = "9" * 400
    found = parsed("f.csv", f"Chỉ tiêu,2025\nDân số,{huge}\nHộ,12\n".encode())
    assert huge[:100] in found.passages[0].text
    assert "too large to be meant, kept as written: row 2." in notes(found)


@pytest.mark.parametrize(
    ("cell", "is_told"),
    [("1e400", True), ("1e18", False), ("1e19", True), ("999999999999999999999999 tỷ", True),
     ("12.345.678.901 tỷ đồng", True), ("13.456.789 tỷ đồng", False), ("13.456.789.000.000.000", False),
     ("9.999.999.999.999.999.999", True), ("123456789012", False), ("0912345678", False)],
)  # fmt: skip
def test_a_number_that_nobody_can_mean_is_told_and_a_code_or_a_product_is_not(
    cell: str, is_told: bool
) -> None:
    assert ("too large" in notes(parsed("f.csv", f"Chỉ tiêu;2025\nNợ;{cell}\nHộ;12\n".encode()))) is is_told


def test_a_number_that_no_program_can_hold_is_a_figure_of_its_row_and_no_heading(
    xlsx: Callable[..., bytes], repack: Callable[[bytes, dict[str, bytes]], bytes]
) -> None:
    body = xlsx(A=[["Chỉ tiêu", "Giá trị"], ["Dân số", 1], ["Diện tích", 21576]])
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").replace(
            b'<v>1</v></c></row><row r="3"', b'<v>1e400</v></c></row><row r="3"'
        )
    found = parsed("a.xlsx", repack(body, {"xl/worksheets/sheet1.xml": sheet}))
    assert [passage.text for passage in found.passages] == ["Dân số: ∞", "Diện tích: 21.576"]


def test_a_page_that_is_small_in_the_file_and_enormous_to_draw_is_refused_before_it_is_read(
    pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = pdf([["Năm 2025 tỉnh trồng được 7.250 ha rừng."] * 30])
    assert parsed("a.pdf", body).passages
    monkeypatch.setattr("crawler.documents.pdf._MOST_DRAWN", 100)
    assert refused("a.pdf", body).startswith("Unpacked it would be enormous")


@pytest.mark.parametrize("name", ["a.bin", "a.txt", "a.csv", "a.docx"])
def test_bytes_that_are_no_text_are_refused(name: str) -> None:
    assert refused(name, bytes(range(256)) * 20) == "It is no text, and no kind of file that is read."


def test_a_text_with_a_form_feed_and_a_dos_end_is_still_text() -> None:
    assert "Trang hai" in parsed("cu.txt", "Trang một.\n\x0cTrang hai.\x1a".encode()).passages[-1].text


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.docx", b"PK\x03\x04 cut off"), ("a.xlsx", b"PK\x03\x04" + b"x" * 500), ("a.pdf", b"%PDF-1.4 cut")],
)
def test_a_damaged_file_is_told_without_the_words_of_its_parser(name: str, body: bytes) -> None:
    assert re.fullmatch(r"The file is damaged, or no (PDF|DOCX, XLSX)\.", refused(name, body))


def test_an_error_page_saved_under_a_documents_name_is_taken_with_a_warning() -> None:
    page = "<html><body><p>Bạn cần đăng nhập để xem báo cáo này.</p></body></html>".encode()
    assert "Its name ends in .pdf, but it is HTML" in notes(parsed("bao-cao.pdf", page))
    assert notes(parsed("bao-cao.html", page)) == ""


def test_a_page_that_is_no_article_has_the_day_that_it_says_itself() -> None:
    meta = '<meta property="article:published_time" content="2026-10-01T08:00:00+07:00">'
    page = f"<html><head><title>Số liệu</title>{meta}</head><body><p>Có 12 trường.</p></body></html>"
    assert parsed("so-lieu.html", page.encode()).published == date(2026, 10, 1)
    assert parsed("so-lieu.html", page.replace(meta, "").encode()).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_is_read_in_its_encoding_and_separator(encoding: str, separator: str, cp1258: Make) -> None:
    rows = [["Chỉ tiêu", "Năm", "Giá trị", "ĐVT"], ["Số hộ được hỗ trợ", "2025", "3583693", "hộ"]]
    text = "\n".join(separator.join(row) for row in rows)
    body = cp1258(text) if encoding == "cp1258" else text.encode(encoding)
    found = parsed("g.csv", body)
    assert [p.text for p in found.passages] == ["Số hộ được hỗ trợ, 2025: 3.583.693 hộ"]
    assert ("Windows-1258" in notes(found)) is (encoding == "cp1258")


def test_a_page_gives_its_text_without_its_menu_and_its_tables_row_by_row() -> None:
    page = (
        "<html><title>Thông cáo</title><body><nav>Trang chủ</nav><main><h1>Thông cáo về dân số</h1>"
        "<p>Dân số tỉnh năm 2025 là <b>3.583.693</b> người.</p><script>alert(1)</script><table>"
        "<tr><th>Chỉ tiêu<th>2025</tr><tr><td>Hộ nghèo<td>12.345</tr>"
        "<tr><td>Hộ cận nghèo<td>9.999</tr></table></main>"
    )
    found = parsed("h.html", page.encode(), url="https://thongke.example/x")
    texts = [p.text for p in found.passages]
    assert texts == [
        "Thông cáo về dân số\nDân số tỉnh năm 2025 là 3.583.693 người.",
        "Hộ nghèo, 2025: 12.345",
        "Hộ cận nghèo, 2025: 9.999",
    ]


def test_a_text_gives_passages_of_a_size_that_can_be_quoted() -> None:
    sentence = "Ủy ban nhân dân tỉnh đã họp và giao các sở báo cáo kết quả trong tháng tới. "
    found = parsed("i.txt", (sentence * 40).encode())
    assert len(found.passages) > 3
    assert all(len(p.text) <= 700 for p in found.passages)
    assert " ".join(p.text for p in found.passages) == (sentence * 40).strip()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
SMALL_PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"
ENCRYPT = "/Encrypt << /Filter /Standard /V 1 /R 2 /O ({o}) /U ({u}) /P -4 >> /ID [<00> <00>]"


def refused(name: str, body: bytes) -> str:
    found = read(name, body)
    assert isinstance(found, Unreadable), found
    assert len(found.do.english) > 10
    return found.why.english


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.pdf", SMALL_PDF, "damaged"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b"\x00\x00 \n", "empty"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "larger than 50 MiB"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "of the kind PNG"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old DOC"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.csv", b"\n\n \n;;\n", "no row"),
        ("a.html", b"<html><body></body></html>", "no text"),
    ],
    ids=["half a PDF", "nothing", "blanks", "too large", "a picture", "half a ZIP",
         "an old DOC",
         "a DOCX with password", "a CSV without rows", "a page without text"],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_to_do(name: str, body: bytes, said: str) -> None:
    assert said in refused(name, body)


def test_a_scan_is_refused_with_what_to_do(pdf: Make) -> None:
    assert refused("scan.pdf", pdf([[], [], []])) == "It is a scan: 3 pages of pictures without text."


def test_an_encrypted_pdf_is_refused(pdf: Make) -> None:
    extra = ENCRYPT.format(o="o" * 32, u="u" * 32)
    assert "encrypted" in refused("khoa.pdf", pdf([["Một trang có đủ chữ để đọc được."]], extra=extra))


def test_a_zip_bomb_is_refused_unopened(docx: Make, repack: Repack) -> None:
    assert "enormous" in refused("bomb.docx", repack(docx("x"), {"word/media.xml": b"\x00" * 300_000_000}))


@pytest.mark.parametrize("part", ["word/document.xml", "word/footnotes.xml", "docProps/core.xml"])
def test_xml_with_entities_is_refused(docx: Make, repack: Repack, part: str) -> None:
    assert "entities" in refused("xxe.docx", repack(docx("x"), {part: ENTITIES}))


def test_an_xlsx_with_entities_is_refused(xlsx: Make, repack: Repack) -> None:
    body = repack(xlsx(S=[["a", "b"]]), {"xl/sharedStrings.xml": ENTITIES.decode().encode("utf-16")})
    assert "entities" in refused("xxe.xlsx", body)


def test_a_file_is_read_in_a_process_of_its_own_with_progress(pdf: Make) -> None:
    told: list[tuple[int, int]] = []
    file = File("a.pdf", pdf([["Một trang có đủ chữ để đọc được."]] * 3), NOW)
    found = read_apart(file, progress=lambda done, total: told.append((done, total)))
    assert found == read_document(file, progress=lambda _done, _total: None)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_file_that_takes_too_much_costs_its_process_only(pdf: Make) -> None:
    body = pdf([[f"Trang {n}"] for n in range(3000)])
    found = read_apart(File("cham.pdf", body, NOW), progress=lambda _done, _total: None, seconds=0)
    assert isinstance(found, Unreadable)
    assert "took more than" in found.why.english
