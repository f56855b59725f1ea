"""A figure, day or place beside what the evidence library says. All text is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.checks.library_figures import find_flags
from store.types import Stance

CLAIM = (
    "Theo báo cáo, đợt mưa lũ ngày 12/11 tại xã Ia Dom làm 15 người chết và nhiều diện tích hoa màu bị ngập."
)
REPORT = (
    "Theo báo cáo, đợt mưa lũ ngày 12/11 tại xã Ia Dom làm {} người chết và nhiều diện tích hoa màu bị ngập."
)
POOR = "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 là 9,5%."
TABLE = "Chỉ tiêu kinh tế - xã hội tỉnh Gia Lai"


def poor(library: SimpleNamespace, values: str = "2024: 6,1%; 2025: 4,27%", **more: object) -> object:
    row = library.row(f"Tỷ lệ hộ nghèo, {values}")
    return library.document(1, row, title=TABLE, **more)


DISAGREE = {
    "a sentence said again with another figure": (CLAIM, REPORT.format(5)),
    "the same with a unit written otherwise": (
        "Dự án đường tránh phía đông có tổng vốn 1.500 tỉ đồng, hoàn thành trong năm 2025 tại xã Ia Dom.",
        "Dự án đường tránh phía đông có tổng vốn 900 tỷ đồng, hoàn thành trong năm 2025 tại xã Ia Dom.",
    ),
    "another day of the same": (
        "Vụ sạt lở làm sập cầu treo Ia Dom xảy ra vào rạng sáng ngày 13/11 khi 12 người đang qua cầu.",
        "Vụ sạt lở làm sập cầu treo Ia Dom xảy ra vào rạng sáng ngày 12/11 khi 12 người đang qua cầu.",
    ),
    "another place of the same": (
        "Ngày 12/11, vụ lật xe khách tại xã Ia Dom làm 12 người bị thương phải vào viện cấp cứu.",
        "Ngày 12/11, vụ lật xe khách tại xã Ia Mơ làm 12 người bị thương phải vào viện cấp cứu.",
    ),
    "no word before the figure, but one thing, year and place": (
        "Đến hết năm 2025, toàn tỉnh Gia Lai còn 31.000 hộ nghèo, bằng 3,5% số dân.",
        "Đến hết năm 2025, toàn tỉnh Gia Lai còn 41.250 hộ nghèo, chiếm 4,68%.",
    ),
    "the same digits in another unit": (
        "Năm 2025 tỉnh Gia Lai trồng mới 8.200 m² rừng.",
        "Trong năm 2025, tỉnh Gia Lai trồng mới 8.200 ha rừng; thu ngân sách đạt 27.500 tỷ đồng.",
    ),
    "the same digits in another scale": (
        "Năm 2025, thu ngân sách tỉnh Gia Lai đạt 27.500 triệu đồng.",
        "Trong năm 2025, tỉnh Gia Lai trồng mới 8.200 ha rừng; thu ngân sách đạt 27.500 tỷ đồng.",
    ),
    "other words around the figure of a statistic": (
        POOR,
        "Năm 2025, tỷ lệ hộ nghèo toàn tỉnh Gia Lai còn 4,27%.",
    ),
}


@pytest.mark.parametrize(("said", "stands"), DISAGREE.values(), ids=DISAGREE.keys())
def test_what_differs_from_the_library_is_flagged_with_both_quoted_exactly(
    library: SimpleNamespace, said: str, stands: str
) -> None:
    case = library.case(library.article(f"{said} Tin đang được cập nhật."), library.document(1, stands))
    (flag,) = find_flags(case)
    assert library.is_exact(flag, case)
    assert [e.stance for e in flag.evidence] == [Stance.AGAINST]
    assert flag.because
    assert flag.missing


def test_a_value_of_a_table_is_set_beside_the_sentence_of_its_year(library: SimpleNamespace) -> None:
    case = library.case(library.article(POOR), poor(library))
    (flag,) = find_flags(case)
    assert library.is_exact(flag, case)
    assert "4,27%" in flag.because[0]
    assert "trang tính Biểu 1, ô A5:C5" in flag.evidence[0].why


NOTHING = {
    "the same figure": (CLAIM, REPORT.format(15)),
    "the same figure in other writing": (
        "Trong năm 2025, kinh phí cho dự án hồ chứa nước ở xã Ia Dom là 1,2 tỷ đồng theo quyết toán.",
        "Trong năm 2025, kinh phí cho dự án hồ chứa nước ở xã Ia Dom là 1.200 triệu đồng theo quyết toán.",
    ),
    "another year": (POOR, "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2024 là 6,1%."),
    "another part of a year": (
        "Thu ngân sách tỉnh Gia Lai 9 tháng năm 2025 đạt 20.000 tỷ đồng.",
        "Thu ngân sách tỉnh Gia Lai 6 tháng năm 2025 đạt 12.000 tỷ đồng.",
    ),
    "another place": (
        "Tỷ lệ hộ nghèo của xã Ia Dom năm 2025 là 9,5%.",
        "Tỷ lệ hộ nghèo của xã Ia Mơ năm 2025 là 4,27%.",
    ),
    "a commune beside the province": (
        "Tỷ lệ hộ nghèo của xã Ia Dom năm 2025 là 9,5%.",
        "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 là 4,27%.",
    ),
    "another unit": (
        "Diện tích cà phê của tỉnh Gia Lai năm 2025 là 107.000 ha.",
        "Sản lượng cà phê của tỉnh Gia Lai năm 2025 là 300.000 tấn.",
    ),
    "another thing": (POOR, "Tỷ lệ hộ cận nghèo của tỉnh Gia Lai năm 2025 là 4,27%."),
    "a target beside what came of it": (POOR, "Kế hoạch năm 2025, tỷ lệ hộ nghèo của tỉnh Gia Lai là 4,0%."),
    "a change beside a level": (POOR, "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 giảm 2,1%."),
    "neither names a day, and years lie between": (
        "Giá cà phê nhân xô tại các xã phía tây hôm nay được thu mua ở mức 110.000 đồng mỗi ký.",
        "Giá cà phê nhân xô tại các xã phía tây hôm nay được thu mua ở mức 62.000 đồng mỗi ký.",
    ),
    "about so many": (POOR.replace("là 9,5%", "là khoảng 4,5%"), POOR.replace("9,5%", "4,27%")),
}


@pytest.mark.parametrize(("said", "stands"), NOTHING.values(), ids=NOTHING.keys())
def test_what_agrees_or_cannot_be_compared_raises_nothing(
    library: SimpleNamespace, said: str, stands: str
) -> None:
    old = date(2024, 1, 5) if "hôm nay" in stands else date(2026, 11, 10)
    assert find_flags(library.case(library.article(said), library.document(1, stands, published=old))) == ()


OTHER_TABLES = {
    "the year agrees": "2024: 9,0%; 2025: 9,5%",
    "only another year": "2023: 7,7%; 2024: 6,1%",
}


@pytest.mark.parametrize("values", OTHER_TABLES.values(), ids=OTHER_TABLES.keys())
def test_a_table_speaks_only_of_its_own_years(library: SimpleNamespace, values: str) -> None:
    assert find_flags(library.case(library.article(POOR), poor(library, values))) == ()


def test_what_agrees_stands_beside_what_speaks_against(library: SimpleNamespace) -> None:
    case = library.case(
        library.article(CLAIM), library.document(1, REPORT.format(5)), library.document(2, REPORT.format(15))
    )
    (flag,) = find_flags(case)
    assert {(e.document, e.stance) for e in flag.evidence} == {
        ("kho:1", Stance.AGAINST),
        ("kho:2", Stance.FOR),
    }
    assert any("không thống nhất" in words for words in flag.missing)


STATES = {
    "superseded": {"superseded_by": 9},
    "out of its validity": {"valid_until": date(2026, 1, 31)},
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_a_document_no_longer_to_go_by_decides_nothing(
    library: SimpleNamespace, state: dict[str, object]
) -> None:
    assert find_flags(library.case(library.article(POOR), poor(library, **state))) == ()


def test_a_superseded_figure_is_shown_beside_the_one_that_stands(library: SimpleNamespace) -> None:
    old = library.document(7, "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 là 5,0%.", superseded_by=1)
    (flag,) = find_flags(library.case(library.article(POOR), poor(library), old))
    beside = [e for e in flag.evidence if e.stance is Stance.CONTEXT]
    assert [e.document for e in beside] == ["kho:7"]
    assert "thay thế" in beside[0].why


def added(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


LATER = {
    "published after the article": (date(2026, 11, 20), added(2026, 11, 21), "ra sau bài báo"),
    "dated in the future": (date(2027, 5, 1), added(2026, 11, 1), "sau cả ngày đưa vào kho"),
    "without a day, added later": (None, added(2026, 12, 1), "sau khi bài đăng"),
}


@pytest.mark.parametrize(("published", "added_at", "words"), LATER.values(), ids=LATER.keys())
def test_a_later_document_counts_and_is_said_to_be_later(
    library: SimpleNamespace, published: date | None, added_at: datetime, words: str
) -> None:
    (flag,) = find_flags(
        library.case(library.article(POOR), poor(library, published=published, added_at=added_at))
    )
    assert words in flag.evidence[0].why


def test_the_offices_own_release_is_flagged_like_any_others_article(library: SimpleNamespace) -> None:
    text = f"{POOR} Đây là kết quả của nhiều chương trình."
    for outlet in ("ubnd-tinh", "bao-nuoc-ngoai"):
        (flag,) = find_flags(library.case(library.article(text, outlet=outlet), poor(library)))
        assert flag.strength == pytest.approx(1.0, abs=0.3)


def test_who_published_a_document_changes_no_flag(library: SimpleNamespace) -> None:
    mine = [
        find_flags(library.case(library.article(POOR), poor(library, publisher=name)))[0]
        for name in ("Cục Thống kê", "Tổ chức nước ngoài")
    ]
    assert (mine[0].strength, mine[0].because, mine[0].key) == (
        mine[1].strength,
        mine[1].because,
        mine[1].key,
    )


def test_a_copy_of_a_sentence_is_flagged_once(library: SimpleNamespace) -> None:
    case = library.case(
        [library.article(CLAIM, 1), library.article(CLAIM, 2)], library.document(1, REPORT.format(5))
    )
    assert [flag.article for flag in find_flags(case)] == [1]


def test_a_document_that_also_gives_the_sentences_figure_does_not_speak_against_it(
    library: SimpleNamespace,
) -> None:
    case = library.case(library.article(CLAIM), library.document(1, REPORT.format(5), REPORT.format(15)))
    assert find_flags(case) == ()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,;:%“”\u0000\u202e tỷđng/-<>\n"), max_size=300))
def test_hostile_text_raises_nothing(library: SimpleNamespace, text: str) -> None:
    case = library.case(
        library.article(f"{CLAIM} {text}"),
        library.document(1, f"{text} {REPORT.format(15)}", library.row(text or "x")),
    )
    assert all(library.is_exact(flag, case) for flag in find_flags(case))


def test_a_table_speaks_against_a_release_that_says_how_much_of_the_plan_was_reached(
    library: SimpleNamespace,
) -> None:
    release = "Đến nay tỉnh Gia Lai đã xóa 1.750 căn nhà tạm cho hộ nghèo, đạt 92% kế hoạch."
    row = library.row("Số căn nhà tạm đã xóa cho hộ nghèo tỉnh Gia Lai: 1.570 căn nhà")
    case = library.case(library.article(release), library.document(1, row), library.document(2, release))
    (flag,) = find_flags(case)
    assert [e.stance for e in flag.evidence] == [Stance.AGAINST, Stance.FOR]
