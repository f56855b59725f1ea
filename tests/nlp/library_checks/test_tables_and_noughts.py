"""Values of tables whose unit stands in the headings, and "none" beside a document's count."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags
from nlp.checks.library_tables import find_headed
from nlp.proposals import propose
from nlp.verdicts.judging import CONTRADICTED, NOT_ENOUGH, SUPPORTED

TABLE = "Chỉ tiêu lâm nghiệp tỉnh Gia Lai"
DAY = date(2026, 11, 16)
FIRES = "Số vụ cháy rừng, 2024: 19; 2025: 12"
BURNT = "Diện tích rừng bị cháy (ha), 2024: 75; 2025: 48"
PEOPLE = "Dân số trung bình (nghìn người), 2024: 3561; 2025: 3583"

ROWS = {
    "a count named by its label": (FIRES, "Năm 2025, tỉnh Gia Lai xảy ra 21 vụ cháy rừng.", CONTRADICTED),
    "the same count": (FIRES, "Năm 2025, tỉnh Gia Lai xảy ra 12 vụ cháy rừng.", SUPPORTED),
    "the count of the year before": (FIRES, "Năm 2024, tỉnh Gia Lai xảy ra 19 vụ cháy rừng.", SUPPORTED),
    "some of all": (FIRES, "Năm 2025, tỉnh Gia Lai xảy ra 3 vụ cháy rừng lớn.", NOT_ENOUGH),
    "of one commune": (FIRES, "Năm 2025, xã Ia Dom xảy ra 3 vụ cháy rừng.", NOT_ENOUGH),
    "another year": (FIRES, "Năm 2023, tỉnh Gia Lai xảy ra 21 vụ cháy rừng.", NOT_ENOUGH),
    "what was done with some": (FIRES, "Năm 2025, kiểm lâm tỉnh Gia Lai dập tắt 9 vụ cháy rừng.", NOT_ENOUGH),
    "a unit in brackets": (BURNT, "Năm 2025, diện tích rừng bị cháy ở tỉnh Gia Lai là 148 ha.", CONTRADICTED),
    "a unit with its scale": (
        PEOPLE,
        "Năm 2025, dân số trung bình tỉnh Gia Lai là 3,58 triệu người.",
        SUPPORTED,
    ),
    "another figure in that scale": (
        PEOPLE,
        "Năm 2025, dân số trung bình tỉnh Gia Lai là 5,38 triệu người.",
        CONTRADICTED,
    ),
}


@pytest.mark.parametrize(("row", "claim", "verdict"), ROWS.values(), ids=ROWS.keys())
def test_a_value_whose_unit_stands_in_its_headings_is_compared(
    library: SimpleNamespace, row: str, claim: str, verdict: str
) -> None:
    held = library.document(1, library.row(row), title=TABLE)
    found = propose(claim, held, on=DAY)
    assert found.verdict == verdict
    assert all(evidence.text == row for evidence in found.evidence)


@pytest.mark.parametrize(
    ("label", "heading", "value", "expected"),
    [
        ("Diện tích (ha)", "2025", "48,5", (48.5, "ha")),
        ("Diện tích (đơn vị tính: ha)", "2025", "1.200", (1200, "ha")),
        ("Dân số (nghìn người)", "2025", "3583", (3_583_000, "person")),
        ("Thu ngân sách", "2025 (tỷ đồng)", "27.500", (2.75e13, "VND")),
        ("Tỷ lệ hộ nghèo (%)", "2025", "4,68", (4.68, "percent")),
        ("Số vụ cháy rừng", "2025", "12", (12, "case")),
        ("Tổng số hộ nghèo", "2025", "41250", (41250, "household")),
        ("Năm báo cáo", "2025", "12", None),
        ("Diện tích (ha)", "Năm", "2025", None),
        ("Diện tích (ha)", "2025", "…", None),
        ("Diện tích (ha)", "2025", "12 (sơ bộ)", None),
        ("Chỉ số (lần)", "2025", "12", None),
    ],
)
def test_the_unit_of_a_bare_value_is_in_brackets_or_after_so(
    label: str, heading: str, value: str, expected: tuple[float, str] | None
) -> None:
    found = find_headed(label, heading, value, 10)
    assert (found and (found.low, found.unit)) == expected
    assert found is None or (found.start, found.text) == (10, value)


DEAD = "Trận lốc ngày 12/11/2026 tại xã Ia Dom làm 2 người chết, 8 người bị thương."
NONE = "Trận lốc ngày 12/11/2026 tại xã Ia Dom không có người chết, theo lãnh đạo xã."


@pytest.mark.parametrize(
    ("said", "stands", "published", "count"),
    [
        (NONE, DEAD, date(2026, 11, 13), 1),
        (NONE, DEAD, date(2026, 11, 18), 0),
        (NONE, DEAD, None, 0),
        (DEAD, NONE, date(2026, 11, 13), 0),
        (NONE, NONE.replace("lãnh đạo xã", "công an xã"), date(2026, 11, 13), 0),
        (NONE.replace("Ia Dom", "Ia Mơ"), DEAD, date(2026, 11, 13), 0),
    ],
    ids=[
        "some were counted before",
        "they were counted later",
        "nobody knows when",
        "none at first, some later",
        "both none",
        "another place",
    ],
)
def test_none_is_flagged_only_against_what_had_been_counted_before(
    library: SimpleNamespace, said: str, stands: str, published: date | None, count: int
) -> None:
    held = library.document(1, stands, published=published)
    case = library.case(library.article(f"{said} Tin đang được cập nhật."), held)
    flags = find_flags(case)
    assert len(flags) == count
    assert all(library.is_exact(flag, case) for flag in flags)


OTHER_THINGS = {
    "fires and offences": (
        "Năm 2025, tỉnh Gia Lai xảy ra 21 vụ cháy rừng.",
        "Năm 2025, trên địa bàn tỉnh Gia Lai xảy ra 312 vụ vi phạm pháp luật về lâm nghiệp.",
    ),
    "burnt and planted": (
        "Năm 2025, tỉnh Gia Lai có 148 ha rừng bị cháy.",
        "Trong năm 2025, tỉnh Gia Lai trồng mới 8.200 ha rừng.",
    ),
}


@pytest.mark.parametrize(("claim", "stands"), OTHER_THINGS.values(), ids=OTHER_THINGS.keys())
def test_a_figure_of_another_thing_in_the_same_place_of_a_sentence_contradicts_nothing(
    library: SimpleNamespace, claim: str, stands: str
) -> None:
    found = propose(claim, library.document(1, stands), on=DAY)
    assert found.verdict == NOT_ENOUGH
    assert found.missing


CASES = "Năm 2025, toàn tỉnh Gia Lai ghi nhận 3.120 ca mắc sốt xuất huyết, không có ca tử vong."


@pytest.mark.parametrize(
    "time",
    ["Trong sáu tháng đầu năm 2025", "6 tháng đầu năm 2025", "Ba tháng cuối năm 2025", "Quý 3 năm 2025"],
)
def test_part_of_a_year_in_words_or_digits_is_not_the_year(library: SimpleNamespace, time: str) -> None:
    claim = f"{time}, toàn tỉnh Gia Lai ghi nhận 1.020 ca mắc sốt xuất huyết."
    assert propose(claim, library.document(1, CASES), on=DAY).verdict == NOT_ENOUGH


def test_a_never_before_beside_a_place_denies_nothing_of_the_figure(library: SimpleNamespace) -> None:
    stands = "Tỷ lệ tiêm chủng đầy đủ cho trẻ dưới 1 tuổi ở tỉnh Gia Lai năm 2025 đạt 91,3%."
    claim = "Tỷ lệ tiêm chủng đầy đủ cho trẻ dưới 1 tuổi năm 2025 đạt 99,3%, chưa từng có ở tỉnh Gia Lai."
    assert propose(claim, library.document(1, stands), on=DAY).verdict == CONTRADICTED
