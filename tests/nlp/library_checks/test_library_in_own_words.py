"""What the press leaves out, or says beside a figure, hides no wrong figure from the library. Invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags
from nlp.checks.library_reading import find_province, make_line

TITLE = "Báo cáo công tác năm"
WRONG = {
    "the province unnamed in 'toàn tỉnh'": (
        "Đến ngày 30/9/2026, toàn tỉnh Gia Lai đã hoàn thành 3.865 căn nhà ở xã hội.",
        (
            "Tỉnh Gia Lai lập báo cáo này.",
            "Đến ngày 30/9/2026, toàn tỉnh đã hoàn thành 1.865 căn nhà ở xã hội.",
        ),
        TITLE,
    ),
    "the year left out behind a day": (
        "Từ đầu năm đến 15/10, toàn tỉnh Gia Lai ghi nhận 2.518 ca sốt xuất huyết.",
        ("Từ đầu năm đến ngày 15/10/2026, toàn tỉnh Gia Lai ghi nhận 5.218 ca sốt xuất huyết.",),
        TITLE,
    ),
    "more than was planned": (
        "Kim ngạch xuất khẩu năm 2025 của tỉnh Gia Lai đạt 4,2 tỷ USD, vượt xa kế hoạch.",
        ("Kim ngạch xuất khẩu năm 2025 của tỉnh Gia Lai đạt 3,2 tỷ USD.",),
        TITLE,
    ),
    "a part of one whole": (
        "Dự án cao tốc Quy Nhơn – Pleiku ảnh hưởng 3.920 hộ dân, trong đó 2.146 hộ phải tái định cư.",
        ("Dự án ảnh hưởng 3.920 hộ dân, trong đó 1.146 hộ phải tái định cư.",),
        "Tiến độ dự án cao tốc Quy Nhơn – Pleiku",
    ),
    "a storm of one number, named in the title": (
        "Bão số 11 làm 4.684 ngôi nhà bị sập đổ hoàn toàn trên toàn tỉnh, cao nhất mười năm qua.",
        ("Bão làm 1.684 ngôi nhà bị sập đổ hoàn toàn và 26.350 ngôi nhà bị tốc mái.",),
        "Báo cáo thiệt hại do bão số 11",
    ),
    "'only' before an English figure": (
        "Satellite images show that Gia Lai province lost only 340 hectares of forest in 2025.",
        ("Satellite images show that Gia Lai province lost 1,240 hectares of forest in 2025, mostly oak.",),
        "Forest loss",
    ),
}
RIGHT = {
    "then and now": (
        "Xã Ia Dom năm 2025 có 318 hộ nghèo, nay còn 260 hộ.",
        "Số hộ nghèo của xã Ia Dom năm 2025 là 318 hộ.",
    ),
    "the figure of the year before beside it": (
        "The province lost about 1,240 hectares of natural forest last year, up from 910 hectares in 2024.",
        "In 2024 the province lost 910 hectares of natural forest.",
    ),
    "seven months and eight": (
        "8 tháng đầu năm 2026, tỉnh Gia Lai xảy ra 380 vụ tai nạn giao thông đường bộ.",
        "7 tháng đầu năm 2026, tỉnh Gia Lai xảy ra 331 vụ tai nạn giao thông đường bộ.",
    ),
    "a crop and the next": (
        "Vụ hè thu năm 2026, tỉnh Gia Lai gieo sạ 48.200 ha lúa nước.",
        "Vụ đông xuân năm 2026, tỉnh Gia Lai gieo sạ 61.900 ha lúa nước.",
    ),
    "an English thousand": (
        "Satellite images show that Gia Lai province lost about 1,240 hectares of natural forest in 2025.",
        "Satellite images show that Gia Lai province lost 1,240 hectares of natural forest in 2025.",
    ),
    "a whole province that the article does not name": (
        "Ở tỉnh Đắk Lắk, đến ngày 30/9/2026, toàn tỉnh đã hoàn thành 3.865 căn nhà ở xã hội.",
        "Đến ngày 30/9/2026, tỉnh Gia Lai đã hoàn thành 1.865 căn nhà ở xã hội.",
    ),
}


@pytest.mark.parametrize(("said", "stands", "title"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_figure_is_seen_although_something_is_left_out(
    library: SimpleNamespace, said: str, stands: tuple[str, ...], title: str
) -> None:
    case = library.case(library.article(said), library.document(1, *stands, title=title))
    (flag,) = find_flags(case)
    assert flag.evidence[0].text == stands[-1]
    assert library.is_exact(flag, case)


@pytest.mark.parametrize(("said", "stands"), RIGHT.values(), ids=RIGHT.keys())
def test_a_true_figure_of_another_time_or_place_is_left_alone(
    library: SimpleNamespace, said: str, stands: str
) -> None:
    assert find_flags(library.case(library.article(said), library.document(1, stands, title=TITLE))) == ()


def test_a_year_left_out_is_not_taken_for_that_of_an_old_document(library: SimpleNamespace) -> None:
    said, (stands,), title = WRONG["the year left out behind a day"]
    old = library.document(1, stands.replace("2026", "2025"), title=title, published=date(2025, 10, 20))
    assert find_flags(library.case(library.article(said), old)) == ()


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("UBND TỈNH GIA LAI báo cáo.", "gia lai"),
        ("Tinh Gia Lai con 20 ho.", "gia lai"),
        ("Tỉnh Gia Lai và tỉnh Đắk Lắk cùng làm.", ""),
        ("Toàn tỉnh đã làm xong.", ""),
    ],
)
def test_a_text_is_of_the_one_province_it_names(text: str, province: str) -> None:
    assert find_province(text) == province


@pytest.mark.parametrize(
    ("text", "is_forecast"),
    [
        ("Thu ngân sách đạt 900 tỷ đồng, hoàn thành chỉ tiêu.", False),
        ("Six people were killed by a falling tree.", False),
        ("Phấn đấu vượt kế hoạch với 900 tỷ đồng.", True),
        ("The province will plant 900 hectares by the end of 2027.", True),
    ],
)
def test_what_came_of_a_plan_is_no_forecast(text: str, *, is_forecast: bool) -> None:
    assert make_line(text, 0).is_forecast is is_forecast
