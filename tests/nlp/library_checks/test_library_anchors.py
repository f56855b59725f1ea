"""Two matters told in the same words are no contradiction. All text is invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags

PROFIT = "Lợi nhuận sau thuế của kỳ này là {} tỷ đồng."
AROUND = "Hội đồng quản trị đã chia sẻ những khó khăn của năm với cổ đông. {} Cổ đông thông qua mọi tờ trình."


def flagged(
    library: SimpleNamespace, said: str, stands: str, *, published: date = date(2026, 11, 15)
) -> bool:
    document = library.document(1, stands, published=published)
    return bool(find_flags(library.case(library.article(said), document)))


def test_a_short_sentence_without_name_day_or_place_is_said_of_many_things(library: SimpleNamespace) -> None:
    assert not flagged(library, PROFIT.format(340), PROFIT.format(73))


def test_it_counts_where_the_article_shares_other_sentences_with_the_document(
    library: SimpleNamespace,
) -> None:
    said, stands = (AROUND.format(PROFIT.format(profit)) for profit in (340, 73))
    assert flagged(library, said, stands)


ANCHORS = {
    "a day": "Ngày 12/11, lợi nhuận sau thuế hợp nhất được công bố là {} tỷ đồng.",
    "a place": "Tại xã Ia Dom, lợi nhuận sau thuế hợp nhất được công bố là {} tỷ đồng.",
    "a name": "Lợi nhuận sau thuế hợp nhất của Công ty Hoa Cau Trắng là {} tỷ đồng.",
    "the whole province": "Lợi nhuận sau thuế hợp nhất của các doanh nghiệp toàn tỉnh là {} tỷ đồng.",
    "many words": (
        "Lợi nhuận sau thuế hợp nhất của nhóm doanh nghiệp chế biến hạt điều xuất khẩu là {} tỷ đồng."
    ),
}


@pytest.mark.parametrize("said", ANCHORS.values(), ids=ANCHORS.keys())
def test_what_both_sentences_name_says_that_they_are_of_one_matter(
    library: SimpleNamespace, said: str
) -> None:
    assert flagged(library, said.format(340), said.format(73))


def test_only_another_day_is_no_contradiction_where_nothing_else_is_shared(library: SimpleNamespace) -> None:
    said = "Kết quả xét nghiệm mẫu nước giếng lấy vào ngày {}/11 dương tính với vi khuẩn thường gặp."
    assert not flagged(library, said.format(14), said.format(15))


BULLETIN = "Đến nay tại xã Ia Dom đã có {} con bò mắc bệnh viêm da nổi cục."


@pytest.mark.parametrize(
    ("published", "expected"),
    [(date(2026, 11, 15), True), (date(2026, 11, 8), False)],
    ids=["on the same day", "a week earlier"],
)
def test_a_count_that_runs_on_is_set_beside_the_same_days_alone(
    library: SimpleNamespace, published: date, *, expected: bool
) -> None:
    assert flagged(library, BULLETIN.format(92), BULLETIN.format(29), published=published) is expected


def test_a_bulletin_that_gives_several_other_counts_says_nothing(library: SimpleNamespace) -> None:
    said = "Tại xã Ia Dom có {} con bò mắc bệnh viêm da nổi cục."
    documents = [library.document(n, said.format(count)) for n, count in ((1, 29), (2, 35))]
    assert find_flags(library.case(library.article(said.format(92)), *documents)) == ()


SCREEN = (
    "Bản kê của cơ quan thuế, loại {} (4,5 triệu đồng): Màn hình của máy có kích thước {} inch, "
    "độ phân giải ở mức trung bình."
)
KNOWN = "Màn hình của máy có kích thước 6,7 inch, độ phân giải ở mức cao, dùng tấm nền mới."


def test_a_list_of_several_such_things_contradicts_no_document_on_one_of_them(
    library: SimpleNamespace,
) -> None:
    several = " ".join(SCREEN.format(name, size) for name, size in (("tốt", "6,2"), ("rẻ", "5,9")))
    assert flagged(library, SCREEN.format("tốt", "6,2"), KNOWN)
    assert not flagged(library, several, KNOWN)


def test_a_document_retold_with_one_figure_changed_counts_though_it_lists_several(
    library: SimpleNamespace,
) -> None:
    said = (
        "Trong tháng, huyện Chư Prông trồng mới 120 ha cà phê xen sầu riêng ở các xã vùng biên. "
        "Cùng thời gian, huyện Đức Cơ trồng mới 75 ha cà phê ở vùng đất dốc của bốn xã."
    )
    assert flagged(library, said, said.replace("75 ha", "95 ha"))


@pytest.mark.parametrize(
    ("said", "is_flagged"),
    [
        ("Lợi nhuận sau thuế hợp nhất của Công ty Hoa Cau Trắng cả năm là 340 tỷ đồng.", False),
        ("Lợi nhuận trước thuế hợp nhất của Công ty Hoa Cau Trắng cả năm là 340 tỷ đồng.", True),
    ],
    ids=["the opposite", "the same"],
)
def test_what_one_turns_round_is_another_figure(
    library: SimpleNamespace, said: str, is_flagged: bool
) -> None:
    stands = "Cả năm, Công ty Hoa Cau Trắng có lợi nhuận trước thuế hợp nhất là 390 tỷ đồng."
    assert flagged(library, said, stands) is is_flagged


OTHER_MATTERS = {
    "another firm": (
        "Theo báo cáo của Vinacafe, năm 2026 công ty đặt mục tiêu lợi nhuận trước thuế 840 tỷ đồng.",
        "Năm 2026, Masanfood đặt mục tiêu là công ty có lợi nhuận trước thuế 660 tỷ đồng theo báo cáo.",
        date(2026, 11, 15),
    ),
    "all so far, and what a day added": (
        "Tính đến nay, Đắk Krông có tổng cộng 1.951 ca mắc sốt xuất huyết và 17 ổ dịch ở các xã.",
        "Ngày 14/11, Đắk Krông đã ghi nhận thêm 496 ca mắc sốt xuất huyết và 2 ổ dịch ở các xã.",
        date(2026, 11, 14),
    ),
    "how many had recovered some days before": (
        AROUND.format("Theo báo cáo điều trị của ngành, đã chữa khỏi 1.840 trường hợp, 12 ca tử vong."),
        AROUND.format("Theo báo cáo điều trị của ngành, đã chữa khỏi 1.795 trường hợp, 12 ca tử vong."),
        date(2026, 11, 12),
    ),
    "another model in the same words": (
        "Viên pin đi kèm theo máy có dung lượng 2.900 mAh, tích hợp công nghệ sạc nhanh 15 W.",
        "Viên pin đi kèm theo máy có dung lượng 4.100 mAh, hỗ trợ công nghệ sạc nhanh 45 W.",
        date(2026, 11, 14),
    ),
    "the row of another day's bulletin": (
        AROUND.format("Số người cách ly tập trung tại cơ sở y tế khác: 21.668 người."),
        AROUND.format("Số người cách ly tập trung tại cơ sở y tế khác: 24.361 người."),
        date(2026, 11, 10),
    ),
}


@pytest.mark.parametrize(("said", "stands", "published"), OTHER_MATTERS.values(), ids=OTHER_MATTERS.keys())
def test_a_document_on_another_matter_contradicts_nothing(
    library: SimpleNamespace, said: str, stands: str, published: date
) -> None:
    assert not flagged(library, said, stands, published=published)


def test_the_same_firm_and_the_same_days_row_are_compared(library: SimpleNamespace) -> None:
    said, stands, _ = OTHER_MATTERS["another firm"]
    assert flagged(library, said, stands.replace("Masanfood", "Vinacafe"))
    said, stands, _ = OTHER_MATTERS["the row of another day's bulletin"]
    assert flagged(library, said, stands, published=date(2026, 11, 15))
