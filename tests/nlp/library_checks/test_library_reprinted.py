"""A sentence of the library word for word, but for a number; and what is none. All text is invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags
from nlp.checks.library_sentences import find_plain

PRINTED = "Trong buổi trưng bày tối 12/11, nhà văn hóa đã treo hơn {} bức ảnh của các tay máy trong vùng."
REPRINTS = {
    "what it counts has no unit": (PRINTED, "300", "800"),
    "the upper end of a range": (
        "Học phí tạm thu của người nhập học năm 2026 từ 10,5 đến {} triệu đồng tùy nhóm ngành.",
        "23",
        "63",
    ),
    "a forecast": (
        "Dự báo năm 2027, tỷ lệ thiếu việc làm của cả vùng có thể là {}% theo cách tính cũ.",
        "2,7",
        "7,2",
    ),
    "a question": (
        "Nếu không treo {} tấm gương ấy lên vào ngày 12/11 thì ai còn nhớ đến họ nữa?",
        "24",
        "42",
    ),
    "times as much": (
        "Vé của tuyến ấy ngày 12/11 lên tới 50.000 đồng, gấp {} lần so với mức thường ngày.",
        "5",
        "50",
    ),
}


@pytest.mark.parametrize(("said", "right", "wrong"), REPRINTS.values(), ids=REPRINTS.keys())
def test_another_number_in_the_same_words_is_flagged_whatever_it_counts(
    library: SimpleNamespace, said: str, right: str, wrong: str
) -> None:
    case = library.case(library.article(said.format(wrong)), library.document(1, said.format(right)))
    (flag,) = find_flags(case)
    assert library.is_exact(flag, case)
    assert wrong in flag.because[0]
    assert right in flag.because[0]


NO_ERRORS = {
    "the same number written otherwise": (PRINTED.format("1.300"), PRINTED.format("1300")),
    "another month": (
        "Kết quả lấy mẫu nước của tháng 9 cho thấy các giếng trong thôn đều đạt yêu cầu.",
        "Kết quả lấy mẫu nước của tháng 8 cho thấy các giếng trong thôn đều đạt yêu cầu.",
    ),
    "another school year": (
        "Học sinh lớp 7 của trường được học bơi miễn phí vào chiều thứ bảy hằng tuần.",
        "Học sinh lớp 6 của trường được học bơi miễn phí vào chiều thứ bảy hằng tuần.",
    ),
    "two numbers at once": (
        "Đội nữ thắng 12 trận và thua 3 trận trong cả mùa giải vừa khép lại ở sân cũ.",
        "Đội nữ thắng 10 trận và thua 5 trận trong cả mùa giải vừa khép lại ở sân cũ.",
    ),
    "too few words": ("Mở cửa lúc 7 giờ sáng.", "Mở cửa lúc 8 giờ sáng."),
    "one word other": (PRINTED.format(300), PRINTED.format(800).replace("treo", "mua")),
}


@pytest.mark.parametrize(("said", "stands"), NO_ERRORS.values(), ids=NO_ERRORS.keys())
def test_what_is_another_sentence_or_no_other_figure_raises_nothing(
    library: SimpleNamespace, said: str, stands: str
) -> None:
    assert find_flags(library.case(library.article(said), library.document(1, stands))) == ()


TODAY = "Giá hồ tiêu thu mua hôm nay ở các xã phía tây của tỉnh ở mức {}.000 đồng mỗi ký."


@pytest.mark.parametrize(
    ("published", "flags"),
    [(date(2026, 11, 15), 1), (date(2026, 11, 5), 0), (None, 0)],
    ids=["of the same day", "ten days earlier", "of no day"],
)
def test_a_sentence_of_today_is_set_beside_the_same_days_alone(
    library: SimpleNamespace, published: date | None, flags: int
) -> None:
    document = library.document(1, TODAY.format(140), published=published)
    assert len(find_flags(library.case(library.article(TODAY.format(150)), document))) == flags


def test_a_sentence_that_the_article_fills_in_several_ways_is_a_list(library: SimpleNamespace) -> None:
    said = "\n".join(PRINTED.format(number) for number in (500, 800))
    assert find_flags(library.case(library.article(said), library.document(1, PRINTED.format(300)))) == ()


def test_a_sentence_that_the_document_fills_in_several_ways_is_a_list(library: SimpleNamespace) -> None:
    document = library.document(1, PRINTED.format(300), PRINTED.format(500))
    assert find_flags(library.case(library.article(PRINTED.format(800)), document)) == ()


def test_a_sentence_that_is_no_claim_is_compared_only_with_itself(library: SimpleNamespace) -> None:
    question = REPRINTS["a question"][0]
    article = library.article(question.format(42))
    assert [each.text for each in find_plain(article)] == [article.article.text]
    reordered = "Ngày 12/11, nếu không treo 24 tấm gương ấy lên thì ai còn nhớ đến họ nữa?"
    assert find_flags(library.case(article, library.document(1, reordered))) == ()
