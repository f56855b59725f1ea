"""Rows of tables as sentences, and the numbers in them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents.csvs import decode_text, find_separator
from crawler.documents.numbers import is_numeric, show_cell, show_number, show_written
from crawler.documents.prose import LONGEST, find_figures, find_signed, make_passages
from crawler.documents.tables import Table, letters, table_passages


def rows(*lines: str) -> list[str]:
    table = Table(tuple(tuple(line.split("|")) for line in lines))
    return [passage.text for passage in table_passages(table)[0]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Chỉ tiêu|2025", "Dân số|3.583.693 người"], ["Dân số, 2025: 3.583.693 người"]),
        (
            ["Chỉ tiêu|ĐVT|2024|2025", "Dân số|người|3.560.000|3.583.693"],
            ["Dân số, 2024: 3.560.000 người; 2025: 3.583.693 người"],
        ),
        (["Chỉ tiêu|Năm|Giá trị|ĐVT", "Dân số|2025|9|người"], ["Dân số, 2025: 9 người"]),
        (
            ["Biểu 3. Dân số||", "STT|Xã|Dân số (người)", "1|Ia Dom|9.300"],
            ["Biểu 3. Dân số", "Xã Ia Dom, Dân số: 9.300 người"],
        ),
        (
            ["Chỉ tiêu|Dân số||Diện tích", "|Nam|Nữ|", "Pleiku|12|13|26,08"],
            ["Pleiku, Dân số, Nam: 12; Dân số, Nữ: 13; Diện tích: 26,08"],
        ),
        (["Năm|Dân số", "2024|3.560.000"], ["2024, Dân số: 3.560.000"]),
        (["Tên|Chức năng", "Sở Y tế|Quản lý y tế"], ["Sở Y tế, Chức năng Quản lý y tế"]),
        (["Biểu 1||", "Đơn vị tính: tỷ đồng||", "Chỉ tiêu|2024|2025", "Thu|5|…"],
         ["Biểu 1 – Đơn vị tính: tỷ đồng", "Thu, 2024: 5 tỷ đồng; 2025: …"]),
        ([], []),
        (["", "||"], []),
    ],
    ids=["two columns", "a column of units", "a long table", "a caption and counters", "two rows of headings",
         "years down", "words only", "a unit above", "nothing", "blank"],
)  # fmt: skip
def test_a_row_reads_as_a_sentence(lines: list[str], said: list[str]) -> None:
    assert rows(*lines) == said


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_no_table_breaks_the_reading(cells: list[list[str]]) -> None:
    passages, _ = table_passages(Table(tuple(tuple(row) for row in cells)))
    assert all(passage.text for passage in passages)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3583693, "3.583.693"), (9300, "9300"), (5.6, "5,6"), (0.1 + 0.2, "0,3"), (-12345.5, "-12.345,5"),
     (float("inf"), "∞"), (float("nan"), "?"), (1e15, "1.000.000.000.000.000"), (Decimal("1E+3"), "1000")],
)  # fmt: skip
def test_a_number_is_shown_as_offices_write_it(value: float, shown: str) -> None:
    assert show_number(value) == shown


def test_a_share_is_shown_as_a_percentage() -> None:
    assert show_cell(0.056, "0.0%") == "5,6%"


@pytest.mark.parametrize("text", ["21.576", "3.583.693", "0912345678", "1,5", "x", "", "9" * 50])
def test_what_may_be_meant_otherwise_is_left_as_written(text: str) -> None:
    assert show_written(text) == text


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("3.583.693 người", True),
        ("145,7 km2", True),
        ("5,2%", True),
        ("…", True),
        ("Ia Dom", False),
        ("12/KL-TTr", False),
    ],
)
def test_cells_with_numbers_are_told_from_words(text: str, numeric: bool) -> None:
    assert is_numeric(text) is numeric


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(index: int, name: str) -> None:
    assert letters(index) == name


@pytest.mark.parametrize(
    ("text", "separator"), [("a;1,5\nb;2,5", ";"), ("a,b\n1,2", ","), ("a\tb\n1\t2", "\t"), ("một cột", ",")]
)
def test_the_separator_is_the_one_that_makes_even_rows(text: str, separator: str) -> None:
    assert find_separator(text) == separator


@given(st.binary(max_size=200))
def test_any_bytes_become_text(body: bytes) -> None:
    text, encoding = decode_text(body)
    assert isinstance(text, str)
    assert encoding


def test_the_same_sentence_with_another_number_has_the_same_subject() -> None:
    said = "Theo kết quả sơ bộ, dân số của tỉnh năm 2025 là {} người."
    first, second = (next(find_figures(said.format(n))) for n in ("3,5 triệu", "3.600.000"))
    assert first.subject.replace("… triệu", "…") == second.subject
    assert "2025" in second.subject
    assert second.value == "3.600.000"


@pytest.mark.parametrize("text", ["Kết luận số 12 ngày 3/4/2026 của thanh tra tỉnh về đất.",
                                  "Lúc 20:15 ngày 3 tháng 4 họ đã đến nơi này.",
                                  "Có 3 vụ."])  # fmt: skip
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert list(find_figures(text)) == []


def test_the_day_of_a_letter_is_read_from_its_head() -> None:
    assert str(find_signed("Gia Lai, ngày 05 tháng 10 năm 2026")) == "2026-10-05"
    assert find_signed("ngày 31 tháng 2 năm 2026") is None


@given(st.lists(st.text(max_size=2000), max_size=5))
def test_no_passage_is_longer_than_can_be_quoted(paragraphs: list[str]) -> None:
    assert all(0 < len(p.text) <= LONGEST + 81 for p in make_passages(paragraphs))
